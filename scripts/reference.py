"""Writes what is generated in `questions`: the references of README.md, and deck.schema.json.

python scripts/reference.py            write it
python scripts/reference.py --check    say whether it is up to date (exit code 1 if not)
"""

from __future__ import annotations

import sys
from pathlib import Path

from quizcnn.check import reference
from quizcnn.deck import described
from quizcnn.deck.schema import FILE, schema_text

FOLDER = Path(__file__).parents[1] / "questions"


def main() -> int:
    """Write or check."""
    readme = FOLDER / "README.md"
    document = described.put_in(reference.put_in(readme.read_text(encoding="utf-8")))
    stale = 0
    for file, fresh in ((readme, document), (FOLDER / FILE, schema_text())):
        if file.exists() and file.read_text(encoding="utf-8") == fresh:
            continue
        stale += 1
        if "--check" in sys.argv[1:]:
            print(f"{file.name} is stale: run python scripts/reference.py")
        else:
            file.write_text(fresh, encoding="utf-8", newline="\n")
    return int(stale > 0 and "--check" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
