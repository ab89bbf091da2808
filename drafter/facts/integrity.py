"""Whether a figure agrees with itself: parts and whole, 累计 and 本期, 增幅 and the two values it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from drafter.diagnostic import Diagnostic, Severity, error
from drafter.facts.vocabulary import Known
from drafter.figure import OPERANDS, Figure, Operand
from drafter.measure import converted, in_unit
from drafter.numeral import Number, plain, rounded
from drafter.source import Span

COMPARABLE = re.compile(r"可比|不变价|同口径|剔除|扣除|还原|修订|调整")
"""What 口径 says when a growth cannot be recomputed from the printed values. Source: official-style 3.3, 4.5."""
_MAY_SHRINK = re.compile(r"利润|盈|亏|净|差额|结余")
"""Names of figures whose months may be negative, so that 累计 may be less than 本期."""
_ROOM = Decimal("0.0001")


def check(figure: Known) -> list[Diagnostic]:
    """What a figure says against itself: F110, F115, F116. Source: official-style 4.5."""
    return [*_parts(figure), *_total(figure), *growth(figure)]


def _parts(figure: Known) -> Iterator[Diagnostic]:
    """F110 when the parts are more than the whole; less is a remainder, and rates do not add up."""
    known = [p.value for p in figure.parts if p.value is not None and p.unit == figure.unit]
    if figure.value is None or not known or figure.indicator.is_rate:
        return
    excess = sum((n.value for n in known), Decimal(0)) - figure.value.value
    if excess > 0 and not _vague(figure.value, *known) and excess > tolerance(figure, known):
        total = Number(excess + figure.value.value, plain(excess + figure.value.value), figure.unit)
        whole, parts = _both(figure, figure.value, total)
        message = f"“{figure.label}”其中各项合计{parts}，大于总数{whole}"
        hint = "核对各项和总数；各项有交叉就不要写在其中"
        yield from _said("F110", message, hint, figure, "其中", (figure.span, "总数在"))


def _total(figure: Known) -> Iterator[Diagnostic]:
    """F115 when 累计 is less than 本期: months only add up, unless they may be negative."""
    total, value, indicator = figure.total, figure.value, figure.indicator
    if total is None or value is None or indicator.is_rate or indicator.accumulates == "期末" or _vague(total, value):
        return
    if total.value + tolerance(figure, [total]) < value.value and value.value > 0:
        sum_words, words = _both(figure, total, value)
        message = f"“{figure.label}”的累计{sum_words}小于本期{words}"
        hint = "核对两个数；存量指标在 指标.yaml 写 累计: 期末"
        found = _said("F115", message, hint, figure, "累计", (figure.span, "本期在"))
        weak = _MAY_SHRINK.search(figure.name)
        yield from (replace(d, severity=Severity.WARNING) if weak else d for d in found)


_COMPARED = (("增幅", "growth", "上年同期", "base"), ("环比增幅", "chain_growth", "上期", "previous"))


def growth(figure: Known, places: dict[str, Span] | None = None) -> Iterator[Diagnostic]:
    """F116 when a given growth cannot come from the two values, however they were rounded; both places are named.

    `places` are those of 上年同期 and 上期 where they stand in another period's file: then it only warns, since a
    base may have been revised. Silent where 口径 says 可比价. Source: official-style 4.5 (interval test).
    """
    if COMPARABLE.search(figure.notes.get("口径", "")):
        return
    for key, field, base_key, base_field in _COMPARED:
        given: Operand = getattr(figure, field)
        base: Operand = getattr(figure, base_field)
        at = figure.places.get(base_key) if places is None else places.get(base_key)
        wrong = _impossible(figure, given, base) if at else ""
        if wrong and given:
            message = f"“{figure.label}”的{key}写的是{given.written}{given.unit}，按本期和{base_key}算是{wrong}"
            hint = "核对三个数；增幅按可比价计算的，加上 口径: 可比价"
            found = _said("F116", message, hint, figure, key, (at, f"{base_key}在"))
            yield from (replace(d, severity=Severity.WARNING) if places is not None else d for d in found)


def growth_of(figure: Figure) -> Operand:
    """The growth against 上年同期 as it would be printed, in % or 百分点; None when there is none."""
    value, base = figure.value, figure.base
    if value is None or base is None:
        return None
    if figure.indicator.is_rate:
        exact, unit = value.value - base.value, "个百分点"
    elif base.value > 0 and value.value >= 0:
        exact, unit = (value.value - base.value) * 100 / base.value, "%"
    else:
        return None
    found = rounded(exact, 1)
    return Number(found, plain(found), unit)


def against_months(figure: Known, months: Known) -> list[Diagnostic]:
    """F114, a warning, when a given 累计 is not what the months add up to (months may have been revised)."""
    given, made = figure.total, in_unit(months.value, months.unit, figure.unit)
    if given is None or made is None or _agree(figure, given, made, months.period.months):
        return []
    ours, theirs = _both(figure, given, made)
    message = f"“{figure.label}”的累计写的是{ours}，按{months.formula or '另一个文件'}是{theirs}"
    hint = "核对两处；各月数有修订的，以填的累计为准"
    return _remarked(_said("F114", message, hint, figure, "累计", (months.span, "各期从")))


def against_shorter(figure: Known, made: Known) -> list[Diagnostic]:
    """F114, a warning, when the figure of a long period is not what those of shorter ones make."""
    given, there = figure.value, in_unit(made.value, made.unit, figure.unit)
    count = made.period.months if made.formula.endswith("合计") else 1
    if given is None or there is None or _agree(figure, given, there, count):
        return []
    ours, theirs = _both(figure, given, there)
    message = f"“{figure.label}”写的是{ours}，按{made.formula}是{theirs}"
    hint = "核对各处；有修订的，以写在这一期的为准"
    return _remarked(_said("F114", message, hint, figure, "本期", (made.span, "从")))


def _remarked(found: list[Diagnostic]) -> list[Diagnostic]:
    """The findings as warnings: months may have been revised."""
    return [replace(d, severity=Severity.WARNING) for d in found]


def _agree(figure: Known, given: Number, made: Number, count: int) -> bool:
    """Whether a sum of `count` rounded values may be the given one; nobody can tell of approximate numbers."""
    return _vague(given, made) or abs(given.value - made.value) <= _room(figure, given, made, count)


def _room(figure: Known, given: Number, made: Number, count: int) -> Decimal:
    """How far a sum of `count` rounded values may be from a given one: nothing for counts."""
    if tolerance(figure, [given, made], alone=True) == 0:
        return Decimal(0)
    return (step(given, figure.unit) + step(made, figure.unit)) / 2 * max(count, 1)


def beside(figure: Known, key: str, other: Figure) -> Iterator[Diagnostic]:
    """Warnings about 上年同期 or 上期 (`key`) and the file of that period: F114 when it says another value than is
    given here (a base may have been revised), F117 when both name a 口径 and they differ.
    """
    mine, its = figure.notes.get("口径", ""), other.notes.get("口径", "")
    given: Operand = getattr(figure, OPERANDS[key])
    if COMPARABLE.search(mine) or other.span is None:
        return
    there = in_unit(other.value, other.unit, figure.unit)
    if given and there and not _vague(given, there) and not _same(figure, given, there):
        message = f"“{figure.label}”的{key}写的是{_written(given, figure)}，{key}的文件里是{_written(there, figure)}"
        hint = "核对后改成一致；那一期的数修订过，加上 口径: 按修订数"
        found = _said("F114", message, hint, figure, key, (other.span, "另一个在"))
        yield from (replace(d, severity=Severity.WARNING) for d in found)
    if key == "上年同期" and given is None and figure.growth is None and mine and its and mine != its:
        message = f"“{figure.label}”本期的口径是“{mine[:20]}”，上年同期是“{its[:20]}”，同比不一定可比"
        hint = "填上同口径的上年同期或增幅；口径没有变就写成一样的"
        found = _said("F117", message, hint, figure, "口径", (other.places.get("口径", other.span), "上年同期在"))
        yield from (replace(d, severity=Severity.WARNING) for d in found)


def _same(figure: Known, given: Number, there: Number) -> bool:
    """Whether two values are one number, each as far as it is written."""
    room = (step(given, figure.unit) + step(there, figure.unit)) / 2
    exact = tolerance(figure, [given, there], alone=True) == 0
    return given.value == there.value if exact else abs(given.value - there.value) < room


def _both(figure: Figure, one: Number, other: Number) -> tuple[str, str]:
    """Two numbers as they were typed, with their units where those differ: 300万元 and 0.2亿元."""
    words = _written(one, figure), _written(other, figure)
    alike = (one.unit or figure.unit) == (other.unit or figure.unit)
    return (one.written, other.written) if alike else words


def _written(number: Number, figure: Figure) -> str:
    return f"{number.written}{number.unit or figure.unit}"


def _impossible(figure: Known, given: Operand, base: Operand) -> str:
    """The growth that the two values give, when the given one cannot be it; empty when it can, or nobody can tell."""
    value = figure.value
    if given is None or base is None or value is None or _vague(given, base, value):
        return ""
    points = given.unit != "%"
    if points != figure.indicator.is_rate or (not points and base.value <= 0):
        return ""
    near, far = tolerance(figure, [value], alone=True), tolerance(figure, [base], alone=True)
    if points:
        exact, spread = value.value - base.value, near + far
        low, high = exact - spread, exact + spread
    elif base.value <= far:
        return ""
    else:
        exact = (value.value / base.value - 1) * 100
        low = ((value.value - near) / (base.value + far) - 1) * 100
        high = ((value.value + near) / (base.value - far) - 1) * 100
    room = step(given, given.unit) / 2 + _ROOM
    if low - room <= given.value <= high + room:
        return ""
    return plain(rounded(exact, 1)) + given.unit


def _said(
    code: str, message: str, hint: str, figure: Known, key: str, other: tuple[Span | None, str]
) -> list[Diagnostic]:
    """An error at a key of a figure that names another place too."""
    span = figure.places.get(key) or figure.span
    if span is None:
        return []
    also = ((other[0], other[1]),) if other[0] else ()
    return [replace(error(code, message, span, hint), also=also)]


def _vague(*numbers: Number) -> bool:
    """Whether any number is approximate: then nothing can be said against it."""
    return any(hint for n in numbers for hint in n.hints) or any(n.written.strip("0123456789.,-万亿") for n in numbers)


def tolerance(figure: Figure, parts: list[Number], *, alone: bool = False) -> Decimal:
    """How much rounding may make the parts exceed the whole: nothing for counts, 0.5·10^-d·(k+1) for amounts.

    `alone` leaves the whole out.
    """
    numbers = [figure.value, *parts] if figure.value and not alone else parts
    exact = all(n.value == n.value.to_integral_value() and n.written[-1] not in "万亿" for n in numbers)
    if figure.indicator.is_count and exact and all(n.unit in ("", figure.unit) for n in numbers):
        return Decimal(0)
    return sum((step(n, figure.unit) for n in numbers), Decimal(0)) / 2


def step(number: Number, unit: str) -> Decimal:
    """The worth of the last written digit in a unit: 0.1 of 1.2, 1000 of 1.2万, 0.0001 of 1万元 in 亿元."""
    digits = number.written.rstrip("余多万亿")
    decimals = len(digits.partition(".")[2])
    scale = {"万": 10**4, "亿": 10**8}.get(number.written.rstrip("余多")[-1], 1)
    worth = Decimal(scale).scaleb(-decimals)
    return converted(worth, number.unit or unit, unit) or worth
