"""YAML text to a tree in which every node knows where it stands.

The tree is grown from PyYAML's events, without recursion. Scalars stay text: the schema types them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from quizcnn.deck.characters import unseen_in
from quizcnn.deck.flow import join_items, join_pairs
from quizcnn.deck.messages import Problems, quoted
from quizcnn.deck.model import Place
from quizcnn.deck.nodes import BrokenNode, MappingNode, Node, ScalarNode, SequenceNode, Style
from quizcnn.deck.syntax import explain, place_of

DEPTH = 16
"""Nodes may lie this deep within each other; a deck needs about eight."""

Loader: TypeAlias = "type[yaml.CSafeLoader] | type[yaml.SafeLoader]"

LOADER: Loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""PyYAML over libyaml where it was built with it: eight times as fast."""

NODES = 25_000
"""Keys and values in a file, at most; a deck of 50 questions has about 3 500."""

KEY = 100
"""Characters of a key, at most."""

_BEGINS = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)

_LOST = re.compile(r" +#[^ #]")

_QUOTES = ("'", '"')


def grow(text: str, file: str, problems: Problems, loader: Loader = LOADER) -> Node | None:
    """The tree of the text's only document, None where there is none or it cannot be read.

    `text` has plain line feeds and ends with one. What YAML has beyond a deck's need is reported:
    tags, anchors, aliases, directives, further documents, double keys, deep nesting.
    """
    before = len(problems)
    grower = _Grower(_without_directives(text, file, problems).split("\n"), file, problems)
    parser: Any = loader("\n".join(grower.lines))
    try:
        while (event := parser.get_event()) is not None and grower.take(event):
            pass
    except yaml.MarkedYAMLError as error:
        if loader is not yaml.SafeLoader and "nesting depth" in (error.problem or ""):
            problems.back_to(before)  # libyaml gives up before it tells where the nesting begins
            return grow(text, file, problems, yaml.SafeLoader)
        if not before:  # after a tab or an invisible character the error is most likely its doing
            explain(error, grower.lines, file, grower.bracket, problems)
        return None
    except (ValueError, OverflowError):  # PyYAML's own scanner on an escape like "\U00110000"
        problems.add(grower.place(parser.get_mark()), "an escape that names no character")
        return None
    finally:
        parser.dispose()
    return grower.root


