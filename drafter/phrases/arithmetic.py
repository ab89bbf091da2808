"""How figures moved and what part they are: growth, share, progress; exact Decimals, rounded once, no words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import wraps
from typing import ParamSpec, TypeVar

from drafter.figure import POINTS, Figure, Operand
from drafter.missing import Missing
from drafter.numeral import Number, rounded
from drafter.period import Period, time_share


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved. `case` is a row of the verb table; `amount` is unsigned: %, 百分点 or the unit itself.

    Source: official-style 4.2.
    """

    case: str
    amount: Decimal = Decimal(0)
    points: bool = False
    """Whether the amount is in 百分点."""
    ratio: Decimal | None = None
    """The value as a multiple of its base, not rounded, where that has a meaning (both above 0)."""
    hint: str = ""
    """约 近 超 in front of the amount, when it comes from approximate numbers."""

    @property
    def rose(self) -> bool:
        """Whether it went up."""
        return self.case in RISES

    @property
    def fell(self) -> bool:
        """Whether it went down."""
        return self.case in FALLS


RISES = frozenset(("增", "零起增", "扭亏", "减亏", "转正", "收窄"))
FALLS = frozenset(("降", "零起降", "归零", "转亏", "增亏", "转负", "扩大"))
"""Cases of a change that went up, and down; the others (平 近平 均零) are level."""
_OF_NEGATIVE_RATES = {
    ("增", True, True): "收窄",
    ("降", True, True): "扩大",
    ("增", True, False): "转正",
    ("降", False, True): "转负",
}
"""(direction, base below 0, value below 0) → case of a rate that is a growth itself; official-style 4.2."""


Given = ParamSpec("Given")
Found = TypeVar("Found")


def exactly(run: Callable[Given, Found]) -> Callable[Given, Found]:
    """Run with 60 digits, so that no number of 18 and 12 digits is rounded on the way."""

    @wraps(run)
    def counted(*args: Given.args, **named: Given.kwargs) -> Found:
        with localcontext() as context:
            context.prec = 60
            return run(*args, **named)

    return counted


@exactly
def quotient(value: Decimal, by: Decimal) -> Decimal:
    """The quotient to 60 digits, so that the one rounding comes last."""
    return value / by


@exactly
def root(value: Decimal, degree: int) -> Decimal:
    """The root, to 40 digits, so that an exact one comes out exact. Shapes: value > 0, degree >= 1."""
    with localcontext() as context:
        context.prec = 60
        found = value ** (Decimal(1) / degree)
        context.prec = 40
        return +found


@exactly
def change(value: Decimal, base: Decimal, *, rate: bool = False, decimals: int = 1) -> Change:
    """The change from base to value: rounded once, half up.

    Cases: 增 降 平 近平 (rounds to nothing), 均零 零起增 零起降 归零 for a zero, 扭亏 转亏 减亏 增亏 for a loss,
    收窄 扩大 转正 转负 for a rate below 0. A loss that becomes 0 is 减亏. What is left of a fall is never 下降100%: 近100%.
    """
    if rate:
        return replace(_of_rate(value, base, decimals), points=True)
    if base < 0:
        return _from_loss(value, base)
    if base == 0 or value == 0:
        return _with_zero(value, base)
    if value < 0:
        return Change("转亏", -value)
    found = replace(_moved(quotient((value - base) * 100, base), decimals), ratio=quotient(value, base))
    return replace(found, hint="近") if found.case == "降" and found.amount >= 100 else found


def _of_rate(value: Decimal, base: Decimal, decimals: int) -> Change:
    """A rate in 百分点; beside a 0 there is no sign to turn, so it only rises or falls."""
    moved = _moved(value - base, decimals)
    if base == 0 or value == 0:
        return moved
    return Change(_OF_NEGATIVE_RATES.get((moved.case, base < 0, value < 0), moved.case), moved.amount)


def _moved(difference: Decimal, decimals: int) -> Change:
    if difference == 0:
        return Change("平")
    amount = rounded(abs(difference), decimals)
    if amount == 0:
        return Change("近平")
    return Change("增" if difference > 0 else "降", amount)


def _with_zero(value: Decimal, base: Decimal) -> Change:
    if value == base:
        return Change("均零")
    if base == 0:
        return Change("零起增", value) if value > 0 else Change("零起降", -value)
    return Change("归零", base)


def _from_loss(value: Decimal, base: Decimal) -> Change:
    if value > 0:
        return Change("扭亏", value)
    difference = value - base
    if difference == 0:
        return Change("平")
    return Change("减亏" if difference > 0 else "增亏", abs(difference))


_OPEN_HINTS = {"余": "超", "多": "超"}
"""What a hint behind a number is in front of a growth: 10余% is 超10%."""


