"""Files that cannot be opened, and bytes that cannot be text."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from quizcnn.deck.files import LARGEST
from quizcnn.deck.loader import load_deck, read_deck
from quizcnn.deck.model import Place, Problem

Expect = Callable[[str, str, str], None]


def only(path: Path) -> Problem:
    deck, (problem,) = load_deck(path)
    assert deck is None
    assert problem.place == Place(str(path), 1, 1)
    assert problem.hint
    return problem


@pytest.mark.parametrize(
    ("character", "message", "hint"),
    [
        ("\t", "a tab", "spaces"),
        ("\x1b", "U+001B, a control character", "delete"),
        ("\x00", "U+0000, a control character", "delete"),
        ("\r", "U+000D, a control character", "delete"),
        ("\x85", "U+0085, a control character", "delete"),
        ("\u202e", "U+202E, an invisible format character", "delete"),
        ("\u200b", "U+200B, an invisible format character", "delete"),
        ("\u00ad", "U+00AD, an invisible format character", "delete"),
        ("\ufeff", "U+FEFF, an invisible format character", "delete"),
        ("\ue000", "U+E000, a private-use character", "delete"),
        ("\U0010fffd", "U+10FFFD, a private-use character", "delete"),
        ("\u2028", "U+2028, a line separator", "delete"),
        ("\u2029", "U+2029, a paragraph separator", "delete"),
        ("\ufffe", "U+FFFE, a character that Unicode has not assigned", "delete"),
        ("\U0001ffff", "U+1FFFF, a character that Unicode has not assigned", "delete"),
    ],
)
@pytest.mark.parametrize("where", ["What pooling‸", "Where‸ can", "# A comment‸"])
def test_a_character_that_nobody_sees_is_told_at_its_place(
    expect: Expect, good: str, character: str, message: str, hint: str, where: str
) -> None:
    """In a field, in prose, and even in a comment."""
    expect(good.replace(where.replace("‸", ""), where.replace("‸", "‸" + character)), message, hint)


def test_a_wide_character_counts_as_one_column(expect: Expect, good: str) -> None:
    expect(good.replace("An image", "×𝔘🙂‸\x07 image"), "U+0007", "delete")


@pytest.mark.parametrize(
    ("before", "bad", "place"),
    [
        (b"schema: 1\n", b"\xff", (2, 1)),
        ("a: ×".encode(), b"\xe9 b", (1, 5)),
        ("\ufeffa: ×\r\n b".encode(), b"\xed\xa0\x80", (2, 3)),
        (b"", b"\xff\xfes\x00", (1, 1)),
    ],
)
def test_bytes_that_are_not_utf_8_are_told_at_their_place(
    before: bytes, bad: bytes, place: tuple[int, int]
) -> None:
    """Latin-1, a surrogate as bytes, and UTF-16."""
    deck, (problem,) = read_deck(before + bad, Path("a.yaml"))
    assert deck is None
    assert (problem.place.line, problem.place.column) == place
    assert "is not UTF-8" in problem.message
    assert "UTF-8" in problem.hint


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    assert only(tmp_path / "none.yaml").message == "there is no such file"


def test_a_folder_is_not_a_deck(tmp_path: Path) -> None:
    assert only(tmp_path).message == "this is a folder, not a file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert only(tmp_path / "pipe.yaml").message == "this is a pipe, not a file"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_that_takes_a_files_place_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look at a file and its opening somebody puts a pipe there."""
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    a_file = Path(__file__).stat()
    monkeypatch.setattr(Path, "stat", lambda *_, **__: a_file)
    assert only(pipe).message == "this is a pipe, not a file"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/random", "/dev/tty", "/dev/null"])
def test_a_device_is_refused_unopened(
    tmp_path: Path, device: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its path, and by a link that has a deck's name."""
    link = tmp_path / "endless.yaml"
    link.symlink_to(device)
    opened: list[object] = []
    monkeypatch.setattr(os, "open", lambda *what: opened.append(what))
    for path in (Path(device), link):
        assert only(path).message == "this is a device, not a file"
    assert not opened


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("a.yaml")
        assert only(Path("a.yaml")).message == "this is a socket, not a file"


def test_a_path_with_a_null_character_is_refused() -> None:
    assert only(Path("a\0.yaml")).message == "this cannot be a path"


def test_a_link_to_itself_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "round.yaml"
    path.symlink_to(path)
    assert "cannot be read" in only(path).message


def test_a_file_that_may_not_be_read_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "closed.yaml"
    path.write_text("schema: 1")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", refuse)
    problem = only(path)
    assert problem.message == "the file cannot be read: Permission denied"
    assert "permissions" in problem.hint


def test_a_file_beyond_the_largest_size_is_a_problem(tmp_path: Path, good: str) -> None:
    """One of just that size is read."""
    path = tmp_path / "large.yaml"
    data = good.encode() + b"# "
    path.write_bytes(data.ljust(LARGEST, b"x"))
    assert load_deck(path)[1] == ()
    path.write_bytes(data.ljust(LARGEST + 1, b"x"))
    assert f"larger than {LARGEST >> 10} KiB" in only(path).message
