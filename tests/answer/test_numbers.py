"""Numbers as people type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizcnn.answer.numbers import NotANumber, exact, number, plain


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("  −5 ", -5),
        ("+7", 7),
        ("= 6", 6),
        ("007", 7),
        ("1.", 1),
        ("-.5", -0.5),
        ("2.50", 2.5),
        ("1_000", 1000),
        ("1,000", 1000),
        ("1,234,567.5", 1_234_567.5),
        ("61 706", 61706),
        ("61 706", 61706),
        ("61\u00a0706", 61706),
        ("1'000", 1000),
        ("3/4", 0.75),
        ("255 / 4", 63.75),
        ("-1/4", -0.25),
        ("6/3", 2),
        ("10^3", 1000),
        ("10³", 1000),
        ("10⁻³", 0.001),
        ("2**10", 1024),
        ("2^10", 1024),
        ("1e3", 1000),
        ("1.5E-2", 0.015),
        ("3×10^5", 300_000),
        ("3*10^5", 300_000),
        ("50%", 0.5),
        ("61.706k", 61706),
        ("61.7 K", 61700),
        ("138 million", 138_000_000),
        ("138M", 138_000_000),
        ("2 thousand", 2000),
        ("7B", 7_000_000_000),
        ("138_357_544", 138_357_544),
    ],
)
def test_what_a_number_may_look_like(text, value):
    """Each spelling is read as the number it says, whole ones as ints."""
    read = number(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1,5", "decimal"),
        ("0,125", "decimal"),
        ("12,34", "decimal"),
        ("1.000,5", "decimal"),
        ("1000,000", "groups of three"),
        ("6 6", "several numbers"),
        ("1 1/2", "several numbers"),
        ("1/0", "divided by 0"),
        ("0^-1", "divided by 0"),
        ("nan", "finite"),
        ("inf", "finite"),
        ("-∞", "finite"),
        ("1e999", "exponent"),
        ("1e99999999999", "exponent"),
        ("1e390", "too large"),
        ("10^99999", "exponent"),
        ("9^999999", "exponent"),
        ("9^9999999999", "exponent"),
        ("5m", "million"),
        ("5 apples", "“apples”"),
        ("0x10", "x10"),
        ("six", "not a number"),
        ("--5", "not a number"),
        ("", "no number"),
        (".", "not a number"),
        ("True", "not a number"),
        ("__import__('os')", "not a number"),
        ("7*7*512", "*7*512"),
        ("١٢", "not a number"),
    ],
)
def test_what_a_number_may_not_look_like(text, why):
    """What is ambiguous, infinite or no number is refused with its reason."""
    with pytest.raises(NotANumber) as error:
        number(text)
    assert why in str(error.value)


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("61 706 parameters", "parameters", 61706),
        ("61706 parameter", "parameters", 61706),
        ("61.706k parameters", "parameters", 61706),
        ("3/4 seconds", "seconds", 0.75),
        ("138.4 million", "million parameters", 138.4),
        ("138.4M", "million parameters", 138.4),
        ("138.4", "million parameters", 138.4),
        ("138.4 million parameters", "million parameters", 138.4),
        ("99.2%", "%", 99.2),
        ("99.2", "%", 99.2),
        ("99.2 %", "percent", 99.2),
        ("5000 kB", "MB", 5),
        ("2 KiB", "bytes", 2048),
        ("4 B", "bytes", 4),
        ("4×", "×", 4),
    ],
)
def test_units_and_their_multiples(text, unit, value):
    """A number may carry the question's unit and a multiple of it."""
    assert number(text, unit) == value


@given(st.integers(-(2**511), 2**511))
def test_whole_numbers_are_exact(value):
    """Whole numbers are read exactly, however large."""
    assert number(str(value)) == number(f"{value:_}") == number(f"{value:,}") == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_are_read_as_python_writes_them(value):
    """The shortest spelling of a float gives the number that rounds to that float."""
    assert float(number(repr(value))) == value


@given(st.integers(-1000, 1000), st.integers(1, 1000))
def test_fractions_are_the_nearest_float(above, below):
    """A fraction is read exactly and rounded once."""
    assert number(f"{above}/{below}") == above / below


@given(st.text(max_size=40) | st.text("0123456789 ,._'/^*eE+-×%kM()", max_size=20))
def test_any_text_is_a_number_or_refused(text):
    """No text makes the reader fail in another way, or gives anything but a finite number."""
    try:
        value = number(text)
    except NotANumber:
        return
    assert type(value) in (int, float)
    assert abs(value) < float("inf")


@given(st.integers(-(10**320), 10**320))
def test_whole_numbers_are_read_in_one_step_as_in_many(value: int) -> None:
    """Bare digits are what they say; what no float holds is too large, however it is written."""
    try:
        expected: object = plain(exact(str(value)))
    except NotANumber as error:
        expected = str(error)
    try:
        found: object = number(str(value))
    except NotANumber as error:
        found = str(error)
    assert found == expected
    assert type(found) is type(expected)
