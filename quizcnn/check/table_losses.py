"""Losses and object detection in `quizcnn.nn`, as checks may call them."""

from __future__ import annotations

from quizcnn.check.table_rows import nn_entry as _nn

REDUCED = {"text": ("reduction",), "words": ("mean", "sum", "none")}
SUMMED = {"text": ("reduction",), "words": ("mean", "sum")}
MEAN = 'reduction="mean"'

LOSSES = (
    _nn("cross_entropy", f"x, target, *, {MEAN}, label_smoothing=0.0",
        "−log softmax of the right class", size="temporaries", **REDUCED),
    _nn("nll_loss", f"x, target, *, {MEAN}", "−x at the right class", **REDUCED),
    _nn("mse_loss", f"x, target, *, {MEAN}", "the squared difference", **REDUCED),
    _nn("smooth_l1_loss", f"x, target, *, {MEAN}, beta=1.0",
        "squared below beta, absolute beyond", **REDUCED),
    _nn("binary_cross_entropy", f"x, target, *, {MEAN}", "of probabilities", **REDUCED),
    _nn("binary_cross_entropy_with_logits", f"x, target, *, {MEAN}", "of scores", **REDUCED),
    _nn("one_hot", "target, num_classes=-1", "a 1 at each class index", size="one hot"),
    _nn("cross_entropy_backward", f"x, target, *, {MEAN}, label_smoothing=0.0",
        "softmax minus one-hot, over N", size="temporaries", **SUMMED),
)  # fmt: skip

DETECTION = (
    _nn("iou", "a, b", "intersection over union of two boxes (x1, y1, x2, y2)"),
    _nn("box_iou", "boxes1, boxes2", "IoU of each box with each", size="pairs of boxes"),
    _nn("generalized_box_iou", "boxes1, boxes2", "IoU that also tells distance",
        size="pairs of boxes"),
    _nn("box_area", "boxes", "the area of each box"),
    _nn("box_convert", "boxes, in_fmt, out_fmt", "boxes written another way",
        text=("in_fmt", "out_fmt"), words=("xyxy", "xywh", "cxcywh")),
    _nn("clip_boxes_to_image", "boxes, size", "boxes cut off at the image's edges"),
    _nn("nms", "boxes, scores, iou_threshold", "the boxes to keep, by falling score",
        size="suppression"),
    _nn("anchors", "height, width, stride, sizes, ratios=(0.5, 1.0, 2.0)",
        "Faster R-CNN's boxes around each cell", size="anchors"),
    _nn("encode_boxes", "boxes, proposals", "(tx, ty, tw, th) from proposal to box"),
    _nn("decode_boxes", "offsets, proposals", "the boxes that (tx, ty, tw, th) mean"),
)  # fmt: skip
