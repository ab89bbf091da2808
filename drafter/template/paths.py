"""Paths of what is asked: what a dot makes of a use, and the fields that the columns of a table name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from drafter.figure import OPERANDS
from drafter.phrases import WORDS
from drafter.template.asks import CHAINED, PARTS, RANK, TARGET, YEARLY
from drafter.template.needs import ITEM, Use


def below(use: Use, key: str) -> Use:
    """What a dot makes of a fact: an operand or note of a figure ends the path, anything else goes on.

    Why not behind an item: the items of a list are rows, whose fields may well be called 名称 or 目标.
    """
    if use.asked:
        return use
    if use.path[-1:] != (ITEM,) and (key in OPERANDS or key in WORDS or key in (PARTS, RANK)):
        return replace(use, asked=key)
    return replace(use, path=(*use.path, key))


def paths(node: Any) -> Iterator[str]:
    """The fields that columns name: texts, the values of {head: field}, alone or in a list; what is typed only."""
    kind = type(node).__name__
    if kind == "Const" and isinstance(node.value, str):
        yield from (word.strip() for word in node.value.split("、"))
    for item in node.items if kind in ("List", "Tuple", "Dict") else ():
        yield from paths(item.value if kind == "Dict" else item)


def below_row(use: Use, key: str) -> Use:
    """What a column makes of a row: a field of it, or what a figure says; what follows from operands asks for them."""
    asked = {"完成率": TARGET, "同比": YEARLY, "增幅": YEARLY, "环比": CHAINED, "环比增幅": CHAINED}
    if use.path[-1:] == (ITEM,) or use.asked or key not in asked:
        return below(use, key)
    return replace(use, asked=asked[key])
