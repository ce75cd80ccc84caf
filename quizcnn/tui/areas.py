"""Where keys work: each screen with what it holds, for the page of keys and for other keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from textual.binding import Binding, BindingsMap
from textual.dom import DOMNode

from quizcnn.tui.screens.browse import BrowseScreen, HitList, SearchLine
from quizcnn.tui.screens.findings import FindingList, FindingsScreen
from quizcnn.tui.screens.home import HomeScreen
from quizcnn.tui.screens.lab import LabScreen
from quizcnn.tui.screens.lab_question import DeckField, LabQuestionScreen
from quizcnn.tui.screens.pictures import PicturesScreen
from quizcnn.tui.screens.practice import PracticeScreen
from quizcnn.tui.screens.practice_keys import PHASES
from quizcnn.tui.screens.proof import ProofScreen
from quizcnn.tui.screens.question import QuestionScreen
from quizcnn.tui.screens.settings import SettingField, SettingList, SettingsScreen
from quizcnn.tui.screens.statistics import StatisticsScreen
from quizcnn.tui.screens.summary import ResultList, SummaryScreen
from quizcnn.tui.screens.window import WindowScreen
from quizcnn.tui.widgets.answers import AnswerField, OutButton
from quizcnn.tui.widgets.array_grid import ArrayGrid
from quizcnn.tui.widgets.check_editor import CheckEditor
from quizcnn.tui.widgets.deck_list import DeckList
from quizcnn.tui.widgets.given_fields import GivenField
from quizcnn.tui.widgets.proof_panel import ProofPanel


@dataclass(frozen=True, slots=True)
class Area:
    """A screen, called `name` in the settings, with what on it has keys of its own."""

    name: str
    title: str
    screen: type[DOMNode]
    parts: tuple[type[DOMNode], ...] = ()


AREAS = (
    Area("practice", "While you practise", PracticeScreen, (AnswerField, OutButton, ProofPanel)),
    Area("home", "At home", HomeScreen, (DeckList,)),
    Area("browse", "In the list of all questions", BrowseScreen, (SearchLine, HitList)),
    Area("question", "At a question from the list", QuestionScreen),
    Area("window", "While you watch a window", WindowScreen),
    Area("pictures", "At a picture of a proof", PicturesScreen, (ArrayGrid,)),
    Area("lab", "In the lab", LabScreen, (GivenField, CheckEditor)),
    Area("saving", "At a question made in the lab", LabQuestionScreen, (DeckField,)),
    Area("summary", "After a session", SummaryScreen, (ResultList,)),
    Area("proof", "At a proof", ProofScreen),
    Area("findings", "What the document gets wrong", FindingsScreen, (FindingList,)),
    Area("statistics", "Statistics", StatisticsScreen),
    Area("settings", "Settings", SettingsScreen, (SettingList, SettingField)),
)


def own(kind: type[DOMNode]) -> list[Binding]:
    """The bindings that a class of ours declares, one for each key."""
    declared = kind.__dict__.get("BINDINGS", ())
    return [each for found in BindingsMap(declared).key_to_bindings.values() for each in found]


def identity(area: Area, binding: Binding) -> str:
    """What the settings call an action, such as `practice.hint`; "" where its keys are fixed.

    Keys that stand for something, such as an option's letter or a grade, are fixed.
    """
    action = binding.action.rpartition(".")[2]
    action = {"pop_screen": "back", "dismiss": "back"}.get(action, action)
    return f"{area.name}.{action}" if re.fullmatch(r"\w+", action) else ""


def identities() -> Iterator[str]:
    """All that can have other keys, in the order of the page of keys."""
    for area in AREAS:
        yield from dict.fromkeys(filter(None, (identity(area, each) for each in own(area.screen))))


def together(area: Area, one: str, other: str) -> bool:
    """Whether two actions of a screen may be possible at the same moment."""
    if area.screen is PracticeScreen and one in PHASES and other in PHASES:
        return bool(set(PHASES[one]) & set(PHASES[other]))
    return True