def _without_directives(text: str, file: str, problems: Problems) -> str:
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if line.startswith("%"):
            problems.add(
                Place(file, index + 1, 1),
                f"{quoted(line)} is a YAML directive",
                "delete the line: a deck needs none",
            )
            lines[index] = ""
        elif line and not line.startswith("#"):
            break
    return "\n".join(lines)


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end has not come yet."""

    place: Place
    flow: bool
    mapping: bool
    children: list[Node] = field(default_factory=list)


class _Grower:
    """Takes event after event and holds the tree that has grown from them."""

    def __init__(self, lines: list[str], file: str, problems: Problems) -> None:
        self.lines = lines
        self._last = len(lines) - 1
        self.file = file
        self.problems = problems
        self.root: Node | None = None
        self._open: list[_Open] = []
        self._documents = 0
        self._nodes = 0

    def place(self, mark: Any) -> Place:
        """The place of a mark."""
        line = mark.line
        if line >= self._last:
            return place_of(mark, self.lines, self.file)
        return Place(self.file, line + 1, mark.column + 1)

    @property
    def bracket(self) -> Place | None:
        """The innermost brace or bracket that is still open."""
        return self._open[-1].place if self._open and self._open[-1].flow else None

    def take(self, event: Any) -> bool:
        """Let the tree grow by an event; False when nothing more is wanted."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            if event.anchor is None and event.tag is None:
                node = self._scalar(event)
                if self._open:
                    self._open[-1].children.append(node)
                else:
                    self.root = node
            else:
                self._reported(event)
        elif kind in _ENDS:
            self._end()
            return True
        elif kind in _BEGINS:
            if event.anchor is not None or event.tag is not None:
                self._report(event)
            if not self._begin(event, kind is yaml.MappingStartEvent):
                return False
        elif kind is yaml.AliasEvent:
            self._reported(event)
        else:
            return kind is not yaml.DocumentStartEvent or self._document(event)
        self._nodes += 1
        if self._nodes > NODES:
            hint = "split the deck in two"
            place = self.place(event.start_mark)
            self.problems.add(place, f"more than {NODES:,} keys and values", hint)
            self.root = None
            return False
        return True

    def _document(self, event: yaml.DocumentStartEvent) -> bool:
        self._documents += 1
        if self._documents > 1:
            self.problems.add(
                self.place(event.start_mark),
                "a second document begins here",
                "one file is one deck: put the second into a file of its own",
            )
        return self._documents == 1

    def _reported(self, event: Any) -> None:
        """Take an alias, or a scalar with an anchor or a tag, which is of no further use."""
        self._report(event)
        self._add(BrokenNode(self.place(event.start_mark)))

    def _report(self, event: Any) -> None:
        """Report an alias, an anchor or a tag."""
        if isinstance(event, yaml.AliasEvent):
            message, hint = f"{quoted(f'*{event.anchor}')} is an alias", "`*`"
        elif event.anchor is not None:
            message, hint = f"{quoted(f'&{event.anchor}')} is an anchor", "`&`"
        else:
            message, hint = "a text that begins with `!` is a YAML tag", ""
        hint = f"quote a text that begins with {hint}" if hint else "quote it, or delete it"
        self.problems.add(self.place(event.start_mark), message, hint)

    def _begin(self, event: yaml.CollectionStartEvent, mapping: bool) -> bool:
        place = self.place(event.start_mark)
        if len(self._open) == DEPTH:
            self.problems.add(place, f"nested more than {DEPTH} deep", "a deck needs about eight")
            self.root = None
            return False
        self._open.append(_Open(place, bool(event.flow_style), mapping))
        return True

    def _end(self) -> None:
        opened = self._open.pop()
        node: Node
        if opened.mapping:
            node = self._mapping(opened)
        else:
            items = opened.children
            if opened.flow:
                items = join_items(items, self.problems)
            node = SequenceNode(tuple(items), opened.place, opened.flow)
        self._add(node)

    def _add(self, node: Node) -> None:
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node

    def _mapping(self, opened: _Open) -> MappingNode | BrokenNode:
        pairs = list(zip(opened.children[::2], opened.children[1::2], strict=True))
        if opened.flow:
            pairs = join_pairs(pairs, self.problems)
        entries: dict[str, tuple[ScalarNode, Node]] = {}
        for key, value in pairs:
            if isinstance(key, ScalarNode) and len(key.text) > KEY:
                self.problems.add(key.place, f"a name of more than {KEY} characters", "shorten it")
                return BrokenNode(opened.place)
            if not isinstance(key, ScalarNode):
                if not isinstance(key, BrokenNode):
                    hint = "quote a text that begins with a brace or bracket"
                    self.problems.add(key.place, "a list or mapping as a key", hint)
                return BrokenNode(opened.place)
            if key.text in entries:
                self.problems.add(
                    key.place,
                    f"{quoted(key.text)} stands here a second time",
                    f"it stands on line {entries[key.text][0].place.line} already: keep one",
                )
            else:
                entries[key.text] = (key, value)
        return MappingNode(tuple(entries.values()), opened.place, opened.flow)

    def _scalar(self, event: Any) -> ScalarNode:
        begin, end = event.start_mark, event.end_mark
        place = self.place(begin)
        text: str = event.value
        one_line: bool = begin.line == end.line
        if not event.style:
            style: Style = "plain"
            start, exact = place, one_line
            if text and end.column < len(self.lines[end.line]):
                self._comment(end.line, end.column)
        elif event.style in _QUOTES:
            style = "quoted"
            start = Place(place.file, place.line, place.column + 1)
            exact = one_line and end.column - begin.column == len(text) + 2
            if event.style == '"':
                self._escapes(text, place)
        else:
            style = "literal" if event.style == "|" else "folded"
            start, exact = self._block_start(place, text), style == "literal"
        return ScalarNode(text, style, place, start, exact, one_line)

    def _block_start(self, place: Place, text: str) -> Place:
        """Where a block's text begins: the line below its header, after the indentation."""
        for offset, line in enumerate(text.split("\n")):
            if line.strip(" "):
                source = self.lines[min(place.line + offset, len(self.lines) - 1)]
                column = len(source) - len(source.lstrip(" ")) - (len(line) - len(line.lstrip(" ")))
                return Place(place.file, place.line + 1, max(column, 0) + 1)
        return place

    def _comment(self, line: int, column: int) -> None:
        if _LOST.match(self.lines[line], column):
            place = Place(self.file, line + 1, self.lines[line].index("#", column) + 1)
            hint = "quote the text; in a comment put a space after `#`"
            self.problems.add(place, "the text ends here, as ` #` begins a comment", hint)

    def _escapes(self, text: str, place: Place) -> None:
        found = unseen_in(text)
        if found:
            first = min(found, key=text.index)
            self.problems.add(
                place,
                f"an escape writes U+{ord(first):04X}, {found[first]}",
                "delete the escape: in single quotes a backslash is a backslash",
            )
