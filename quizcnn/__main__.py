"""`python -m quizcnn` is `quizcnn`."""

from quizcnn.cli.main import main

raise SystemExit(main())
