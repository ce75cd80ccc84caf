"""`quizcnn settings`: the settings and their file; with a name and a value, sets one."""

from __future__ import annotations

import textwrap
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from quizcnn import paths
from quizcnn.cli.reading import UNREADABLE, complain, report
from quizcnn.display import clean, json_text

if TYPE_CHECKING:
    from quizcnn.deck.model import Problem
    from quizcnn.study.settings.model import Settings


def add(commands: _SubParsersAction[ArgumentParser]) -> None:
    """Declare the command."""
    command = commands.add_parser(
        "settings",
        help="show or change the settings",
        description=(
            "Without more: the settings, and the file in which they stand. With a name: that one. "
            "With a name and a value: sets it. The value `default` takes a setting back."
        ),
    )
    command.add_argument("name", nargs="?", metavar="NAME", help="a setting, e.g. new_per_day")
    command.add_argument("value", nargs="*", metavar="VALUE", help="its value, e.g. 10")
    command.add_argument("--json", action="store_true", help="as JSON: file, settings, problems")
    command.set_defaults(run=run)


def run(options: Namespace) -> int:
    """Print or change settings; 2 when a name, a value or the file is not what it should be."""
    from quizcnn.study.settings.file import SettingsFileError, load, save
    from quizcnn.study.settings.table import SettingError, changed, setting

    path = paths.settings()
    settings, problems = load(path)
    try:
        names = [setting(options.name).name] if options.name else []
        if options.value:
            (name,) = names
            value = setting(name).parse(" ".join(options.value))
            settings = changed(settings, name, value)
            save(path, settings)
            settings, problems = load(path)
    except SettingError as error:
        complain(f"{options.name}: {error}")
        return UNREADABLE
    except SettingsFileError as error:
        complain(str(error))
        return UNREADABLE
    report(problems)
    if options.json:
        print(json_text(_as_json(path, settings, problems, names)))
    else:
        print(clean("\n".join(_lines(path, settings, names))))
    return UNREADABLE if problems else 0


def _lines(path: Path, settings: Settings, names: list[str]) -> Iterator[str]:
    from quizcnn.study.settings.table import TABLE

    if not names:
        yield f"The settings stand in {path}" + ("" if path.exists() else ", which is not there.")
        yield ""
    for each in TABLE:
        if names and each.name not in names:
            continue
        value = getattr(settings, each.name)
        other = "" if value == each.default else f"   (default: {each.words(each.default)})"
        yield f"{each.name} = {each.words(value)}{other}"
        yield from textwrap.wrap(each.about, 74, initial_indent="    ", subsequent_indent="    ")


def _as_json(
    path: Path, settings: Settings, problems: tuple[Problem, ...], names: list[str]
) -> dict[str, object]:
    from quizcnn.study.settings.table import TABLE

    return {
        "file": str(path),
        "exists": path.exists(),
        "settings": {
            each.name: {
                "value": each.write(getattr(settings, each.name)),
                "default": each.write(each.default),
                "expected": each.expected,
                "about": each.about,
            }
            for each in TABLE
            if not names or each.name in names
        },
        "problems": [str(problem) for problem in problems],
    }
