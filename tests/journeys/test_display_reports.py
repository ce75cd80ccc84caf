"""Reports for machines about a deck whose texts would be commands to them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from quizcnn.check.proof import Failure, Proof, Step
from quizcnn.deck.model import Place
from quizcnn.verify.report import Finding, Report, Result
from quizcnn.verify.reporting import as_json, github, junit, text

COMMAND = (
    "\n::error file=a.py,line=1::forged\r\n  ::stop-commands::x\n##[error]forged %0A::warning::b"
)
STRANGE = f"\x1b]0;t\x07{COMMAND}\x00\x9b31m\u202e\ufffe\ud800]]><a b='c'>&amp;"
PLACE = Place(f"decks/{STRANGE},line=7::.yaml", 3, 4)
FINDING = Finding("answer", f"one/{STRANGE}", f"says {STRANGE}", PLACE)
PROOF = Proof(
    (("n", STRANGE),), (Step(STRANGE, 1, "x", STRANGE),), failure=Failure("raised", STRANGE)
)
RESULT = Result(f"one/{STRANGE}", PLACE, 1, (FINDING,), (FINDING,), (FINDING,), PROOF)
REPORT = Report(1, 1, 0, 1, 0, 0, 0, 0, (RESULT,))


def test_an_annotation_is_one_command_and_no_other() -> None:
    """Colons, commas and line ends of a deck stay within the field that they belong to."""
    error, warning = github(REPORT)
    for line, level in ((error, "error"), (warning, "warning")):
        assert line.isprintable()
        command, message = line.removeprefix(f"::{level} ").split("::", 1)
        fields = dict(field.split("=", 1) for field in command.split(","))
        assert list(fields) == ["file", "line", "col", "title"]
        assert (fields["line"], fields["col"]) == ("3", "4")
        assert ":" not in fields["file"].replace("%3A", "")
        assert message.startswith("says \N{REPLACEMENT CHARACTER}]0;t")


def test_every_line_of_the_text_begins_with_a_word_of_ours() -> None:
    """But those of a proof, which are indented; only the summary stands at the margin."""
    *lines, summary = text(REPORT, notes=True)
    assert summary.startswith("1 of 1 questions fail")
    for line in lines:
        assert line.startswith(("✗ decks/", "! decks/", "· decks/", "    "))
        assert not line.startswith(("::", "##["))


def test_junit_xml_can_be_read_whatever_a_deck_says() -> None:
    case = ET.fromstring(junit(REPORT))[0]
    assert case.attrib["name"].endswith("]]><a b='c'>&amp;")
    assert "\x1b" not in ET.tostring(case, encoding="unicode")
    assert case[0].attrib["message"].startswith("says \N{REPLACEMENT CHARACTER}]0;t")


def test_json_tells_a_deck_s_texts_exactly() -> None:
    report = as_json(REPORT)
    assert report.replace("\n", "").isprintable()
    assert json.loads(report)["results"][0]["notes"] == [f"says {STRANGE}"]


DECK = """\
schema: 1
deck: a
title: ../../title
about: /etc/about
questions:
  - id: one
    kind: number
    ask: |
      What is it?
      ::stop-commands::x
    answer: 2
    tags: [../../tag, "C:\\\\tag"]
    check: '1'
    claims:
      - that: "True"
        say: |
          It holds.
          ::error::forged
    contrast: [{check: '3', because: b}]
    source: {ref: ../../ref}
"""
SOURCES = """\
schema: 1
document: ../../ref
title: ../../title
entries: [{ref: "../../ref#1", title: ../../entry, verdict: confirmed}]
"""


def command(folder: Path, *arguments: str, **environment: str) -> str:
    """What a command prints whose working folder and home are `folder`.

    Its progress and its cache lie elsewhere, where each test has its own.
    """
    home = {"HOME": str(folder)} | {
        name: value for name, value in os.environ.items() if name.startswith("XDG_")
    }
    done = subprocess.run(
        [sys.executable, "-m", "quizcnn", *arguments],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONUTF8": "1", **home, **environment},
        capture_output=True,
        input=":quit\n",
        text=True,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    return done.stdout


def test_github_s_runner_heeds_no_line_of_a_report(tmp_path: Path) -> None:
    """A report of text stands between two words that a deck cannot know, in a workflow only."""
    (tmp_path / "a.yaml").write_text(DECK, encoding="utf-8")
    first, *lines, last = command(tmp_path, "verify", "a.yaml", GITHUB_ACTIONS="true").splitlines()
    token = re.fullmatch(r"::stop-commands::([0-9a-f]{32})", first)
    assert token
    assert last == f"::{token[1]}::"
    assert any("::error::forged" in line for line in lines)
    again = command(tmp_path, "verify", "a.yaml", GITHUB_ACTIONS="true")
    assert token[1] not in again
    assert "stop-commands::" not in command(tmp_path, "verify", "a.yaml").split("\n")[0]


@pytest.mark.parametrize(
    "arguments",
    ["list", "sources", "verify", "show a/one", "practice --plain"],
)
def test_no_name_in_a_deck_becomes_a_file(tmp_path: Path, arguments: str) -> None:
    """Titles, tags and sources that look like paths are words; what is kept has fixed names."""
    folder = tmp_path / "deep" / "er"
    folder.mkdir(parents=True)
    (folder / "a.yaml").write_text(DECK, encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    deck = [] if arguments.startswith(("verify", "practice")) else ["--decks"]
    assert command(folder, *arguments.split(), *deck, "a.yaml" if deck else "./a.yaml")
    own = folder / "quizcnn"
    left = {path for path in tmp_path.rglob("*") if own not in (path, *path.parents)}
    assert left == {tmp_path / "deep", folder, folder / "a.yaml", folder / "sources.yaml"}
    kept = {path.name.partition(".sqlite")[0] for path in own.rglob("*")}
    assert kept <= {"catalog", "progress", "backups"}
