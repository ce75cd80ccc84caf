"""What the worker does before its walls stand: whatever is imported or set up at first use."""

from __future__ import annotations

from quizcnn.check.codec import encode_proof
from quizcnn.check.job import Job
from quizcnn.check.language import run_job

COMPUTES = """
x = normal(6, 6)
y = conv2d(x, ones(3, 3))
z = np.linalg.svd(x)[1].sum() + np.linalg.lstsq(x, x)[0].sum() + np.linalg.norm(np.linalg.inv(x))
w = np.real(np.fft.fft2(x)).sum() + np.einsum("ij,ij->", x, x) + np.corrcoef(x).sum()
v = np.pad(x, 1).std() + np.median(x) + np.unique(x).size + np.histogram(x)[0].sum()
bool(np.isfinite(w + z + v))
"""
"""NumPy's lazy parts: its submodules, BLAS, the random generator."""

FAILS = (
    "größe = 1\nx",  # Python asks unicodedata how names with other letters are written
    "'\\N{WHITE SQUARE}' +",
    "'\\N{NO SUCH}'",
    "np.linalg.inv(zeros(2, 2))",
    "conv2d(ones(2, 2), ones(3, 3))",
    "np.reshape(ones(2, 3), (4, 4))",
    "ones(2) + ones(3)",
    "conv2",
    "1 / 0",
    "assert 1 > 2\n1",
)
"""What goes wrong has its own lazy parts: messages, names, nearest words."""


def warm_up() -> None:
    """Compute a little of everything; RuntimeError where this Python or NumPy cannot."""
    proof = run_job(Job(COMPUTES, {"n": "2 + 1"}, ("1 < 2",)))
    if proof.failure is not None:
        raise RuntimeError(proof.failure.message)
    encode_proof(0, proof)
    for code in FAILS:
        encode_proof(0, run_job(Job(code)))
