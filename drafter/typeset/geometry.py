"""The geometry of charts in exact Decimals: round steps of an axis, and points on a circle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal, localcontext

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
"""Round steps of an axis, times a power of ten."""
PI = Decimal("3.141592653589793238462643383")


@dataclass(frozen=True, slots=True)
class Scale:
    """数值轴: from `low` to `high` in equal steps; both are multiples of `step`."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def ticks(self) -> tuple[Decimal, ...]:
        """The numbers that stand at the axis, from below."""
        count = int((self.high - self.low) / self.step)
        return tuple(self.low + self.step * at for at in range(count + 1))

    def share(self, value: Decimal) -> Decimal:
        """How far up a value lies: 0 at `low`, 1 at `high`."""
        return (value - self.low) / (self.high - self.low)


def scale(values: Sequence[Decimal], *, zero: bool, wanted: int = 5) -> Scale:
    """A scale that holds all values in about `wanted` round steps; `zero`: it holds 0 too, as bars must."""
    with localcontext() as context:
        context.prec = 40
        low, high = min(values, default=Decimal(0)), max(values, default=Decimal(1))
        if zero or low * 2 <= high:
            low, high = min(low, Decimal(0)), max(high, Decimal(0))
        if low == high:
            low, high = (low - 1, high + 1) if low else (Decimal(0), Decimal(1))
        step = _step((high - low) / wanted)
        first, last = (low / step).to_integral_value(ROUND_FLOOR), (high / step).to_integral_value(ROUND_CEILING)
        return Scale(first * step, last * step, step)


def _step(least: Decimal) -> Decimal:
    """The smallest round step that is not below `least`."""
    power = Decimal(1).scaleb(least.adjusted())
    return next(power * step for step in STEPS if power * step >= least)


def on_circle(turn: Decimal) -> tuple[Decimal, Decimal]:
    """(x, y) of a point on the unit circle, `turn` of a whole turn clockwise from the top; y grows downwards.

    Why not math.sin: floats may differ between machines, and the same inputs must give the same bytes.
    """
    angle = (turn - turn.to_integral_value(ROUND_FLOOR)) * 2 * PI
    return _sine(angle), -_sine(angle + PI / 2)


def _sine(angle: Decimal) -> Decimal:
    """The sine by its series, to 20 decimals for angles up to 8."""
    term, whole, power = angle, angle, 1
    while abs(term) > Decimal("1e-24"):
        power += 2
        term = -term * angle * angle / (power * (power - 1))
        whole += term
    return whole.quantize(Decimal("1e-20"))
