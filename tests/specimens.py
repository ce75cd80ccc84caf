"""Questions in YAML, each the lines below `- `, that several tests hold against the rules."""

GRADIENT = """
    id: gradient
    kind: true_false
    ask: Max pooling passes the gradient of each output to just one input.
    answer: true
    given: {pool: max_pool2d}
    check: |
      x = normal(4, 4)
      count_nonzero(grad(pool, x, 2)) == 4
    contrast:
      - given: {pool: avg_pool2d}
        because: Average pooling passes a quarter to each.
    """

COUNT = """
    id: good
    kind: number
    ask: How many values has an image of {n}×{n}?
    given: {n: 4}
    vary: {n: 2..4}
    answer: n * n
    check: |
      image = ramp(n, n)
      image.size
    contrast:
      - {given: {n: 5}, because: "Another size."}
    """

MISCOUNT = COUNT.replace("id: good", "id: bad").replace("answer: n * n", "answer: n + n")
"""As COUNT, and its answer is wrong on all variants but one."""
