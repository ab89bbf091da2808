"""Numerals: 一 ⇄ 1 for ordinals, 中文数 for amounts, and written numbers ⇄ Decimal without losing how they were written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext

_DIGITS = "零一二三四五六七八九"
_SMALL_UNITS = ("", "十", "百", "千")
_LARGE_UNITS = ("", "万", "亿", "万亿")
ORDINAL_LIMIT = 199
"""Largest ordinal that is read and written as a Chinese numeral."""
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


def chinese(number: int) -> str:
    """The number in 汉字: 10 → 十, 21 → 二十一, 105 → 一百零五, 100002000 → 一亿零二千.

    Shapes: 0 ≤ number < 10**16. Errors: ValueError outside.
    Why: the packages that do this drop 零 across an empty 万 section.
    """
    if not 0 <= number < 10**16:
        raise ValueError(number)
    if number == 0:
        return "零"
    sections: list[int] = []
    while number:
        number, low = divmod(number, 10000)
        sections.append(low)
    words = ""
    gap = False
    for index in range(len(sections) - 1, -1, -1):
        section = sections[index]
        if not section:
            gap = bool(words)
            continue
        if words and (gap or section < 1000):
            words += "零"
        words += _section(section) + _large_unit(index, sections)
        gap = False
    return words[1:] if words.startswith("一十") else words


def _large_unit(index: int, sections: list[int]) -> str:
    if index == 3 and sections[2]:
        return "万"
    return _LARGE_UNITS[index]


def _section(number: int) -> str:
    words = ""
    gap = False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit:
            words += ("零" if gap and words else "") + _DIGITS[digit] + _SMALL_UNITS[place]
            gap = False
        else:
            gap = bool(words)
    return words


def _ordinals() -> dict[str, int]:
    table = {chinese(n): n for n in range(1, ORDINAL_LIMIT + 1)}
    table["〇"] = 0
    for number in range(1, 10):
        table[f"一百〇{_DIGITS[number]}"] = 100 + number
    return table


ORDINALS = _ordinals()
"""Chinese ordinals 一…一百九十九 (and 〇 = "number me"); 十十 and 一十 are not in it."""


def ordinal(word: str) -> int | None:
    """The number of a Chinese ordinal, None when it is none; 〇 is 0."""
    return ORDINALS.get(word)


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
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?"
    r"(?P<scale>[万亿](?![元吨人户亩平立吨米千公]))?"
    r"(?P<more>余|多)?"
    r"(?P<unit>\D*)",
)
MAX_DIGITS = 18
MAX_DECIMALS = 12


def parse(text: str) -> Number | None:
    """The number a clerk wrote, with its unit; None when the text is no number.

    Understood: 6, 7.10, 1,752, －5, 45.5%, 1,752万元, 2800余人, 近10万, full-width digits (half-width in `written`).
    Refused: 0123, 1_000, 12:30, 1e3, .5, 2022-09. Shapes: |value| < 10**18, at most 12 decimals.
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
    value = Decimal(bare + fraction) * _SCALES[found["scale"] or ""]
    negative = found["sign"] not in (None, "+") and value != 0
    written = digits + fraction + (found["scale"] or "") + (found["more"] or "")
    written = (found["about"] or "") + ("-" if negative else "") + written
    return Number(-value if negative else value, written, unit)


_SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_UNIT = re.compile(r"[%‰℃]|[㎡㎥]|(?:[A-Za-z]{1,5}|[\u4e00-\u9fff]{1,6})(?:/[A-Za-z\u4e00-\u9fff]{1,4})?")


def _is_unit(text: str) -> bool:
    return not text or _UNIT.fullmatch(text) is not None


def half_width(text: str) -> str:
    """The text with full-width digits, signs and letters made half-width (％ → %), nothing else changed."""
    return "".join(unicodedata.normalize("NFKC", c) if "０" <= c <= "９" or c in "％．，＋－" else c for c in text)


_WAYS = {"余": ROUND_DOWN, "多": ROUND_DOWN, "超": ROUND_DOWN, "逾": ROUND_DOWN, "近": ROUND_UP}
"""How an approximate number is rounded so that its hint stays true: 0.2856余 → 0.2余, never 0.3余."""


def rounded(value: Decimal, decimals: int, hint: str = "") -> Decimal:
    """Round once, half up (or as the hint 余 近 … demands), to a number of decimals; never -0.

    Source: GB/T 8170-2008 3.2 (with half up at an exact 5), official-style F4.
    """
    with localcontext() as context:
        context.prec = 60
        return value.quantize(Decimal(1).scaleb(-decimals), rounding=_WAYS.get(hint, ROUND_HALF_UP)) + 0


def plain(value: Decimal) -> str:
    """Digits without exponent and without trailing zeros behind the point; never -0."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
