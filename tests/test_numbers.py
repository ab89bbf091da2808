"""Numbers: written, spelled, grouped and read back; growth, wording and shares against whole-number oracles."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest

from drafter import numeral, phrases
from drafter.figure import Figure, Indicator
from drafter.numeral import Number
from drafter.period import month
from drafter.phrases import arithmetic
from tests.case_files import CASES, Case, load

WRITTEN = load(CASES / "numbers" / "written.txt")
SPELLED = load(CASES / "numbers" / "spelled.txt")
SEPTEMBER = month(2022, 9)


# ---- what is written ------------------------------------------------------------------------------------------------


def told(text: str) -> str:
    found = numeral.parse(text)
    if found is None:
        return "不是数"
    value = numeral.plain(found.value) if "万" in found.written or "亿" in found.written else f"{found.value:f}"
    return f"{value}|{found.written}|{found.unit}|{''.join(found.hints)}"


@pytest.mark.parametrize("case", WRITTEN, ids=str)
def test_what_clerks_write(case: Case) -> None:
    lines = case.input.split("\n")
    assert [f"{line} → {told(line)}" for line in lines] == [
        f"{line} → {want}" for line, want in zip(lines, case.lines("says"), strict=True)
    ]


def pairs(name: str, mark: str) -> Iterator[tuple[str, str]]:
    [case] = [c for c in SPELLED if c.name == name]
    for line in case.lines("input"):
        left, right = line.split(f" {mark} ")
        yield left, right


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("汉字读成数", numeral.read_chinese),
        ("汉字不猜", numeral.read_chinese),
        ("大写读成数", numeral.read_capital),
        ("大写不猜", numeral.read_capital),
    ],
)
def test_spelled_numbers_are_read(name, read) -> None:  # type: ignore[no-untyped-def]
    for text, value in pairs(name, "="):
        assert read(text) == (None if value == "×" else Decimal(value)), text
        assert read(f"  {text}　") == read(text)


def test_amounts_of_money_are_spelled() -> None:
    for value, words in pairs("写大写金额", "→"):
        assert numeral.capital_money(Decimal(value)) == words


@pytest.mark.parametrize("value", ["0.001", "1.999", "10000000000000000", "-10000000000000000"])
def test_amounts_that_cannot_be_spelled(value: str) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        numeral.capital_money(Decimal(value))


@pytest.mark.parametrize("number", [-1, 10**16])
def test_numbers_that_cannot_be_spelled(number: int) -> None:
    for spell in (numeral.chinese, numeral.capital):
        with pytest.raises(ValueError, match=r"\d"):
            spell(number)


def samples(count: int) -> Iterator[int]:
    """Numbers from 0 to 10**16: all lengths alike, many zeros among the digits, and every power of ten with its sides."""
    draw = random.Random(15835)
    for power in range(17):
        yield from (n for n in (10**power - 1, 10**power, 10**power + 1) if n < numeral.LIMIT)
    for _ in range(count):
        digits = draw.randrange(1, 17)
        if draw.random() < 0.5:
            yield draw.randrange(10**digits)
        else:
            yield int("".join(draw.choice("000000123456789") for _ in range(digits)))


def test_spelled_numbers_read_back() -> None:
    seen = 0
    for number in samples(20_000):
        for form, read in ((numeral.chinese, numeral.read_chinese), (numeral.capital, numeral.read_capital)):
            words = form(number)
            seen += 1
            assert read(words) == number, words
            assert "零零" not in words
            assert number == 0 or not words.endswith("零")
    assert seen > 40_000


def test_amounts_read_back() -> None:
    seen = 0
    for number in samples(20_000):
        amount = Decimal(number).scaleb(-2)
        seen += 1
        words = numeral.capital_money(amount)
        assert numeral.read_capital(words) == amount, words
        assert words.endswith("整") == (number % 10 == 0)
    assert seen > 20_000


def test_grouped_numbers_read_back() -> None:
    seen = 0
    for number in samples(20_000):
        for places in (0, number % 5):
            value = Decimal(number).scaleb(-places)
            words = numeral.grouped(value)
            found = numeral.parse(words)
            seen += 1
            assert found is not None
            assert found.value == value
            assert found.written == words
            assert re.fullmatch(r"\d{1,3}(,\d{3})*(\.\d+)?", words)
    assert seen > 40_000
    assert [numeral.grouped(Decimal(n)) for n in ("-1234.50", "-0.0", "999")] == ["-1,234.50", "0.0", "999"]


def test_written_numbers_keep_their_digits_exactly() -> None:
    """30 digits at most, and none of them is lost, whatever the scale."""
    draw = random.Random(15834)
    for _ in range(5_000):
        whole = str(draw.randrange(1, 10 ** draw.randrange(1, 19)))
        part = "".join(draw.choice("0123456789") for _ in range(draw.randrange(0, 13)))
        text = draw.choice(["", "-"]) + whole + (f".{part}" if part else "")
        found = numeral.parse(text)
        assert found is not None
        assert found.value == Decimal(text)
        assert Fraction(found.value) == Fraction(text)
        assert found.written == text
        wide = numeral.parse(text + "万")
        assert (wide is None) == (abs(Fraction(text)) * 10**4 >= 10**18)
        assert wide is None or Fraction(wide.value) == Fraction(text) * 10**4


# ---- growth ---------------------------------------------------------------------------------------------------------


def tenths(value: int, base: int) -> int:
    """|growth| in tenths of a per cent, half up, in whole numbers; base above 0."""
    return (2 * abs(value - base) * 1000 + base) // (2 * base)


def checked(value: int, base: int, a: Decimal, b: Decimal) -> None:
    """One pair of positive numbers (any common unit) against the whole-number oracle."""
    found = arithmetic.change(a, b)
    want = tenths(value, base)
    case = "平" if value == base else "近平" if want == 0 else "增" if value > base else "降"
    assert (found.case, found.amount * 10) == (case, want), (a, b)


def test_growth_of_every_pair_of_small_counts() -> None:
    """M1: 1–500 against 1–500, in whole numbers."""
    numbers = [Decimal(n) for n in range(501)]
    seen = 0
    for value in range(1, 501):
        for base in range(1, 501):
            checked(value, base, numbers[value], numbers[base])
            seen += 1
    assert seen == 250_000


def test_growth_of_numbers_with_a_decimal() -> None:
    """M1: 0.1–38.8 against 0.1–38.8, in tenths; 400,000 pairs with those above."""
    numbers = [Decimal(n).scaleb(-1) for n in range(389)]
    seen = 0
    for value in range(1, 389):
        for base in range(1, 389):
            checked(value, base, numbers[value], numbers[base])
            seen += 1
    assert seen + 250_000 >= 400_000


def any_decimal(draw: random.Random, limit: int = 15) -> tuple[int, int]:
    """(digits, places): up to 10**limit, 0–4 places, either sign."""
    number = draw.randrange(10 ** draw.randrange(1, limit + 1))
    return (number if draw.random() < 0.8 else -number), draw.randrange(5)


def test_growth_of_any_decimals() -> None:
    """M1: 100,000 pairs of 0–4 places up to 10**15, either sign."""
    draw = random.Random(8170)
    rates = 0
    for _ in range(100_000):
        (v, p), (b, q) = any_decimal(draw), any_decimal(draw)
        if draw.random() < 0.3:
            b = v + draw.randrange(-9, 10) if p == q else b
        scale = max(p, q)
        value, base = v * 10 ** (scale - p), b * 10 ** (scale - q)
        a, c = Decimal(v).scaleb(-p), Decimal(b).scaleb(-q)
        if value > 0 and base > 0:
            checked(value, base, a, c)
            rates += 1
        else:
            found = arithmetic.change(a, c)
            assert found.case == signed_case(value, base)
            assert found.amount >= 0
            amount = abs(value) if base == 0 or value > 0 or base > 0 else abs(value - base)
            amount = abs(base) if value == 0 and base > 0 else amount
            assert found.case in ("平", "均零") or found.amount.scaleb(scale) == amount, (a, c)
    assert rates > 50_000


def signed_case(value: int, base: int) -> str:
    """The case of a pair with a zero or a loss in it."""
    if base == 0:
        return "均零" if value == 0 else "零起增" if value > 0 else "零起降"
    if base > 0:
        return "归零" if value == 0 else "转亏"
    if value > 0:
        return "扭亏"
    return "平" if value == base else "减亏" if value > base else "增亏"


def test_growth_of_the_longest_numbers() -> None:
    """Numbers of 18 digits and 12 decimals are compared as exactly as short ones."""
    draw = random.Random(30)
    for _ in range(3_000):
        base = draw.randrange(10**29, 10**30)
        value = base + draw.choice([1, -1]) * draw.randrange(10 ** draw.randrange(1, 29))
        checked(value, base, Decimal(f"{value}E-12"), Decimal(f"{base}E-12"))


def test_losses_of_the_longest_numbers() -> None:
    """What turned into a loss, or lost more, is said with all of its digits."""
    value, base = Decimal("-123456789012345678.123456789012"), Decimal("-23456789012345678.000000000001")
    assert arithmetic.change(value, Decimal(1)).amount == value.copy_abs()
    assert arithmetic.change(Decimal("999999999999999999.000000000001"), value).amount == Decimal(
        "999999999999999999.000000000001"
    )
    assert arithmetic.change(value, base).amount == Decimal("100000000000000000.123456789011")
    assert arithmetic.change(base, value).amount == Decimal("100000000000000000.123456789011")


def test_growth_just_beside_a_half() -> None:
    """45.45 and its neighbours: a quotient that is all but a half is not rounded twice."""
    for base in (2 * 10**17, 2 * 10**18 + 2, 10**20 * 2):
        for half in (1, 3, 909, 1001):
            middle = base + base * half // 2000
            for beside in (-1, 0, 1):
                checked(middle + beside, base, Decimal(middle + beside), Decimal(base))


# ---- the word -------------------------------------------------------------------------------------------------------


UP = ("增长", "提高", "增加", "扭亏为盈", "由负转正", "减亏", "收窄")
DOWN = ("下降", "减少", "由盈转亏", "由正转负", "增亏", "扩大", "亏损")
FLAT = ("持平", "均为0")
NEVER = re.compile(r"[增减升降高长加少]-|-\d|(?<![\d.])0(?:\.0+)?(?:%|个百分点|万元|起)|\d(?:E|e)|None|nan")


def direction(words: str) -> int:
    """What a wording says: 1 up, -1 down, 0 level; it must say one thing only."""
    found = {1 for w in UP if w in words} | {-1 for w in DOWN if w in words} | {0 for w in FLAT if w in words}
    if "减亏" in words or "扭亏" in words:
        found.discard(-1)
    assert len(found) == 1, words
    return found.pop()


def figures() -> Iterator[tuple[Indicator, Decimal, Decimal]]:
    """(indicator, value, base) of over 10,000 pairs: zeros, losses, turns, and moves that round to nothing."""
    draw = random.Random(1949)
    kinds = (
        Indicator("收入", "万元", "总量"),
        Indicator("事故起数", "起", "个数"),
        Indicator("森林覆盖率", "%", "比率"),
        Indicator("气温", "℃", "存量"),
    )
    edges = [
        Decimal(n) for n in ("0", "0.04", "-0.04", "0.05", "-0.05", "1", "-1", "100", "-100", "100.04", "99.96", "1E+3")
    ]
    for kind in kinds:
        for value in edges:
            for base in edges:
                yield kind, value, base
    while True:
        (v, p), (b, q) = any_decimal(draw, 8), any_decimal(draw, 8)
        value, base = Decimal(v).scaleb(-p), Decimal(b).scaleb(-q)
        yield draw.choice(kinds), value, draw.choice([base, base, -value, value, value + Decimal("0.0004")])


def figure(kind: Indicator, value: Decimal, base: Decimal) -> Figure:
    def number(n: Decimal) -> Number:
        return Number(n, f"{n:f}", kind.unit)

    return Figure(kind, SEPTEMBER, number(value), base=number(base), previous=number(base))


FILTERS = {f.name: f.run for f in phrases.FILTERS}
COUNT = 10_000


def test_no_word_contradicts_its_figure() -> None:
    """M2: 同比, 环比, 增减 and 增减量 of 10,000 pairs say one direction, the true one, and never a sign or a zero."""
    seen: dict[int, int] = {1: 0, 0: 0, -1: 0}
    for (kind, value, base), _ in zip(figures(), range(COUNT), strict=False):
        one = figure(kind, value, base)
        true = (value > base) - (value < base)
        for name in ("同比", "环比", "增减", "增减量"):
            words = str(FILTERS[name](one))
            found = direction(words)
            assert not NEVER.search(words.replace("为0，", "")), (name, words, value, base)
            assert found == true or (found == 0 and "基本持平" in words), (name, words, value, base)
            assert ("基本持平" in words) <= rounds_to_nothing(kind, value, base), (name, words, value, base)
            seen[found] += 1
    assert sum(seen.values()) == 4 * COUNT
    assert min(seen.values()) > COUNT // 4


def rounds_to_nothing(kind: Indicator, value: Decimal, base: Decimal) -> bool:
    difference = abs(Fraction(value) - Fraction(base))
    return difference > 0 and (
        difference < Fraction(1, 20) if kind.is_rate else difference * 2000 < abs(Fraction(base))
    )


def test_the_figure_in_the_words_is_the_true_one() -> None:
    """The digits that 同比 prints are those of the oracle, and 100% is never all of a fall that left something."""
    seen = 0
    for (kind, value, base), _ in zip(figures(), range(COUNT), strict=False):
        if kind.is_rate or value <= 0 or base <= 0:
            continue
        words = str(FILTERS["同比"](figure(kind, value, base)))
        scale = 10**8
        want = tenths(int(value * scale), int(base * scale))
        if want and value != base:
            seen += 1
            assert words.removeprefix("同比").lstrip("增长下降近") == f"{numeral.plain(Decimal(want) / 10)}%", (
                value,
                base,
            )
            assert "下降100%" not in words
    assert seen > COUNT // 5


def test_a_list_says_of_each_what_it_says_alone() -> None:
    """同比 of two figures holds the same amounts as each alone, whatever their directions."""
    drawn = [one for one, _ in zip(figures(), range(2 * 2_000), strict=False)]
    for (k, v, b), (k2, v2, b2) in zip(drawn[::2], drawn[1::2], strict=True):
        one, other = figure(k, v, b), figure(k2, v2, b2)
        both = str(FILTERS["同比"]([one, other]))
        assert not NEVER.search(both.replace("为0，", "").replace("均为0", "")), both
        for single in (one, other):
            alone = str(FILTERS["同比"](single))
            for amount in re.findall(r"\d[\d.]*(?:%|个百分点|万元|起|℃)", alone):
                assert amount in both, (both, alone)


# ---- shares ---------------------------------------------------------------------------------------------------------


def half_up(top: int, bottom: int, places: int) -> Decimal:
    """100·top/bottom to `places`, half up, in whole numbers; both 0 or above."""
    scaled = 100 * top * 10**places
    return Decimal((2 * scaled + bottom) // (2 * bottom)).scaleb(-places)


def test_shares_are_rounded_once_and_add_up() -> None:
    """M3: 10,000 breakdowns; each share is rounded once, half up, and their sum is off by k·0.5·10^-d at most."""
    draw = random.Random(4754)
    off = shares = 0
    for _ in range(10_000):
        count, places = draw.randrange(1, 9), draw.randrange(0, 4)
        parts = [draw.randrange(10 ** draw.randrange(1, 13)) for _ in range(count)]
        whole = sum(parts)
        if not whole:
            assert arithmetic.share(Decimal(0), Decimal(0)) is None
            continue
        scale = draw.randrange(0, 4)
        found = [
            arithmetic.share(Decimal(p).scaleb(-scale), Decimal(whole).scaleb(-scale), decimals=places) for p in parts
        ]
        shares += count
        assert found == [half_up(p, whole, places) for p in parts]
        total = sum((f for f in found if f is not None), Decimal(0))
        assert abs(total - 100) <= count * Decimal(1).scaleb(-places) / 2
        off += total != 100
    assert shares > 40_000
    assert off > 100


def test_shares_of_a_half_are_rounded_up() -> None:
    halves = [(1, 2000, "0.1"), (1, 8, "12.5"), (5, 1000, "0.5"), (45, 100_000, "0"), (1, 16, "6.3"), (3, 16, "18.8")]
    for part, whole, want in halves:
        assert numeral.plain(arithmetic.share(Decimal(part), Decimal(whole)) or Decimal(0)) == want
    assert arithmetic.share(Decimal(1), Decimal(-3), decimals=1) == Decimal("-33.3")


def test_the_share_of_the_longest_numbers() -> None:
    draw = random.Random(18)
    for _ in range(2_000):
        whole = draw.randrange(10**29, 10**30)
        part = draw.randrange(whole)
        found = arithmetic.share(Decimal(f"{part}E-12"), Decimal(f"{whole}E-12"), decimals=2)
        assert found == half_up(part, whole, 2)
