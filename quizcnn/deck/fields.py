"""The fields of one mapping, taken by name; a name that nobody knows is a problem."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from quizcnn.deck.messages import Problems, did_you_mean, listed, quoted
from quizcnn.deck.model import Place
from quizcnn.deck.nodes import BrokenNode, MappingNode, Node, ScalarNode, SequenceNode, cut_off
from quizcnn.deck.prose import placeholders
from quizcnn.deck.scalars import line, text, wrong_type

PLACEHOLDERS = 100
"""Values that a text may have put into it."""


class Fields:
    """A mapping's fields. `what` names the mapping in messages: "a wrong answer"."""

    def __init__(
        self, node: MappingNode, what: str, known: Collection[str], problems: Problems
    ) -> None:
        self.place = node.place
        self.problems = problems
        self._what = what
        self._values = {key.text: value for key, value in node.entries}
        self._keys = {key.text: key.place for key, _ in node.entries}
        for key, value in node.entries:
            if key.text not in known:
                self._unknown(key, value, node.flow, known)

    def _unknown(self, key: ScalarNode, value: Node, flow: bool, known: Collection[str]) -> None:
        if flow and cut_off(key, value):
            hint = "quote a text that holds a comma or begins with `{`"
        else:
            hint = did_you_mean(key.text, known)
        self.problems.add(key.place, f"{self._what} has no field {quoted(key.text)}", hint)

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def key_place(self, name: str) -> Place:
        """Where the field's name stands."""
        return self._keys[name]

    def get(self, name: str) -> Node | None:
        """A field's value, None where it is left out or was reported already."""
        value = self._values.get(name)
        return None if isinstance(value, BrokenNode) else value

    def need(self, name: str, hint: str) -> Node | None:
        """The value of a field that must be there."""
        if name not in self._values:
            self.problems.add(self.place, f"{self._what} needs `{name}`", hint)
        return self.get(name)

    def line(self, name: str) -> str | None:
        """A text of one line, None where the field is left out."""
        node = self.get(name)
        return None if node is None else line(node, name, self.problems)

    def text(self, name: str) -> str | None:
        """A text, None where the field is left out."""
        node = self.get(name)
        return None if node is None else text(node, name, self.problems)


def mapping(node: Node, what: str, problems: Problems) -> MappingNode | None:
    """`node` if it is a mapping, None after a problem."""
    if isinstance(node, MappingNode):
        return node
    if isinstance(node, ScalarNode) and ":" in node.text:
        hint = "a space must follow the colon of `name: value`"
    else:
        hint = "write it as `name: value`"
    wrong_type(node, what, "a mapping", problems, hint)
    return None


def items(node: Node | None, name: str, problems: Problems) -> tuple[Node, ...]:
    """The items of a list, none where it is left out or after a problem."""
    if node is None:
        return ()
    if not isinstance(node, SequenceNode):
        wrong_type(node, name, "a list", problems, "begin each item with `- `")
        return ()
    if not node.items:
        problems.add(node.place, f"`{name}` is an empty list", "fill it, or leave the field out")
    return node.items


def mappings(node: Node | None, name: str, problems: Problems) -> Iterator[MappingNode]:
    """The items of a list of mappings; others are reported."""
    for item in items(node, name, problems):
        found = mapping(item, name, problems)
        if found is not None:
            yield found


def lines(node: Node | None, name: str, problems: Problems) -> tuple[str, ...]:
    """The items of a list of one-line texts, none of them twice."""
    found = [(item, line(item, name, problems)) for item in items(node, name, problems)]
    seen: set[str] = set()
    for item, words in found:
        if words and words in seen:
            problems.add(item.place, f"{quoted(words)} stands in `{name}` twice", "keep one")
        seen.add(words)
    return tuple(words for _, words in found)


def prose(node: Node | None, name: str, names: Collection[str] | None, problems: Problems) -> str:
    """A text in which `{n}` stands for the given n; `names` are the givens, None if unreadable."""
    if node is None:
        return ""
    words = text(node, name, problems)
    if not isinstance(node, ScalarNode) or names is None:
        return words
    for count, (offset, inner) in enumerate(placeholders(node.text)):
        if count == PLACEHOLDERS:
            message = f"`{name}` has more than {PLACEHOLDERS} braces with a given's name"
            problems.add(node.start, message, "use fewer")
            break
        if inner in names:
            continue
        hint = "for a brace itself write {{ or }}"
        if inner.isidentifier():
            given = f"given here: {listed(names)}" if names else "nothing is given here"
            near = problems.did_you_mean(inner, names)
            hint = near if near.startswith("did") else f"{given}; {hint}"
        braced = quoted(f"{{{inner}}}")
        what = f"{braced} is not a given's name" if inner else "a brace without a given's name"
        problems.add(node.at(offset), what, hint)
    return words
