"""A question as bytes and back, with all its places: what the catalog keeps of it.

JSON, packed by zlib, which notices damage by itself. Fields that hold their default are left out.
All places of a question are of one file, which is named at decoding: a deck may have moved.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from quizcnn.deck.damaged import DamagedError
from quizcnn.deck.model import (
    Answer,
    Claim,
    Contrast,
    Equivalent,
    Givens,
    Kind,
    Option,
    Pick,
    Place,
    Question,
    Source,
    Tolerance,
    Verdict,
    Wrong,
)

if TYPE_CHECKING:
    from quizcnn.check.job import Given

PACKING = 6
"""How hard zlib tries."""

_MISSHAPEN = (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)


def encode(question: Question) -> bytes:
    """The question as bytes; `decode` gives it back as it was."""
    fields: dict[str, Any] = {
        "deck": question.deck,
        "id": question.id,
        "kind": question.kind.value,
        "ask": question.ask,
        "check": question.check,
        "answer": _answer(question.answer),
        "place": _place(question.place),
        "places": {name: _place(place) for name, place in question.places.items()},
        "check_place": _place(question.check_place),
        "given": dict(question.given),
        "vary": {name: _values(values) for name, values in question.vary.items()},
        "where": question.where,
        "wrong": [_wrong(wrong) for wrong in question.wrong],
        "contrast": [_contrast(contrast) for contrast in question.contrast],
        "claims": [[claim.say, claim.that, _place(claim.place)] for claim in question.claims],
        "pick": question.pick.value,
        "tolerance": question.tolerance and [question.tolerance.abs, question.tolerance.rel],
        "unit": question.unit,
        "layout": question.layout,
        "hint": question.hint,
        "explain": question.explain,
        "tags": list(question.tags),
        "level": question.level,
        "needs": list(question.needs),
        "source": _source(question.source),
        "timeout": question.timeout,
        "was": list(question.was),
        "revision": question.revision,
        "allow": dict(question.allow),
        "equivalent": [[one.change, one.because, _place(one.place)] for one in question.equivalent],
    }
    kept = {name: value for name, value in fields.items() if value not in (None, [], {})}
    return zlib.compress(json.dumps(kept, separators=(",", ":")).encode("ascii"), PACKING)


def _answer(answer: Answer) -> object:
    if not isinstance(answer, tuple):
        return answer
    return {"items": [_option(item) if isinstance(item, Option) else item for item in answer]}


def _option(option: Option) -> object:
    return [option.text, dict(option.given), _place(option.place)]


def _place(place: Place) -> list[int]:
    return [place.line, place.column]


def _values(values: Sequence[Given]) -> object:
    return {"from": values.start, "to": values.stop} if isinstance(values, range) else list(values)


def _wrong(wrong: Wrong) -> object:
    place, given = _place(wrong.place), dict(wrong.given)
    return [wrong.because, place, wrong.expression, wrong.text, given]


def _contrast(contrast: Contrast) -> object:
    check_place = contrast.check_place and _place(contrast.check_place)
    place, given = _place(contrast.place), dict(contrast.given)
    return [contrast.because, place, given, contrast.check, check_place]


def _source(source: Source | None) -> object:
    if source is None:
        return None
    verdict = source.verdict and source.verdict.value
    return [source.ref, verdict, source.says, source.correction]


def decode(data: bytes, file: str) -> Question:
    """The question of some bytes, its places in `file`. Raises DamagedError for other bytes."""
    try:
        return _Decoding(file).question(json.loads(zlib.decompress(data)))
    except (zlib.error, *_MISSHAPEN) as error:
        raise DamagedError(str(error)) from error


class _Decoding:
    """Takes JSON apart; what has another type than was written raises one of `_MISSHAPEN`."""

    def __init__(self, file: str) -> None:
        self._file = file

    def question(self, fields: Mapping[str, Any]) -> Question:
        return Question(
            deck=_text(fields["deck"]),
            id=_text(fields["id"]),
            kind=Kind(fields["kind"]),
            ask=_text(fields["ask"]),
            check=_text(fields["check"]),
            answer=self.answer(fields["answer"]),
            place=self.place(fields["place"]),
            places={name: self.place(place) for name, place in fields.get("places", {}).items()},
            check_place=self.place(fields["check_place"]),
            given=_givens(fields.get("given", {})),
            vary={name: _range(values) for name, values in fields.get("vary", {}).items()},
            where=_perhaps(fields.get("where")),
            wrong=tuple(self.wrong(*wrong) for wrong in fields.get("wrong", ())),
            contrast=tuple(self.contrast(*contrast) for contrast in fields.get("contrast", ())),
            claims=tuple(
                Claim(_text(say), _text(that), self.place(place))
                for say, that, place in fields.get("claims", ())
            ),
            pick=Pick(fields["pick"]),
            tolerance=_tolerance(fields.get("tolerance")),
            unit=_perhaps(fields.get("unit")),
            layout=_perhaps(fields.get("layout")),
            hint=_perhaps(fields.get("hint")),
            explain=_perhaps(fields.get("explain")),
            tags=_texts(fields.get("tags", ())),
            level=None if fields.get("level") is None else _whole(fields["level"]),
            needs=_texts(fields.get("needs", ())),
            source=_sourced(fields.get("source")),
            timeout=float(fields["timeout"]),
            was=_texts(fields.get("was", ())),
            revision=_whole(fields["revision"]),
            allow={name: _text(why) for name, why in fields.get("allow", {}).items()},
            equivalent=tuple(
                Equivalent(_text(change), _text(because), self.place(place))
                for change, because, place in fields.get("equivalent", ())
            ),
        )

    def place(self, place: Sequence[int]) -> Place:
        line, column = place
        return Place(self._file, _whole(line), _whole(column))

    def answer(self, answer: Any) -> Answer:
        if isinstance(answer, bool | str):
            return answer
        items = answer["items"]
        if items and not isinstance(items[0], str):
            return tuple(
                Option(_text(text), _givens(given), self.place(place))
                for text, given, place in items
            )
        return _texts(items)

    def wrong(self, because: Any, place: Any, expression: Any, text: Any, given: Any) -> Wrong:
        return Wrong(
            because=_text(because),
            place=self.place(place),
            expression=_perhaps(expression),
            text=_perhaps(text),
            given=_givens(given),
        )

    def contrast(self, because: Any, place: Any, given: Any, check: Any, there: Any) -> Contrast:
        return Contrast(
            because=_text(because),
            place=self.place(place),
            given=_givens(given),
            check=_perhaps(check),
            check_place=None if there is None else self.place(there),
        )


def _tolerance(tolerance: Any) -> Tolerance | None:
    if tolerance is None:
        return None
    absolute, relative = map(float, tolerance)
    return Tolerance(absolute, relative)


def _sourced(source: Any) -> Source | None:
    if source is None:
        return None
    ref, verdict, says, correction = source
    found = None if verdict is None else Verdict(verdict)
    return Source(_text(ref), found, _text(says), _text(correction))


def _range(values: Any) -> Sequence[Given]:
    if isinstance(values, dict):
        return range(_whole(values["from"]), _whole(values["to"]))
    return tuple(map(_given, values))


def _givens(given: Any) -> Givens:
    return {name: _given(value) for name, value in given.items()}


def _given(value: Any) -> Given:
    if not isinstance(value, bool | int | float | str):
        raise TypeError(type(value))
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value))
    return value


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(map(_text, values))


def _perhaps(value: Any) -> str | None:
    return None if value is None else _text(value)


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(type(value))
    return value
