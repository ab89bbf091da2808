"""Numerals: 一 ⇄ 1 for ordinals, 汉字 and 大写 ⇄ amounts, written numbers ⇄ Decimal without losing how they were written."""

from drafter.numeral.spelled import (
    CIRCLED,
    LIMIT,
    ORDINAL_LIMIT,
    ORDINALS,
    capital,
    capital_money,
    chinese,
    ordinal,
    read_capital,
    read_chinese,
)
from drafter.numeral.written import (
    MAX_DECIMALS,
    MAX_DIGITS,
    PRECISION,
    Number,
    exact,
    grouped,
    half_width,
    parse,
    plain,
    rounded,
)

__all__ = [
    "CIRCLED",
    "LIMIT",
    "MAX_DECIMALS",
    "MAX_DIGITS",
    "ORDINALS",
    "ORDINAL_LIMIT",
    "PRECISION",
    "Number",
    "capital",
    "capital_money",
    "chinese",
    "exact",
    "grouped",
    "half_width",
    "ordinal",
    "parse",
    "plain",
    "read_capital",
    "read_chinese",
    "rounded",
]
