"""How figures moved and what part they are: growth, share, progress; exact Decimals, rounded once, no words."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from drafter.figure import Figure, Missing, Operand
from drafter.numeral import rounded
from drafter.period import Period, time_share


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved. `case` is a row of the verb table; `amount` is unsigned: %, 百分点 or the unit itself.

    Source: official-style 4.2.
    """

    case: str
    amount: Decimal = Decimal(0)

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


def change(value: Decimal, base: Decimal, *, rate: bool = False, decimals: int = 1) -> Change:
    """The change from base to value: rounded once, half up.

    Cases: 增 降 平 近平 (rounds to nothing), 均零 零起增 零起降 归零 for a zero, 扭亏 转亏 减亏 增亏 for a loss,
    收窄 扩大 转正 转负 for a rate below 0. A loss that becomes 0 is 减亏.
    """
    if rate:
        return _of_rate(value, base, decimals)
    if base < 0:
        return _from_loss(value, base)
    if base == 0 or value == 0:
        return _with_zero(value, base)
    if value < 0:
        return Change("转亏", -value)
    return _moved((value - base) * 100 / base, decimals)


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


def given_change(growth: Decimal, *, decimals: int | None = None) -> Change:
    """The change of a growth that was given: printed as written, unless decimals are asked for."""
    if growth == 0:
        return Change("平")
    amount = abs(growth) if decimals is None else rounded(abs(growth), decimals)
    return Change("增" if growth > 0 else "降", amount)


def yearly(figure: Figure, *, decimals: int = 1) -> Change | Missing:
    """同比: the given growth, else from 本期 and 上年同期."""
    if figure.growth is not None:
        return given_change(figure.growth.value)
    return _between(figure, "base", "上年同期", decimals)


def chained(figure: Figure, *, decimals: int = 1) -> Change | Missing:
    """环比: the given 环比增幅, else from 本期 and 上期."""
    if figure.chain_growth is not None:
        return given_change(figure.chain_growth.value)
    return _between(figure, "previous", "上期", decimals)


def _between(figure: Figure, operand: str, key: str, decimals: int) -> Change | Missing:
    base: Operand = getattr(figure, operand)
    if figure.value is None:
        return figure.lacks("本期")
    if base is None:
        return figure.lacks(key)
    return change(figure.value.value, base.value, rate=figure.indicator.is_rate, decimals=decimals)


def share(part: Decimal, whole: Decimal, *, decimals: int = 1) -> Decimal | None:
    """The part as per cent of whole, rounded once; None when the whole is 0."""
    return rounded(part * 100 / whole, decimals) if whole else None


def progress_gap(value: Decimal, target: Decimal, period: Period, *, decimals: int = 1) -> Decimal | None:
    """Completion less 序时进度, in 百分点, each rounded as it would be printed; None when the target is 0.

    Source: official-style F19 (35.4% against 41.7% → 慢于序时进度6.3个百分点).
    """
    done = share(value, target, decimals=decimals)
    gone, year = time_share(period)
    expected = share(Decimal(gone), Decimal(year), decimals=decimals)
    return None if done is None or expected is None else done - expected
