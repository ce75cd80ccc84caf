"""Text files of Anki's and of spreadsheets, read as notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from quizcnn.deck.anki import Note, UnreadableError, notes_of, read_export


def notes(text: str) -> tuple[Note, ...]:
    return notes_of(text, "x.txt").notes


def fields(text: str) -> list[tuple[str, ...]]:
    return [note.fields for note in notes(text)]


def test_a_whole_export_as_anki_writes_it() -> None:
    """Headers, then notes with GUID, note type, deck, two fields and tags."""
    export = notes_of(
        "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n"
        "#tags column:6\n"
        "q1;,x\tBasic\tCNN::Layers\tWhat?\tThat.\tone two::three\n"
        'q2\tBasic\tCNN::Layers\t"A ""quoted""\nfield"\tYes\t\n',
        "x.txt",
    )
    assert export.html
    assert export.deck == "CNN::Layers"
    assert export.notes == (
        Note(7, ("What?", "That."), ("one", "two::three")),
        Note(8, ('A "quoted"\nfield', "Yes"), ()),
    )


def test_decks_of_notes_become_tags_where_they_differ() -> None:
    found = notes("#separator:comma\n#deck column:1\nCNN::First Layers,a,b\nCNN,c,d\n")
    assert [note.tags for note in found] == [("CNN::First-Layers",), ("CNN",)]


@pytest.mark.parametrize(
    ("name", "separator"),
    [
        ("tab", "\t"),
        ("Comma", ","),
        ("semicolon", ";"),
        ("space", " "),
        ("pipe", "|"),
        ("COLON", ":"),
        ("|", "|"),
        (",", ","),
        ("\t", "\t"),
    ],
)
def test_the_header_names_the_separator(name: str, separator: str) -> None:
    """By its name in any case, or as it is."""
    text = f'#separator:{name}\none{separator}"a{separator}b"\n'
    assert fields(text) == [("one", f"a{separator}b")]


@pytest.mark.parametrize("separator", ["\t", ",", ";", "|"])
def test_without_a_header_the_separator_is_found(separator: str) -> None:
    """It is what gives all notes equally many fields, whatever else stands in them."""
    text = f'"a,b;c"{separator}1\n"d|e"{separator}"2,5"\n'
    assert fields(text) == [("a,b;c", "1"), ("d|e", "2,5")]


def test_lines_are_counted_through_quoted_fields() -> None:
    """A note's line is where it begins; windows' line ends count once."""
    found = notes('a,"1\r\n2"\r\n\r\nb,"3\n4"\nc,5\n')
    assert [note.line for note in found] == [1, 4, 6]


def test_comments_are_left_out_where_anki_has_written_the_file() -> None:
    """Elsewhere only at the file's begin: a note of a spreadsheet may begin with #."""
    assert fields("#separator:comma\na,b\n# no note\nc,d\n") == [("a", "b"), ("c", "d")]
    assert fields('#separator:comma\n"#1",b\n') == [("#1", "b")]
    assert fields("# a word before\na,b\n#2,d\n") == [("a", "b"), ("#2", "d")]


def test_tags_come_from_headers_columns_and_headings() -> None:
    assert notes("tags:x y\na,b\n")[0].tags == ("x", "y")
    assert notes("#tags:x y\n#tags column:1\ny z,a,b\n")[0] == Note(3, ("a", "b"), ("x", "y", "z"))
    assert notes("#separator:comma\n#columns:Front,Tags,Back\na,t,b\n")[0] == Note(
        3, ("a", "b"), ("t",)
    )
    assert notes("Question,Answer,Tags\na,b,t u\n") == (Note(2, ("a", "b"), ("t", "u")),)


def test_headings_are_a_note_where_they_may_be_one() -> None:
    """A row is left out only if it is nothing but the usual names, and not the only one."""
    assert fields("Question,What is it?\na,b\n") == [("Question", "What is it?"), ("a", "b")]
    assert fields("front,back\n") == [("front", "back")]


def test_a_file_says_whether_it_is_html_or_looks_like_it() -> None:
    assert not notes_of("#html:false\na<br>,b\n", "x").html
    assert notes_of("a<br>b,c\n", "x").html
    assert notes_of("3&times;3,c\n", "x").html
    assert not notes_of("if a < b,c > d & e\n", "x").html


def test_missing_fields_are_missing_and_blank_rows_are_no_notes() -> None:
    assert fields("#separator:tab\na\tb\n\t\nc\n") == [("a", "b"), ("c",)]
    assert fields("a,b,") == [("a", "b", "")]


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("", 1, "there is no note in this file", "export it"),
        ("#separator:tab\n", 1, "there is no note", "export it"),
        ("#separator:comma\na,b\nc,\"d\n", 3, "a quote that never closes", "doubled"),
        ("#separator:dash\na-b\n", 1, "`dash` is no separator", "`comma`, `semicolon`"),
        ("#tags column:x\na,b\n", 1, "`x` is no column", "from 1"),
        ("#tags column:0\na,b\n", 1, "`0` is no column", "from 1"),
        ("one\ntwo\n", 1, "needs two fields", "`#separator:`"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(text: str, line: int, message: str, hint: str) -> None:
    with pytest.raises(UnreadableError) as raised:
        notes_of(text, "x.txt")
    problem = raised.value.problem
    assert (problem.place.file, problem.place.line) == ("x.txt", line)
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(
    ("data", "line", "message"),
    [
        (b"a,b\nc,\xff\n", 2, "byte 0xff is not UTF-8"),
        (b"PK\x03\x04rest", 1, "a package of Anki's, not a text file"),
        (b"\xff\xfea\x00", 1, "not UTF-8"),
    ],
)
def test_files_of_another_kind_are_told(
    tmp_path: Path, data: bytes, line: int, message: str
) -> None:
    file = tmp_path / "x.txt"
    file.write_bytes(data)
    with pytest.raises(UnreadableError) as raised:
        read_export(file)
    assert raised.value.problem.place == (str(file), line, 1)
    assert message in raised.value.problem.message


@pytest.mark.parametrize(
    ("name", "message"),
    [("none.txt", "no such file"), (".", "not a file"), ("nu\0ll", "cannot be a path")],
)
def test_paths_that_are_no_file_are_told(tmp_path: Path, name: str, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        read_export(tmp_path / name)


def test_a_file_of_a_spreadsheet_is_read_with_its_mark(tmp_path: Path) -> None:
    """UTF-8 with a byte order mark, as Excel writes it."""
    file = tmp_path / "x.csv"
    file.write_bytes("\ufeffWie groß?,3×3\r\n".encode())
    assert read_export(file).notes == (Note(1, ("Wie groß?", "3×3"), ()),)
