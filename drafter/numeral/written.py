"""Numbers in digits: written ⇄ Decimal without losing how they were written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext


@dataclass(frozen=True, slots=True)
class Number:
    """A number that keeps how it was written: 7.10 stays 7.10, 1,752 stays 1,752, 2800余 stays 2800余.

    Equality looks at the value and unit.
    """

    value: Decimal
    written: str = field(compare=False)
    """Digits as typed, with sign and hints, without unit and %."""
    unit: str = ""
    """Unit typed behind the digits: %, 万元, 起…; empty when none was."""

    def __str__(self) -> str:
        return self.written

    @property
    def hints(self) -> tuple[str, str]:
        """What makes it approximate, in front of and behind the digits: ("近", ""), ("", "余"); empty when exact."""
        found = _HINTS.fullmatch(self.written)
        return (found["about"] or "", found["more"] or "") if found else ("", "")


_HINTS = re.compile(r"(?P<about>约|近|超|逾)?[-\d.,]+[万亿]?(?P<more>余|多)?")
_NUMBER = re.compile(
    r"(?P<about>约|近|超|逾)?"
    r"(?P<sign>[-+−－﹣])?"
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<fraction>\.[0-9]+)?"
    r"(?P<scale>[万亿](?![元吨人户亩平立吨米千公]))?"
    r"(?P<more>余|多)?"
    r"(?P<unit>\D*)",
)
MAX_DIGITS = 18
MAX_DECIMALS = 12
PRECISION = 80
"""Digits that arithmetic keeps: products and quotients of two written numbers never round twice."""


def parse(text: str) -> Number | None:
    """The number a clerk wrote, with its unit; None when the text is no number.

    Understood: 6, 7.10, 1,752, －5, 45.5%, 1,752万元, 2800余人, 近10万, full-width digits (half-width in
    `written`). Refused: 0123, 1_000, 12:30, 1e3, .5, 2022-09, 1，752 (the comma of prose), 超过500人, digits of other
    scripts. 10多万 is 10多 with the unit 万, which no indicator has, so facts files say so.
    Shapes: |value| < 10**18, at most 12 decimals; the value is exact.
    Source: GB/T 15835-2011 5.1, 5.3.
    """
    half = half_width(text.strip())
    found = _NUMBER.fullmatch(half)
    if found is None:
        return None
    digits = found["digits"]
    fraction = found["fraction"] or ""
    bare = digits.replace(",", "")
    if (len(bare) > 1 and bare.startswith("0")) or len(bare) > MAX_DIGITS or len(fraction) > MAX_DECIMALS + 1:
        return None
    unit = found["unit"].strip()
    if not _is_unit(unit):
        return None
    value = exact(lambda: Decimal(bare + fraction) * _SCALES[found["scale"] or ""])
    if value >= 10**MAX_DIGITS:
        return None
    negative = found["sign"] not in (None, "+") and value != 0
    written = digits + fraction + (found["scale"] or "") + (found["more"] or "")
    written = (found["about"] or "") + ("-" if negative else "") + written
    return Number(value.copy_negate() if negative else value, written, unit)


def exact(run: Callable[[], Decimal]) -> Decimal:
    """The result of arithmetic with room for every digit of what may be written (30 digits a number)."""
    with localcontext() as context:
        context.prec = PRECISION
        return run()


_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_UNIT = re.compile(r"[%‰℃]|[㎡㎥]|(?:[A-Za-z]{1,5}|[\u4e00-\u9fff]{1,6})(?:/[A-Za-z\u4e00-\u9fff]{1,4})?")


def _is_unit(text: str) -> bool:
    return not text or _UNIT.fullmatch(text) is not None


def half_width(text: str) -> str:
    """The text with full-width digits, signs and points made half-width (％ → %), nothing else changed."""
    return "".join(unicodedata.normalize("NFKC", c) if "０" <= c <= "９" or c in "％．＋－" else c for c in text)


_WAYS = {"余": ROUND_DOWN, "多": ROUND_DOWN, "超": ROUND_DOWN, "逾": ROUND_DOWN, "近": ROUND_UP}
"""How an approximate number is rounded so that its hint stays true: 0.2856余 → 0.2余, never 0.3余."""


def rounded(value: Decimal, decimals: int, hint: str = "") -> Decimal:
    """Round once, half up (or as the hint 余 近 … demands), to a number of decimals; never -0.

    Source: GB/T 8170-2008 3.2 (with half up at an exact 5), official-style F4.
    """
    with localcontext() as context:
        context.prec = PRECISION
        return value.quantize(Decimal(1).scaleb(-decimals), rounding=_WAYS.get(hint, ROUND_HALF_UP)) + 0


def plain(value: Decimal) -> str:
    """Digits without exponent and without trailing zeros behind the point; never -0."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def grouped(value: Decimal | int) -> str:
    """千分位: 1234567.80 → 1,234,567.80, decimals as they are; never -0. Source: GB/T 15835-2011 5.1.1."""
    text = f"{Decimal(value):,f}"
    return text.removeprefix("-") if not Decimal(value) else text
