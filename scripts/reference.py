"""Writes the reference of the check language into questions/README.md.

python scripts/reference.py            write it
python scripts/reference.py --check    say whether it is up to date (exit code 1 if not)
"""

from __future__ import annotations

import sys
from pathlib import Path

from quizcnn.check.reference import put_in

README = Path(__file__).parents[1] / "questions" / "README.md"


def main() -> int:
    """Write or check."""
    document = README.read_text(encoding="utf-8")
    fresh = put_in(document)
    if "--check" in sys.argv[1:]:
        print("up to date" if fresh == document else "stale: run python scripts/reference.py")
        return int(fresh != document)
    README.write_text(fresh, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
