"""Keys of a person's own, from the settings file: looked over, and put in the place of ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from textual.binding import Binding, BindingsMap
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, _character_to_key
from textual.screen import Screen

from quizcnn.deck.messages import did_you_mean, quoted
from quizcnn.tui.areas import AREAS, Area, identities, identity, own, together
from quizcnn.tui.own_keys import Keymap

NAMED = frozenset(str(each.value) for each in Keys)
TAKEN = ("ctrl+", "alt+", "f")
"""Terminals and what runs in them keep such keys for themselves."""


class KeyMapError(ValueError):
    """A name or a key in the settings that cannot be: the text is a sentence for the person."""


def usable(key: str) -> str:
    """The name by which Textual knows a key, from what a person writes: `?`, `x`, `pageup`.

    Raises KeyMapError.

    >>> usable("?"), usable("x"), usable("PageUp")
    ('question_mark', 'x', 'pageup')
    """
    if len(key) == 1 and key.isprintable() and key != " ":
        return _character_to_key(key)
    name = KEY_NAME_REPLACEMENTS.get(key.lower(), key.lower())
    if name.startswith(TAKEN[:2]) or (name[:1] == "f" and name[1:].isdigit()):
        raise KeyMapError(f"{quoted(key)} is a key that terminals keep for themselves")
    if name not in NAMED and name != "space":
        raise KeyMapError(
            f"there is no key {quoted(key)}: write one character, or a name such as "
            "`space`, `tab`, `up`, `home` or `pageup`"
        )
    return name


def checked(wanted: Mapping[str, tuple[str, ...]]) -> tuple[Keymap, dict[str, str]]:
    """The keys that can be used, by action, and what is wrong with each of the others."""
    known, good, wrong = list(identities()), {}, {}
    for name, keys in wanted.items():
        if name not in known:
            hint = did_you_mean(name, known)
            wrong[name] = f"there is no action {quoted(name)}" + (f"; {hint}" if hint else "")
            continue
        try:
            good[name] = tuple(usable(key) for key in keys)
        except KeyMapError as error:
            wrong[name] = str(error)
    for area in AREAS:
        for name, why in _clashes(area, good):
            good.pop(name, None)
            wrong[name] = why
    return good, wrong


def remapped(area: Area, bindings: list[Binding], keymap: Keymap) -> list[Binding]:
    """Bindings with a person's own keys in the place of ours, in the same order."""
    found: list[Binding] = []
    done: set[str] = set()
    for binding in bindings:
        name = identity(area, binding)
        if name not in keymap:
            found.append(binding)
        elif name not in done:
            done.add(name)
            found += [replace(binding, key=key, key_display=None) for key in keymap[name]]
    return found


def apply(screen: Screen[Any], keymap: Keymap) -> None:
    """Give a screen a person's own keys, before it is shown.

    Textual's own keymaps take a key away from all actions that share it, as Enter is shared here.
    """
    area = next((area for area in AREAS if isinstance(screen, area.screen)), None)
    if area is None or not any(name.startswith(f"{area.name}.") for name in keymap):
        return
    bindings = [each for found in screen._bindings.key_to_bindings.values() for each in found]
    screen._bindings = BindingsMap(remapped(area, bindings, keymap))


def _clashes(area: Area, keymap: Keymap) -> Iterator[tuple[str, str]]:
    """Actions with a key that is another's at the same moment, which was not so before."""
    ours, after = own(area.screen), remapped(area, own(area.screen), keymap)
    shared = {(one.action, other.action) for one in ours for other in ours if one.key == other.key}
    for one in after:
        name = identity(area, one)
        if name not in keymap:
            continue
        for other in after:
            if one.key != other.key or (one.action, other.action) in shared:
                continue
            bases = [each.action.partition("(")[0] for each in (one, other)]
            if one.action != other.action and together(area, *bases):
                shown = quoted(one.key)
                yield name, f"{shown} is the key of “{other.description}” there already"
                break
