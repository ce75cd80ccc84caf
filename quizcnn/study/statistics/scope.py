"""The condition that a scope of decks and tags makes in a query."""

from __future__ import annotations

import json

from quizcnn.study.records import Scope


def condition(scope: Scope, deck: str, key: str) -> tuple[str, dict[str, object]]:
    """The condition and its values; `deck` and `key` are what gives a question's in the query.

    >>> condition(Scope(("pooling",)), "q.deck", "q.key")
    (' AND q.deck IN (SELECT value FROM json_each(:decks))', {'decks': '["pooling"]'})
    """
    parts = ""
    names: dict[str, object] = {}
    if scope.decks:
        parts += f" AND {deck} IN (SELECT value FROM json_each(:decks))"
        names["decks"] = json.dumps(scope.decks)
    if scope.tags:
        parts += f""" AND {key} IN (SELECT t.key FROM chosen_tags t
            WHERE t.tag IN (SELECT value FROM json_each(:tags)))"""
        names["tags"] = json.dumps(scope.tags)
    return parts, names
