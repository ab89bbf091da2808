"""Figures against an independent oracle (fractions), the verb table, numerals and periods."""

from __future__ import annotations

import operator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter import figure, measure, missing, numeral, period, phrases
from drafter.phrases import arithmetic

COUNTS = st.integers(0, 10**6)
AMOUNTS = st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False)


def half_up(value: Fraction, decimals: int) -> Fraction:
    scaled = abs(value) * 10**decimals
    whole = (2 * scaled + 1) // 2
    return Fraction(whole, 10**decimals) * (1 if value >= 0 else -1)


@given(AMOUNTS, AMOUNTS)
def test_change_agrees_with_fractions(value: Decimal, base: Decimal) -> None:
    found = arithmetic.change(value, base)
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
    found = arithmetic.change(value, base, rate=True)
    assert Fraction(found.amount) == abs(half_up(Fraction(value) - Fraction(base), 1))


@given(COUNTS, st.integers(1, 10**6))
def test_share_agrees_with_fractions(part: int, whole: int) -> None:
    share = arithmetic.share(Decimal(part), Decimal(whole))
    assert share is not None
    assert Fraction(share) == half_up(Fraction(100 * part, whole), 1)


VERBS = [
    (6, 11, "降", "45.5"), (6, 12, "降", "50"), (100, 100, "平", "0"), ("100.04", 100, "近平", "0"), (5, 0, "零起增", "5"),
    (0, 3, "归零", "3"), (0, 0, "均零", "0"), (148, -46, "扭亏", "148"), (-20, 35, "转亏", "20"), (-30, -50, "减亏", "20"),
    (-50, -30, "增亏", "20"), (200, 100, "增", "100"), (0, -5, "减亏", "5"), (-3, 0, "零起降", "3"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "base", "case", "amount"), VERBS)
def test_verb_table(value: object, base: object, case: str, amount: str) -> None:
    found = arithmetic.change(Decimal(str(value)), Decimal(str(base)))
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


@given(AMOUNTS, AMOUNTS)
def test_rates_below_zero_narrow_widen_and_turn(value: Decimal, base: Decimal) -> None:
    found = arithmetic.change(value, base, rate=True)
    assert found.rose == (value > base and found.case != "近平")
    assert found.fell == (value < base and found.case != "近平")
    assert (found.case in ("收窄", "扩大")) == (value < 0 > base and found.case not in ("平", "近平"))
    assert found.case != "收窄" or abs(value) < abs(base)


def _figure(name: str, value: str, unit: str = "", kind: str = "") -> figure.Figure:
    number = numeral.parse(value)
    return figure.Figure(figure.Indicator(name, unit, kind), period.month(2022, 9), number)


def test_figures_compare_in_one_unit() -> None:
    small, large = _figure("税收", "6000", "万元"), _figure("收入", "0.5", "亿元")
    assert small > large
    assert large < small
    assert small == _figure("别的", "0.6", "亿元")
    assert small == 6000
    assert hash(small) == hash(_figure("税收", "6000", "万元"))
    assert _figure("起数", "6", "起") > _figure("人数", "5", "人")
    assert _figure("条数", "6") > _figure("家数", "5", "家")


TOURISTS = _figure("接待游客", "3", "万人次", "总量")
ACCIDENTS = _figure("起数", "6", "起")
STRANGERS: list[tuple[figure.Figure, object]] = [
    (TOURISTS, _figure("旅游收入", "3", "亿元")),
    (ACCIDENTS, _figure("率", "6", "%")),
    (ACCIDENTS, "6起"),
    (ACCIDENTS, True),
    (ACCIDENTS, None),
    (ACCIDENTS, [6]),
]


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_what_does_not_compare_says_so(one: figure.Figure, other: object) -> None:
    for compare in (operator.eq, operator.ne, operator.lt, operator.le, operator.gt, operator.ge):
        for pair in ((one, other), (other, one)):
            with pytest.raises(missing.ComparisonError, match="不能") as caught:
                compare(*pair)
            assert caught.value.hint


def test_wording_does_not_compare_with_numbers() -> None:
    six = phrases.value(ACCIDENTS)
    assert six == phrases.value(ACCIDENTS)
    for other in (6, "6起"):
        with pytest.raises(missing.ComparisonError, match="不能再比较"):
            assert six != other


def test_what_is_missing_says_how_a_template_asks_for_it() -> None:
    assert ACCIDENTS.lacks("上年同期").asked == "起数.上年同期"
    assert ACCIDENTS.lacks("本期").asked == "起数"
    assert _figure("PM2.5浓度", "6").lacks("目标").asked == '事实("PM2.5浓度").目标'


@pytest.mark.parametrize(
    ("text", "hints"),
    [("2800余", ("", "余")), ("近10万", ("近", "")), ("1,752", ("", "")), ("12万多", ("", "多")), ("约-5", ("约", ""))],
)
def test_hints_of_approximate_numbers(text: str, hints: tuple[str, str]) -> None:
    found = numeral.parse(text)
    assert found is not None
    assert found.hints == hints


