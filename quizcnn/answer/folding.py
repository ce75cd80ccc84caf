"""Texts made alike where people write the same thing differently."""

from __future__ import annotations

import re
import unicodedata

_ALIKE = str.maketrans("×−–—‐‑’", "x-----'")
_DASH = re.compile(r"(?<=[^\W\d_])[-_]+|[-_]+(?=[^\W\d_])")


def folded(text: str) -> str:
    """`text` without case and spaces, with one kind of dash and `×` as `x`.

    >>> folded("3×3 Convolution")
    '3x3convolution'
    """
    return "".join(unicodedata.normalize("NFC", text).casefold().translate(_ALIKE).split())


def spelling(text: str) -> str:
    """`folded` and without the dashes beside letters; a minus before a digit stays.

    >>> spelling("Max-Pooling"), spelling("VGG 16"), spelling("-1")
    ('maxpooling', 'vgg16', '-1')
    """
    return _DASH.sub("", folded(text))
