"""Progress goes out as lines of JSON and comes in again, with nothing lost or doubled."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizcnn.study.records import Card, Grade, Mode, Scope
from quizcnn.study.store.exchange import bring_in, exported
from quizcnn.study.store.invariants import breaches
from quizcnn.study.store.lines import HEADER
from quizcnn.study.store.store import Store, StoreError

from .conftest import EVENING, LATER, after, answer
from .histories import practise


def lines_of(store: Store) -> list[bytes]:
    return [f"{line}\n".encode() for line in exported(store)]


def taken(store: Store, lines: list[bytes]) -> str:
    """What came in; afterwards the store is sound."""
    told = str(bring_in(store, lines, "file.jsonl", LATER))
    assert breaches(store.connection, LATER) == []
    assert store.rows("PRAGMA foreign_key_check") == []
    return told


NOTHING = "0 sessions, 0 cards, 0 answers, 0 acts"


def test_an_answer_goes_out_and_comes_in() -> None:
    with Store.open(None) as here, Store.open(None) as there:
        sitting = here.begin(Mode.STUDY, Scope(("a",)), EVENING)
        kept = answer(here, sitting.id, "a/b", typed="6×6\x1b[2J\u2028")
        lines = lines_of(here)
        assert lines[0].decode().strip() == HEADER
        assert all(line.isascii() and b"\x1b" not in line for line in lines)
        assert taken(there, lines) == "1 sessions, 1 cards, 1 answers, 1 acts"
        assert there.card("a/b") == here.card("a/b")
        assert [action.review for action in there.actions(1)] == [kept]
        there.undo(1)
        assert there.card("a/b") == Card("a/b")


@settings(max_examples=12)
@given(st.integers(0, 2**32), st.integers(0, 6), st.integers(0, 25))
def test_out_in_and_out_again_is_the_same(seed: int, sessions: int, answers: int) -> None:
    """Byte for byte, over made-up histories; and all that can be undone still can."""
    with Store.open(None) as here, Store.open(None) as there:
        practise(here, sessions, max(answers, 1), seed)
        lines = lines_of(here)
        taken(there, lines)
        assert lines_of(there) == lines
        while (latest := here.latest()) is not None:
            copied = there.latest()
            assert copied is not None
            assert here.undo(latest.id) == there.undo(copied.id)
        assert lines_of(there) == lines_of(here)


@settings(max_examples=8)
@given(st.integers(0, 2**32), st.integers(0, 2**32))
def test_two_histories_become_one(first: int, second: int) -> None:
    """Whichever comes first every answer is there once, and each card is as its later answer."""
    with Store.open(None) as one, Store.open(None) as other:
        practise(one, 3, 12, first)
        practise(other, 3, 12, second, begin=after(60 * 12))
        mine, theirs = lines_of(one), lines_of(other)
        taken(one, theirs)
        taken(other, mine)
        assert taken(one, theirs) == taken(one, mine) == NOTHING
        cards = "SELECT key, revision, stage, due, last_review, reviews, lapses FROM cards"
        assert sorted(one.rows(cards)) == sorted(other.rows(cards))
        log = "SELECT key, at, typed FROM reviews JOIN cards ON cards.id = card ORDER BY key, at"
        assert one.rows(log) == other.rows(log)


def test_the_later_answer_decides_and_older_ones_join_the_log() -> None:
    with Store.open(None) as one, Store.open(None) as other:
        answer(one, one.begin(Mode.STUDY, Scope(), EVENING).id, "a/b", EVENING)
        sitting = other.begin(Mode.STUDY, Scope(), after(5))
        answer(other, sitting.id, "a/b", after(5), Grade.EASY)
        later = other.card("a/b")
        assert taken(one, lines_of(other)) == "1 sessions, 0 cards, 1 answers, 1 acts"
        assert one.card("a/b").memory == later.memory
        assert one.card("a/b").reviews == 2


def test_undo_never_unsays_what_was_imported() -> None:
    """What undo would bring back no longer fits the log, so it refuses."""
    with Store.open(None) as one, Store.open(None) as other:
        sitting = one.begin(Mode.STUDY, Scope(), EVENING)
        answer(one, sitting.id, "a/b", after(60))
        earlier = other.begin(Mode.STUDY, Scope(), after(4))
        answer(other, earlier.id, "a/b", after(5))
        taken(one, lines_of(other))
        known = lines_of(one)
        with pytest.raises(StoreError, match="imported"):
            one.undo(sitting.id)
        assert lines_of(one) == known


def test_what_was_set_aside_twice_is_not_doubled() -> None:
    with Store.open(None) as one:
        sitting = one.begin(Mode.STUDY, Scope(), EVENING)
        one.skip(sitting.id, "a/b")
        one.skip(sitting.id, "a/b")
        lines = lines_of(one)
        assert taken(one, lines) == NOTHING
        with Store.open(None) as other:
            assert taken(other, lines) == "1 sessions, 1 cards, 0 answers, 2 acts"
            assert taken(other, lines) == NOTHING


def test_a_session_that_has_ended_meanwhile_has_ended() -> None:
    with Store.open(None) as one, Store.open(None) as other:
        sitting = one.begin(Mode.STUDY, Scope(), EVENING)
        taken(other, lines_of(one))
        one.end(sitting.id, after(9))
        taken(other, lines_of(one))
        assert other.sitting(1).ended == after(9)


class TestBadLines:
    """A line that is not as it has to be is named, and nothing is imported."""

    GOOD = (
        '{"session": 1, "mode": "study", "scope": {"decks": [], "tags": [], "ahead": 0}, '
        '"began": 1772474400000, "ended": null, "plan": [], "seconds": null}'
    )

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("{", "an object in JSON"),
            ("[1]", "an object in JSON"),
            ("[" * 100_000, "an object in JSON"),
            ('{"colour": 1}', "begins with 'session', 'card'"),
            ("{}", "begins with 'session', 'card'"),
            ('{"card": "a/b"}', "expected a field 'revision'"),
            (GOOD.replace('"mode"', '"more": 1, "mode"'), "no field 'more'"),
            (GOOD.replace('"study"', '"play"'), '"study", "cram" or "exam", found "play"'),
            (GOOD.replace("1772474400000", "17"), "milliseconds since 1970"),
            (GOOD.replace("1772474400000", "NaN"), "NaN is no number"),
            (GOOD.replace("1772474400000", "1e400"), "milliseconds since 1970"),
            (GOOD.replace("1772474400000", "9" * 5000), "JSON"),
            (GOOD.replace('"session": 1', '"session": true'), "a whole number from 1"),
            (GOOD.replace('"plan": []', '"plan": ["\\ud800"]'), "a list of keys"),
            (GOOD.replace('"tags": [], ', ""), '{"decks"'),
            (GOOD + "\n" + GOOD, "there is a session 1 before"),
            (
                '{"act": "skip", "key": "a/b", "session": 1, "at": null, "before": null}',
                "a line for the card 'a/b' before",
            ),
        ],
    )
    def test_is_told_with_its_number(self, store: Store, line: str, told: str) -> None:
        lines = f"{HEADER}\n\n{line}\n".encode().splitlines(keepends=True)
        with pytest.raises(StoreError) as error:
            bring_in(store, lines, "file.jsonl", LATER)
        assert str(error.value).startswith(f"file.jsonl:{len(lines)}: ")
        assert told in str(error.value)
        assert "Nothing was imported" in str(error.value)
        assert store.rows("SELECT count(*) FROM sessions") == [(0,)]

    @pytest.mark.parametrize(
        ("lines", "told"),
        [
            ([], "first line"),
            ([b"hello\n"], "JSON"),
            ([b'{"format": "recipes", "version": 1}\n'], "no exported progress"),
            ([b'{"format": "quizcnn progress", "version": 2}\n'], "newer quizcnn"),
            ([b"\xff\xfe\n"], "UTF-8"),
        ],
    )
    def test_so_is_a_file_that_is_not_ours(
        self, store: Store, lines: list[bytes], told: str
    ) -> None:
        with pytest.raises(StoreError, match=told) as error:
            bring_in(store, lines, "file.jsonl", LATER)
        assert str(error.value).startswith("file.jsonl:1: ")

    @pytest.mark.parametrize(
        "change",
        [
            lambda card: card.update(stage=2, step=1),
            lambda card: card.update(difficulty=11.0),
            lambda card: card.update(due=None),
            lambda card: card.update(stability=-1),
        ],
    )
    def test_values_that_do_not_go_together(
        self, store: Store, change: Callable[[dict[str, Any]], None]
    ) -> None:
        with Store.open(None) as other:
            answer(other, other.begin(Mode.STUDY, Scope(), EVENING).id, "a/b")
            lines = lines_of(other)
        card = json.loads(lines[2])
        change(card)
        lines[2] = json.dumps(card).encode()
        with pytest.raises(StoreError, match=r"^file.jsonl:3: .*do not go together"):
            bring_in(store, lines, "file.jsonl", LATER)
        assert store.rows("SELECT count(*) FROM sessions") == [(0,)]

    @pytest.mark.parametrize("change", [{"due": None}, {"grade": None}, {"stability": 0}])
    def test_an_answer_that_leaves_its_schedule_open(
        self, store: Store, change: dict[str, Any]
    ) -> None:
        with Store.open(None) as other:
            answer(other, other.begin(Mode.STUDY, Scope(), EVENING).id, "a/b")
            lines = lines_of(other)
        lines[3] = json.dumps(json.loads(lines[3]) | change).encode()
        with pytest.raises(StoreError, match=r"^file.jsonl:4: .*do not go together"):
            bring_in(store, lines, "file.jsonl", LATER)

    @settings(max_examples=30)
    @given(st.data())
    def test_whatever_is_changed_is_told_or_taken(self, data: st.DataObject) -> None:
        """A field replaced by anything at all never raises but StoreError."""
        with Store.open(None) as one, Store.open(None) as other:
            practise(one, 2, 6)
            lines = lines_of(one)
            number = data.draw(st.integers(0, len(lines) - 1))
            line = json.loads(lines[number])
            name = data.draw(st.sampled_from(sorted(line)))
            line[name] = data.draw(
                st.none()
                | st.booleans()
                | st.integers()
                | st.floats()
                | st.text(max_size=5)
                | st.lists(st.text(max_size=2), max_size=2)
                | st.dictionaries(st.text(max_size=3), st.integers(), max_size=2)
            )
            lines[number] = json.dumps(line).encode()
            try:
                bring_in(other, lines, "file.jsonl", LATER)
            except StoreError as error:
                assert str(error).startswith("file.jsonl:")
                assert other.rows("SELECT count(*) FROM cards") == [(0,)]
            else:
                for key in other.rows("SELECT key FROM cards"):
                    other.card(key[0])
                list(exported(other))


def test_a_file_is_read_as_it_was_written(store: Store, tmp_path: Path) -> None:
    practise(store, 2, 10)
    file = tmp_path / "file.jsonl"
    file.write_bytes(b"".join(lines_of(store)))
    with Store.open(None) as other, file.open("rb") as lines:
        bring_in(other, lines, str(file), LATER)
        assert lines_of(other) == lines_of(store)
