"""Pictures of what is known: retention beside the desired one, mastery, hard questions, slips."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from quizcnn.display import one_line
from quizcnn.pictures.pieces import (
    Line,
    Piece,
    Tone,
    cells,
    count,
    fitted,
    flowing,
    level,
    line,
    percent,
    quiet,
    remarks,
    shares,
    time_words,
    wrapped,
)
from quizcnn.study.statistics.records import Hard, Mastery, Retention, Share, Slip, Statistics

WIDE = 68
"""Columns from which numbers stand beside their bars; below they stand under them."""

LABEL = 13
"""Columns of the name of a period."""

MOST_NAMES = 20
MOST_LISTED = 10

KINDS = ((4, "mature"), (3, "young"), (2, "learning"), (0, "new"))


def overview(found: Statistics, width: int) -> tuple[Line, ...]:
    """Answers, days in a row and time, in sentences."""
    answers = count(found.answers, "answer", "answers")
    days = count(found.practised, "day", "days")
    right = percent(Share(found.right, found.answers).part)
    run = f"{count(found.streak, 'day', 'days')} in a row; the most were {found.longest}."
    sentences = [
        f"{answers} on {days}; {right} right.",
        run if found.streak else f"The most days in a row were {found.longest}.",
        f"{time_words(found.seconds)} in all: {time_words(found.seconds_a_day)} a day, "
        f"{time_words(found.seconds_an_answer)} an answer.",
    ]
    return tuple(each for sentence in sentences for each in wrapped(sentence, width))


def retention(periods: Sequence[Retention], desired: float, width: int) -> tuple[Line, ...]:
    """A bar for each period with a stroke where the desired retention lies, and the numbers."""
    said = (
        f"│ is the retention that you want, {percent(desired)}. Counted is the first answer of a "
        "day to a question that came up for review; mature are intervals of three weeks and more."
    )
    drawn = _beside if width >= WIDE else _beneath
    return (*drawn(periods, desired, width), line(""), *remarks(said, width))


def _beside(periods: Sequence[Retention], desired: float, width: int) -> list[Line]:
    """The numbers in columns beside the bars."""
    columns = [
        ["all", *(_of(period.all) for period in periods)],
        ["young", *(_of(period.young) for period in periods)],
        ["mature", *(_of(period.mature) for period in periods)],
    ]
    sizes = [max(map(len, column)) for column in columns]
    room = max(min(width - LABEL - sum(sizes) - 2 * len(sizes), 40), 10)
    rows = [
        "".join(f"  {text:>{size}}" for text, size in zip(row, sizes, strict=True))
        for row in zip(*columns, strict=True)
    ]
    return [
        line(quiet(" " * (LABEL + room) + rows[0])),
        *(
            line(f"{_period(period.days):<{LABEL}}", *_against(period.all, desired, room), numbers)
            for period, numbers in zip(periods, rows[1:], strict=True)
        ),
    ]


def _beneath(periods: Sequence[Retention], desired: float, width: int) -> list[Line]:
    """The numbers above and beneath the bars, where there is little room."""
    lines: list[Line] = []
    for period in periods:
        by_age = (f"young {_of(period.young)}", f"mature {_of(period.mature)}")
        lines += [
            line(f"{_period(period.days):<{LABEL}}", _of(period.all)),
            line("  ", *_against(period.all, desired, min(40, width - 2))),
            *flowing([line(quiet(f"  {text}")) for text in by_age], width, 0),
        ]
    return lines


def mastery(
    rows: Sequence[Mastery], width: int, many: str, explained: bool = True
) -> tuple[Line, ...]:
    """A bar for each deck or tag, in parts that are told apart by their characters.

    What the characters are is `explained` beneath, once on a page.
    """
    shown = rows[:MOST_NAMES]
    drawn = _tabled(shown, width) if width >= WIDE else _listed(shown, width)
    lines = list(drawn)
    if rows[MOST_NAMES:]:
        lines.append(line(quiet(f"… and {len(rows) - len(shown)} more {many}.")))
    if explained:
        legend = [line(level(mark), quiet(f" {name}")) for mark, name in KINDS]
        said = "Known: how likely, on the average, one that is not new is known now."
        lines += [line(""), *flowing(legend, width), *remarks(said, width)]
    return tuple(lines)


def _tabled(rows: Sequence[Mastery], width: int) -> Iterator[Line]:
    """A line each, the numbers in columns."""
    head = "  mature  young  learning    new  known"
    longest = min(max(cells(row.name) for row in rows), (width - len(head)) // 2)
    room = min(width - len(head) - longest - 1, 40)
    yield line(quiet(" " * (longest + 1 + room) + head))
    for row in rows:
        numbers = f"{row.mature:>8}{row.young:>7}{row.learning:>10}{row.new:>7}"
        name = f"{fitted(row.name, longest)} "
        yield line(name, *stacked(row, room), f"{numbers}{percent(row.chance):>7}")


def _listed(rows: Sequence[Mastery], width: int) -> Iterator[Line]:
    """The name, the bar, the numbers."""
    for row in rows:
        numbers = [line(level(mark), f" {number}") for mark, number in _parts(row)]
        known = line("all new" if row.chance is None else f"known {percent(row.chance)}")
        yield line(Piece(fitted(row.name, width).rstrip(), Tone.STRONG))
        yield line(*stacked(row, width))
        yield from flowing([*numbers, known], width)


def hardest(rows: Sequence[Hard], width: int) -> tuple[Line, ...]:
    """The questions with how often they were wrong."""
    shown = rows[:MOST_LISTED]
    longest = max(cells(row.key) for row in shown)
    lines: list[Line] = []
    for row in shown:
        said = f"{row.wrong} of {row.answers} wrong"
        said += f", {count(row.lapses, 'lapse', 'lapses')}" if row.lapses else ""
        said += ", set aside" if row.suspended else ""
        if width >= WIDE:
            room = min(longest, width - 40, width - cells(said) - 2)
            lines.append(line(f"{fitted(row.key, max(room, 1))}  ", said))
        else:
            lines += [line(fitted(row.key, width).rstrip()), *remarks(said, width, 2)]
    if any(row.lapses for row in shown):
        lines += [line(""), *remarks("A lapse: it had been known, and was forgotten.", width)]
    return tuple(lines)


def slips(rows: Sequence[Slip], width: int) -> tuple[Line, ...]:
    """The slips with how often they were made."""
    shown = rows[:MOST_LISTED]
    digits = len(str(max(row.times for row in shown)))
    lines: list[Line] = []
    for row in shown:
        lines.append(
            line(f"{row.times:>{digits}}×  {fitted(row.key, width - digits - 3).rstrip()}")
        )
        lines += wrapped(one_line(row.slip, 4 * width), width, digits + 3)
    return tuple(lines)


def _period(days: int | None) -> str:
    return {None: "ever", 365: "last year"}.get(days, f"last {days} days")


def _of(share: Share) -> str:
    return f"{percent(share.part)} of {share.asked}" if share.asked else "–"


def _against(share: Share, desired: float, width: int) -> Iterator[Piece]:
    """A bar of a share, with a stroke at the desired one."""
    part = share.part or 0.0
    filled = round(part * width)
    mark = min(int(desired * width), width - 1)
    tone = Tone.GOOD if part >= desired - 0.02 else Tone.POOR
    yield Piece("█" * min(filled, mark), tone)
    yield Piece("─" * (mark - filled), Tone.NONE)
    yield Piece("│", Tone.STRONG)
    yield Piece("█" * (filled - mark - 1), tone)
    yield Piece("─" * (width - max(filled, mark + 1)), Tone.NONE)


def _parts(row: Mastery) -> tuple[tuple[int, int], ...]:
    numbers = (row.mature, row.young, row.learning, row.new)
    return tuple((mark, number) for (mark, _), number in zip(KINDS, numbers, strict=True))


def stacked(row: Mastery, width: int) -> list[Piece]:
    """A bar of `width` columns whose parts are the questions that are mature, young, …."""
    parts = _parts(row)
    sizes = shares([number for _, number in parts], width)
    return [level(mark, size) for (mark, _), size in zip(parts, sizes, strict=True)]
