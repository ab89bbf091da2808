"""Numbers written plainly (6, 45.5%, 1,752万元), which nearly all are: read by one pattern and a memory of units."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from drafter import numeral
from drafter.numeral import Number

LONGEST = 60
"""Characters of a text that may be a number."""
_PLAIN = re.compile(
    r"((?:-(?=[0.]*[1-9]))?"
    r"(?:0|[1-9][0-9]{0,17}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,5})"
    r"(?:\.[0-9]{1,12})?)"
    r"([^0-9.,]{0,12})"
)
"""Digits as they are kept, and what stands behind them."""

_MASK = re.compile(r"[*＊xX×○□_]{1,12}(?:[.．][*＊xX×○□_]{1,12})?")


def is_mask(text: str) -> bool:
    """Whether a number was blotted out: ****, xx.x."""
    return _MASK.fullmatch(text) is not None


def split(text: str) -> tuple[str, str] | None:
    """The digits of a plain number and what stands behind them; None when it is not written so."""
    found = _PLAIN.fullmatch(text)
    return (found[1], found[2]) if found else None


def parse(text: str) -> Number | None:
    """The number that a text is, as numeral.parse has it; None for none and for a text longer than LONGEST.

    Why: whatever plain digits stand before it, a tail means the same, so that only its first use is read with care.
    """
    found = _PLAIN.fullmatch(text)
    unit = unit_of(found[2]) if found else None
    if found is None or unit is None:
        return numeral.parse(text) if len(text) <= LONGEST else None
    return Number(Decimal(found[1].replace(",", "")), found[1], unit)


def unit(text: str) -> str:
    """The unit of the number that a text is; empty when it has none or is no number."""
    found = _PLAIN.fullmatch(text)
    if found and (known := unit_of(found[2])) is not None:
        return known
    number = parse(text)
    return number.unit if number else ""


@lru_cache(maxsize=1024)
def unit_of(tail: str) -> str | None:
    """The unit that a tail is; None when it is more than a unit (6万, 6余人) or none."""
    found = numeral.parse(f"1{tail}")
    return found.unit if found and found.written == "1" else None