@exactly
def given_change(growth: Number, *, points: bool = False, decimals: int | None = None) -> Change:
    """The change of a growth that was given: printed as written, unless decimals are asked for."""
    number = growth.value
    if number == 0:
        return Change("平", points=points)
    hint = next((h for h in growth.hints if h), "")
    amount = abs(number) if decimals is None else rounded(abs(number), decimals, hint)
    if amount == 0:
        return Change("近平", points=points)
    ratio = None if points else 1 + number / 100
    return Change("增" if number > 0 else "降", amount, points, ratio, _OPEN_HINTS.get(hint, hint))


def yearly(figure: Figure, *, decimals: int | None = None) -> Change | Missing:
    """同比: the given growth, else from 本期 and 上年同期."""
    if figure.growth is not None:
        return given_change(figure.growth, points=_in_points(figure, figure.growth), decimals=decimals)
    return between(figure, figure.base, "上年同期", decimals)


def chained(figure: Figure, *, decimals: int | None = None) -> Change | Missing:
    """环比: the given 环比增幅, else from 本期 and 上期."""
    if figure.chain_growth is not None:
        return given_change(figure.chain_growth, points=_in_points(figure, figure.chain_growth), decimals=decimals)
    return between(figure, figure.previous, "上期", decimals)


def _in_points(figure: Figure, growth: Number) -> bool:
    return figure.indicator.is_rate or growth.unit.endswith("百分点")


GROWS = (POINTS, "个千分点")
"""What rates are said in that may be growths themselves; the fall of any other rate neither narrows nor widens."""
_PLAINLY = {"收窄": "增", "转正": "增", "扩大": "降", "转负": "降"}
_AS_WRITTEN = 12
"""Decimals that no written number exceeds: only 百分点 are rounded to one."""


def between(figure: Figure, base: Operand, key: str, decimals: int | None = None) -> Change | Missing:
    """The change from an operand called `key` to the value; approximate numbers give an approximate change."""
    if figure.value is None:
        return figure.lacks("本期")
    if base is None:
        return figure.lacks(key)
    percent = figure.indicator.points == POINTS
    places = (1 if percent else _AS_WRITTEN) if decimals is None else decimals
    found = change(figure.value.value, base.value, rate=figure.indicator.is_rate, decimals=places)
    if figure.indicator.points not in GROWS:
        found = replace(found, case=_PLAINLY.get(found.case, found.case))
    if not approximate(figure.value, base):
        return found
    return replace(found, case="近平" if found.case == "平" else found.case, hint="约")


def approximate(*numbers: Operand) -> bool:
    """Whether one of the numbers was written as 2800余, 近10万 and the like."""
    return any(number is not None and any(number.hints) for number in numbers)


@exactly
def share(part: Decimal, whole: Decimal, *, decimals: int = 1) -> Decimal | None:
    """The part as per cent of whole, rounded once; None when the whole is 0."""
    return rounded(quotient(part * 100, whole), decimals) if whole else None


@exactly
def progress_gap(value: Decimal, target: Decimal, period: Period, *, decimals: int = 1) -> Decimal | None:
    """Completion less 序时进度, in 百分点, each rounded as it would be printed; None when the target is 0.

    Source: official-style F19 (35.4% against 41.7% → 慢于序时进度6.3个百分点).
    """
    done = share(value, target, decimals=decimals)
    gone, year = time_share(period)
    expected = share(Decimal(gone), Decimal(year), decimals=decimals)
    return None if done is None or expected is None else done - expected


def doublings(ratio: Decimal) -> tuple[int, bool]:
    """(how many times it doubled, whether exactly): 2 → (1, True), 5 → (2, False), below 2 → (0, False)."""
    times, power = 0, Decimal(2)
    while ratio >= power:
        times, power = times + 1, power * 2
    return times, times > 0 and ratio * 2 == power


@exactly
def apportioned(values: list[Decimal], decimals: int) -> list[Decimal]:
    """Shares in per cent that add up to exactly 100: the largest remainders get what rounding left over.

    Shapes: values >= 0, their sum above 0. Source: official-style 4.5.
    """
    unit = Decimal(1).scaleb(-decimals)
    whole = sum(values, Decimal(0))
    exact = [quotient(v * 100, whole) for v in values]
    floors = [rounded(e, decimals, "余") for e in exact]
    left = int((100 - sum(floors, Decimal(0))) / unit)
    order = sorted(range(len(values)), key=lambda i: (floors[i] - exact[i], i))
    for index in order[:left]:
        floors[index] += unit
    return floors


def step(number: Number, factor: Decimal = Decimal(1)) -> Decimal:
    """The worth of the last written digit: 0.1 of 1.2, 1000 of 1.2万; `factor` for a unit typed otherwise."""
    digits = number.written.rstrip("余多").lstrip("约近超逾")
    scale = {"万": 10**4, "亿": 10**8}.get(digits[-1:], 1)
    decimals = len(digits.rstrip("万亿").partition(".")[2])
    return Decimal(scale).scaleb(-decimals) * factor
