"""Figures against an independent oracle (fractions), the verb table, numerals and periods."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter import figure, numeral, period

COUNTS = st.integers(0, 10**6)
AMOUNTS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False)


def half_up(value: Fraction, decimals: int) -> Fraction:
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled + 1) // 2
    return Fraction(whole, 10**decimals) * (1 if value >= 0 else -1)


@given(AMOUNTS, AMOUNTS)
def test_change_agrees_with_fractions(value: Decimal, base: Decimal) -> None:
    found = figure.change(value, base)
    a, b = Fraction(value), Fraction(base)
    if b > 0 and a > 0:
        exact = (a - b) * 100 / b
        printed = half_up(exact, 1)
        case = "平" if a == b else "近平" if printed == 0 else "增" if exact > 0 else "降"
        assert found.case == case
        assert Fraction(found.amount) == abs(printed)
    assert found.amount >= 0
    assert found.rose == (a > b and found.case != "近平")


@given(AMOUNTS, AMOUNTS)
def test_rates_move_in_points(value: Decimal, base: Decimal) -> None:
    found = figure.change(value, base, rate=True)
    assert Fraction(found.amount) == abs(half_up(Fraction(value) - Fraction(base), 1))


@given(COUNTS, st.integers(1, 10**6))
def test_share_agrees_with_fractions(part: int, whole: int) -> None:
    share = figure.share(Decimal(part), Decimal(whole))
    assert share is not None
    assert Fraction(share) == half_up(Fraction(100 * part, whole), 1)


VERBS = [
    (6, 11, "降", "45.5"), (6, 12, "降", "50"), (100, 100, "平", "0"), ("100.04", 100, "近平", "0"), (5, 0, "零起增", "5"),
    (0, 3, "归零", "3"), (0, 0, "均零", "0"), (148, -46, "扭亏", "148"), (-20, 35, "转亏", "20"), (-30, -50, "减亏", "20"),
    (-50, -30, "增亏", "20"), (200, 100, "增", "100"), (0, -5, "归零", "5"), (-3, 0, "零起降", "3"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "base", "case", "amount"), VERBS)
def test_verb_table(value: object, base: object, case: str, amount: str) -> None:
    found = figure.change(Decimal(str(value)), Decimal(str(base)))
    assert (found.case, found.amount) == (case, Decimal(amount))


def test_rounding_is_half_up_once() -> None:
    for text, places, want in [
        ("0.35", 1, "0.4"),
        ("2.5", 0, "3"),
        ("97.46", 0, "97"),
        ("-0.04", 1, "0"),
        ("2.675", 2, "2.68"),
    ]:
        assert numeral.plain(numeral.rounded(Decimal(text), places)) == want


WRITTEN = [
    ("6", "6", "6", ""), ("7.10", "7.10", "7.10", ""), ("1,752万元", "1752", "1,752", "万元"), ("2800余人", "2800", "2800余", "人"),
    ("近10万", "100000", "近10万", ""), ("45.5％", "45.5", "45.5", "%"), ("４５", "45", "45", ""), ("－5", "-5", "-5", ""),
    ("−5.0", "-5.0", "-5.0", ""), ("12万张", "120000", "12万", "张"), ("5微克/立方米", "5", "5", "微克/立方米"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "written", "unit"), WRITTEN)
def test_numbers_keep_how_they_were_written(text: str, value: str, written: str, unit: str) -> None:
    found = numeral.parse(text)
    assert found is not None
    assert (found.value, found.written, found.unit) == (Decimal(value), written, unit)


@pytest.mark.parametrize(
    "text", ["0123", "1_000", "12:30", "1e3", ".5", "2022-09", "", "余", "1,75", "1.2.3", "1" * 19, "--5"]
)
def test_what_is_no_number(text: str) -> None:
    assert numeral.parse(text) is None


@pytest.mark.parametrize(
    ("number", "words"), [(0, "零"), (10, "十"), (21, "二十一"), (105, "一百零五"), (100002000, "一亿零二千")]
)
def test_chinese_numbers(number: int, words: str) -> None:
    assert numeral.chinese(number) == words


def _all_periods() -> list[period.Period]:
    found = []
    for year in range(1950, 2101):
        found += [period.month(year, m) for m in range(1, 13)]
        found += [period.part(year, length, n) for length in (3, 6, 12) for n in range(1, 12 // length + 1)]
        found += [period.months(year, 1, m) for m in range(1, 13)]
    return found


def test_periods_are_written_and_read_back() -> None:
    everything = _all_periods()
    assert len(everything) > 4000
    for one in everything:
        assert period.parse(str(one)) == one
        assert period.parse(period.name(one)) in (one, period.Period(one.first, one.last))
        back = period.last_year(one)
        assert (back.year, back.months, back.kind) == (one.year - 1, one.months, one.kind)
        if not one.run:
            assert period.following(period.previous(one)) == one
        assert period.words(one)["期末"] == f"{one.month}月底"


@pytest.mark.parametrize(
    "text",
    ["2022-13", "2022-00", "2022-9", "2022Q5", "2022H3", "202", "2022-05..2022-01", "2022-01..2023-02", "", "九月"],
)
def test_what_is_no_period(text: str) -> None:
    assert period.parse(text) is None


def test_leap_february() -> None:
    assert period.last_day(period.month(2024, 2)) == (2024, 2, 29)
    assert period.last_day(period.last_year(period.month(2024, 2))) == (2023, 2, 28)
    assert period.words(period.parse("2022-01") or period.month(1, 1))["上期"] == "2021年12月"
