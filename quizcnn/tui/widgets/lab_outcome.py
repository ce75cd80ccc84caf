"""What came of a setup in the lab, in words: errors at their line, and whether the answer holds."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from quizcnn.answer.gridding import Sweep
from quizcnn.answer.laboratory import Fault, Trial
from quizcnn.tui.prose import CAUTION, QUIET, RIGHT, WRONG, join, lines, plain


class FaultLine(Static):
    """What is wrong with what was typed, where, in words; hidden while nothing is."""

    def __init__(self) -> None:
        super().__init__(classes="fault", markup=False)

    def show(self, fault: Fault | None) -> None:
        """Tell what is wrong in the code or in a given; None where nothing is."""
        self.set_class(fault is not None, "-on")
        if fault is not None:
            self.update(_fault(fault))


def _fault(fault: Fault) -> Content:
    where = [fault.given] if fault.given else []
    where += [f"line {fault.line}"] if fault.line is not None and not fault.given else []
    where += [f"column {fault.column}"] if fault.column is not None else []
    told = f"{', '.join(where)}: " if where else ""
    return join(("✗ ", WRONG), (told, "bold"), fault.message)


class OutcomeLine(Static):
    """Whether the stored answer holds for these givens, and on which variant it first does not."""

    def __init__(self) -> None:
        super().__init__(id="lab-verdict", markup=False)

    def show(self, found: Trial, swept: Sweep | None) -> None:
        """Tell it; None where the variants have not been tried yet."""
        if found.fault is not None:
            self.update(plain("no value", CAUTION))
            return
        told = [_holds(found)]
        told.append(plain("trying all variants …", QUIET) if swept is None else _swept(swept))
        self.update(lines(told))


def _holds(found: Trial) -> Content:
    marks = {True: ("✓ ", RIGHT), False: ("✗ ", WRONG), None: ("? ", CAUTION)}
    return join(marks[found.holds], found.verdict)


def _swept(swept: Sweep) -> Content:
    whole = swept.against is None and swept.tried == swept.of
    mark = ("✗ ", WRONG) if swept.against else ("✓ ", RIGHT) if whole else ("? ", CAUTION)
    return join(mark, (swept.words, QUIET))
