"""Small decks on disk for the commands to read."""

from pathlib import Path

import pytest

GOOD = """\
schema: 1
deck: sizes
title: Sizes
about: What size comes out.
questions:
  - id: valid-size
    kind: shape
    ask: An image of {n}×{n}, a kernel of {f}×{f}, no padding. What size comes out?
    given: {n: 8, f: 3}
    vary: {n: 5..8, f: [2, 3]}
    answer: (n - f + 1, n - f + 1)
    check: conv2d(ramp(n, n), ones(f, f)).shape
    wrong:
      - is: (n, n)
        because: Only padding keeps the size.
    contrast:
      - check: conv2d(ramp(n, n), ones(f, f), padding=1).shape
        because: Padding makes room at the border.
    explain: The kernel fits in n − f + 1 places along each side.
    source: {ref: "faq#1", verdict: confirmed}
    tags: [output-size]
  - id: nothing-to-learn
    kind: choice
    ask: Which of these has nothing to learn?
    check: parameters(layer) == 0
    answer: {text: a pool of 2×2, given: {layer: MaxPool2d(2)}}
    wrong:
      - {text: a dense layer, given: {layer: "Linear(4, 2)"}, because: It has weights.}
    explain: A maximum has no weights.
"""

SOURCES = """\
schema: 1
document: faq
title: A document
entries:
  - {ref: "faq#1", title: How large is the output?, verdict: confirmed}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one good deck and its sources."""
    (tmp_path / "sizes.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    return tmp_path