def test_zero_has_no_sign() -> None:
    assert str(numeral.parse("-0")) == "0"
    assert str(numeral.parse("－0.00")) == "0.00"
    assert f"{numeral.rounded(Decimal('-0.04'), 1)}" == "0.0"


def test_conversion_is_exact() -> None:
    assert measure.converted(Decimal("123456789012345678.123456789012"), "亿元", "元") == Decimal(
        "12345678901234567812345678.9012"
    )
    assert measure.converted(Decimal(3), "万人次", "亿元") is None


UNKNOWN = missing.Missing("亿元", unknown=True)
TAXES, NOTHING = _figure("税收", "2800余", "万元"), _figure("企业", "0", "家")
MISUSES = [
    ("换算", (TAXES, UNKNOWN), "加引号", "换算('亿元')"),
    ("换算", (TAXES,), "什么单位", "换算('亿元')"),
    ("换算", (TAXES, "亿元", 0), "约数", "小数"),
    ("换算", (TAXES, "亿元", "二"), "小数位数", "换算('亿元', 小数=2)"),
    ("换算", (_figure("耕地", "1", "亩"), "平方公里"), "除不尽", "小数=2"),
    ("占比", (ACCIDENTS,), "占谁", "占比(企业)"),
    ("比重", (ACCIDENTS, "企业"), "占谁", "不加引号"),
    ("比重", (ACCIDENTS, ACCIDENTS, -1), "小数位数", "占比(企业, 小数=2)"),
    ("占比", (NOTHING, NOTHING), "为0", "{% if %}"),
]


@pytest.mark.parametrize(("name", "arguments", "message", "hint"), MISUSES)
def test_a_misused_filter_says_what_to_do(name: str, arguments: tuple[Any, ...], message: str, hint: str) -> None:
    run = next(f.run for f in phrases.FILTERS if f.name == name)
    with pytest.raises(phrases.PhraseError, match=message) as caught:
        run(*arguments)
    assert hint in caught.value.hint


def test_doublings() -> None:
    cases = {
        "1.99": (0, False),
        "2": (1, True),
        "2.01": (1, False),
        "3.99": (1, False),
        "4": (2, True),
        "9": (3, False),
    }
    for ratio, want in cases.items():
        assert arithmetic.doublings(Decimal(ratio)) == want


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=8).filter(any), st.integers(0, 3))
def test_balanced_shares_add_up_and_stay_near(values: list[int], decimals: int) -> None:
    shares = arithmetic.apportioned([Decimal(v) for v in values], decimals)
    assert sum(shares) == 100
    for value, share in zip(values, shares, strict=True):
        exact = Fraction(100 * value, sum(values))
        assert abs(Fraction(share) - exact) < Fraction(1, 10**decimals)
        assert share >= 0


@pytest.mark.parametrize(
    ("written", "worth"),
    [("1.2", "0.1"), ("12万", "10000"), ("1.2万余", "1000"), ("1,752", "1"), ("近10", "1"), ("6", "1")],
)
def test_the_worth_of_the_last_digit(written: str, worth: str) -> None:
    number = numeral.parse(written)
    assert number is not None
    assert arithmetic.step(number) == Decimal(worth)


def test_approximate_operands_make_an_approximate_change() -> None:
    found = arithmetic.yearly(_with_base("2800余", "2500"))
    assert isinstance(found, arithmetic.Change)
    assert (found.case, found.hint) == ("增", "约")
    level = arithmetic.yearly(_with_base("2800余", "2800"))
    assert isinstance(level, arithmetic.Change)
    assert level.case == "近平"


def _with_base(value: str, base: str) -> figure.Figure:
    return replace(_figure("人数", value, "人"), base=numeral.parse(base))


def test_the_tests_of_ranks() -> None:
    tests = {name: run for name, _, run, _ in phrases.TESTS}
    last = replace(ACCIDENTS, rank=figure.Rank(7, "七县（市）", of=7))
    assert tests["末位"](last)
    assert not tests["首位"](last)
    with pytest.raises(phrases.PhraseError, match="没有写一共多少") as caught:
        tests["末位"](replace(ACCIDENTS, rank=figure.Rank(7, "")))
    assert "共: …" in caught.value.hint
    for name in ("首位", "末位"):
        for item in (ACCIDENTS, ACCIDENTS.lacks("位次")):
            with pytest.raises(missing.UndecidedError):
                tests[name](item)
        with pytest.raises(phrases.PhraseError):
            tests[name]("文字")


def test_a_wrong_option_says_which_there_are() -> None:
    row = next(f for f in phrases.FILTERS if f.name == "同比")
    assert row.usage.startswith("可写的选项：写法、小数、动词、称；例：")
    assert next(f for f in phrases.FILTERS if f.name == "条数").usage.startswith("例：")
