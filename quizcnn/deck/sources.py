"""`sources.yaml`: the entries of the document that questions are drawn from."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from quizcnn.deck.fields import Fields, mappings
from quizcnn.deck.files import read_bytes
from quizcnn.deck.loader import check_schema, read_tree
from quizcnn.deck.messages import EnoughError, Problems, quoted
from quizcnn.deck.model import Problem, SourceEntry, Verdict
from quizcnn.deck.nodes import MappingNode
from quizcnn.deck.particulars import word


def load_sources(path: Path) -> tuple[tuple[SourceEntry, ...], tuple[Problem, ...]]:
    """The entries of a file, or none and everything that keeps it from being read."""
    problems = Problems()
    data = read_bytes(path, problems)
    return ((), problems.sorted()) if data is None else read_sources(data, path)


def read_sources(data: bytes, path: Path) -> tuple[tuple[SourceEntry, ...], tuple[Problem, ...]]:
    """As `load_sources`, of a file's content. `path` is only what places call it."""
    problems = Problems()
    entries: tuple[SourceEntry, ...] = ()
    with suppress(EnoughError):
        root = read_tree(data, path, "a list of sources", problems)
        entries = () if root is None else _entries(root, problems)
    return (() if len(problems) else entries), problems.sorted()


def _entries(root: MappingNode, problems: Problems) -> tuple[SourceEntry, ...]:
    known = ("schema", "document", "title", "entries")
    fields = Fields(root, "a list of sources", known, problems)
    check_schema(fields)
    fields.need("document", "its name, with which every `ref` begins")
    fields.need("title", "the document's title")
    document = fields.line("document")
    fields.line("title")
    found: dict[str, SourceEntry] = {}
    for node in mappings(fields.need("entries", "a list of sources"), "entries", problems):
        entry = _entry(node, document, problems)
        first = found.setdefault(entry.ref, entry)
        if entry.ref and first is not entry and entry.place and first.place:
            message = f"{quoted(entry.ref)} stands a second time"
            problems.add(entry.place, message, f"see line {first.place.line}")
    return tuple(found.values())


def _entry(node: MappingNode, document: str | None, problems: Problems) -> SourceEntry:
    fields = Fields(node, "a source", ("ref", "title", "verdict", "reason"), problems)
    named = fields.need("ref", "such as `pooling-faq#23`")
    fields.need("title", "what it is about, in our own words")
    judged = fields.need("verdict", "what the computation says of it")
    verdict = word(judged, "verdict", Verdict, problems)
    ref = fields.line("ref") or ""
    if named is not None and document and ref and not ref.startswith(f"{document}#"):
        message = f"{quoted(ref)} is not of this document"
        problems.add(named.place, message, f"it begins with `{document}#`")
    if verdict is Verdict.OFF_TOPIC:
        fields.need("reason", "why it is off topic")
    return SourceEntry(
        ref=ref,
        title=fields.line("title") or "",
        verdict=verdict or Verdict.OFF_TOPIC,
        reason=fields.text("reason") or "",
        place=node.place,
    )
