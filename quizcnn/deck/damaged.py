"""What is raised where the catalog holds something else than was written to it."""


class DamagedError(Exception):
    """What was kept of a question is not what was written."""
