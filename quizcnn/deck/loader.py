"""A deck's file to a Deck, or to all the problems that it has."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from quizcnn.deck.characters import decode
from quizcnn.deck.fields import Fields, items, mapping
from quizcnn.deck.files import read_bytes
from quizcnn.deck.messages import EnoughError, Problems, quoted
from quizcnn.deck.model import Deck, Place, Problem, Question
from quizcnn.deck.nodes import BrokenNode, MappingNode, Node, ScalarNode
from quizcnn.deck.particulars import check_needs, name
from quizcnn.deck.questions import id_node, read_question
from quizcnn.deck.scalars import whole, wrong_type
from quizcnn.deck.tree import grow

SCHEMA = 1
"""The form of deck files that this version reads."""


def load_deck(path: Path) -> tuple[Deck | None, tuple[Problem, ...]]:
    """The deck of a file, or None and everything that keeps it from being read.

    Every problem has its place in the file, all of them are found in one reading (it stops after
    a hundred), and nothing in a file raises an exception. A file that cannot be opened is a
    problem at its first line. What a file may hold is bounded, so that none takes long: see
    `files.LARGEST`, `characters.LINES`, `tree.NODES`, `tree.DEPTH`, `tree.KEY`, `scalars.LONGEST`.
    """
    problems = Problems()
    data = read_bytes(path, problems)
    if data is None:
        return None, problems.sorted()
    return read_deck(data, path)


def read_deck(data: bytes, path: Path) -> tuple[Deck | None, tuple[Problem, ...]]:
    """As `load_deck`, of a file's content. `path` is only what places and the deck call it."""
    problems = Problems()
    deck = None
    with suppress(EnoughError):
        root = read_tree(data, path, "a deck", problems)
        deck = None if root is None else _deck(root, path, problems)
    return (None if len(problems) else deck), problems.sorted()


def read_tree(data: bytes, path: Path, what: str, problems: Problems) -> MappingNode | None:
    """The mapping that a file of schema 1 is, None after a problem."""
    first = Place(str(path), 1, 1)
    source = decode(data, str(path), problems)
    if source is None:
        return None
    before = len(problems)
    node = grow(source, str(path), problems)
    if node is None or (isinstance(node, ScalarNode) and node.plain and not node.text):
        if len(problems) == before:
            problems.add(first, "the file is empty", f"{what} begins with `schema: {SCHEMA}`")
        return None
    if not isinstance(node, MappingNode):
        hint = f"it begins with `schema: {SCHEMA}`, each field on a line of its own"
        wrong_type(node, str(path.name), f"{what} (a mapping)", problems, hint)
        return None
    return node


def check_schema(fields: Fields) -> None:
    """A file says which schema it is written for, and it must be ours."""
    node = fields.need("schema", f"write `schema: {SCHEMA}`")
    if node is None:
        return
    version = whole(node, "schema", fields.problems, 1)
    if version > SCHEMA:
        fields.problems.add(
            node.place,
            f"this file is written for schema {version}, and this quizcnn reads schema {SCHEMA}",
            "update quizcnn",
        )


def _deck(root: MappingNode, path: Path, problems: Problems) -> Deck:
    fields = Fields(root, "a deck", ("schema", "deck", "title", "about", "questions"), problems)
    check_schema(fields)
    named = fields.need("deck", "its name: lowercase words joined by `-`")
    fields.need("title", "what a learner reads in the list of decks")
    called = "" if named is None else name(named, "deck", problems)
    nodes = items(fields.need("questions", "a list of questions"), "questions", problems)
    return Deck(
        name=called,
        title=fields.line("title") or "",
        about=fields.text("about") or "",
        path=path,
        questions=_questions(nodes, called, problems),
        place=root.place if named is None else named.place,
    )


def _questions(nodes: tuple[Node, ...], deck: str, problems: Problems) -> tuple[Question, ...]:
    found: list[Question] = []
    known: dict[str, Place] = {}
    for node in nodes:
        named = id_node(node)
        if isinstance(named, ScalarNode) and named.text.strip():
            _unique(named.text.strip(), named.place, known, problems)
    for node in nodes:
        entry = None if isinstance(node, BrokenNode) else mapping(node, "a question", problems)
        if entry is None:
            continue
        question = read_question(entry, deck, problems)
        if question is not None:
            check_needs(entry.get("needs"), question.id, known, deck, problems)
            found.append(question)
    _former(found, known, deck, problems)
    return tuple(found)


def _unique(id_: str, place: Place, known: dict[str, Place], problems: Problems) -> None:
    if id_ in known:
        problems.add(
            place,
            f"the id {quoted(id_)} stands a second time",
            f"line {known[id_].line} has it already: rename one",
        )
    known.setdefault(id_, place)


def _former(
    questions: list[Question], known: dict[str, Place], deck: str, problems: Problems
) -> None:
    """A former id must not be in use: a learner's progress would belong to two questions."""
    former: dict[str, Place] = {}
    for question in questions:
        own: dict[str, Place] = {}
        for index, was in enumerate(question.was):
            own.setdefault(was.removeprefix(f"{deck}/"), question.places[f"was.{index}"])
        for id_, place in own.items():
            taken = known.get(id_) or former.get(id_)
            if id_ and taken:
                problems.add(
                    place,
                    f"the former id {quoted(id_)} belongs to another question",
                    f"see line {taken.line}",
                )
            former.setdefault(id_, place)
