"""Imports, behind the first frame, what the first answer and the way home will need."""

import quizcnn.answer.grading
import quizcnn.answer.naming
import quizcnn.answer.reading
import quizcnn.tui.screens.home
import quizcnn.tui.screens.practice
import quizcnn.tui.screens.summary
import quizcnn.tui.widgets.proof_column  # noqa: F401
