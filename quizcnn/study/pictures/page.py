"""All pictures of a learner's statistics, one under the other."""

from __future__ import annotations

from quizcnn.pictures.pieces import Section
from quizcnn.study.pictures import progress
from quizcnn.study.pictures.calendar import forecast, heatmap
from quizcnn.study.statistics.records import Statistics

NOTHING = (
    "There is nothing to show yet. Answer a few questions, and here you will see how it goes: "
    "your days, what you keep, and what is coming up."
)


def sections(found: Statistics, width: int) -> tuple[Section, ...]:
    """The pictures that there is something to draw for, `width` columns wide; none at first."""
    if not found.answers:
        return ()
    drawn = [
        Section("So far", progress.overview(found, width)),
        Section("Answers a day", heatmap(found.history, width)),
    ]
    if found.retention and found.retention[-1].all.asked:
        title = "Still known when it came up again"
        lines = progress.retention(found.retention, found.desired, width)
        drawn.append(Section(title, lines))
    if any(due.questions for due in found.forecast):
        drawn.append(Section("Coming up", forecast(found.forecast, width)))
    if found.decks:
        drawn.append(Section("Decks", progress.mastery(found.decks, width, "decks")))
    if found.tags:
        lines = progress.mastery(found.tags, width, "tags", explained=not found.decks)
        drawn.append(Section("Tags", lines))
    if found.hardest:
        drawn.append(Section("Hardest questions", progress.hardest(found.hardest, width)))
    if found.slips:
        drawn.append(Section("Commonest slips", progress.slips(found.slips, width)))
    return tuple(drawn)
