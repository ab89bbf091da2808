"""The tree of a facts file → tables to fill in, laid out so that reading them back gives the tree again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from drafter import numeral
from drafter import yamlfile as tree
from drafter.figure import Indicator
from drafter.period import Period
from drafter.period import name as period_name
from drafter.sheet import words
from drafter.sheet.intro import BARE, FORM, GROUP, HINTS, LIST, LIST_HINT
from drafter.sheet.write import Table
from drafter.yamlfile import Scalar
from drafter.yamlfile.slip import folded

NOTES = ("口径", "来源", "责任单位", "备注")
_AMOUNTS = tuple(key for key in words.AMOUNTS if key != "累计")
COLUMNS = ("指标", words.UNIT, *_AMOUNTS, *words.GROWTHS, *words.RANKS, "累计", "预计", *NOTES)
"""Columns of a form in order; those that nothing is in are left out, but for ALWAYS.

Why 累计 so late: a growth or rank behind it would be the running total's.
"""
ALWAYS = ("指标", words.UNIT, "本期", "责任单位", "备注")
GREY = ("指标", words.UNIT, "责任单位")
DATA = "数据"
"""Name of the sheet of figures."""
BARE_WIDTH = 60
YES_NO = {"true": "是", "false": "否"}
_KEYS = {word: column for column, word in words.RANK_KEYS.items()}


def form(
    facts: tree.Mapping,
    department: str,
    period: Period,
    known: Mapping[str, Indicator] | None = None,
    more: Sequence[str] = (),
) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """(tables, names left out) of a facts file: one sheet of figures and texts, one for each list and group.

    `known` are the indicators by name (as compared): units and 责任单位 to show; `more` are columns to offer empty,
    such as 上年同期. What no table can hold (a list within a list, a figure within a list) is left out and named.
    Reading the written tables with the same `known` gives the same facts.
    """
    paper = _Paper(known or {}, f"部门：{department}　　期间：{period}　　{FORM}")
    title = f"{department}{period_name(period)}"
    tables = []
    for key, node in facts.items:
        if folded(key.text) == "期间":
            continue
        table = paper.own_sheet(title, key.text.strip(), node)
        if table is not None:
            tables.append(table)
        elif not paper.rows_of(key.text.strip(), node, 0, (known or {}).get(folded(key.text))):
            paper.left.append(key.text.strip())
    if paper.rows or not tables:
        tables.insert(0, paper.figures(f"{title}数据填报表", more))
    return tuple(tables), tuple(paper.left)


@dataclass(slots=True)
class _Paper:
    """Rows of figures so far, by column, and what no table can hold."""

    known: Mapping[str, Indicator]
    line: str
    rows: list[dict[str, str]] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    def figures(self, title: str, more: Sequence[str]) -> Table:
        """The sheet of figures and texts."""
        used = {column for row in self.rows for column, text in row.items() if text}
        head = tuple(column for column in COLUMNS if column in used or column in ALWAYS or column in more)
        rows = tuple(tuple(row.get(column, "") for column in head) for row in self.rows)
        grey = frozenset(place for place, column in enumerate(head) if column in GREY)
        return Table(DATA, title, head, rows, (self.line,), HINTS, grey)

    def own_sheet(self, title: str, name: str, node: tree.Node) -> Table | None:
        """The sheet of a list or a group; None when the fact is none, or no table can hold it."""
        items = _items(node)
        if not items:
            return None
        mark = GROUP if isinstance(node, tree.Mapping) else LIST
        where = f"{self.line}　　{mark}：{name}"
        notes = (LIST_HINT,) if mark == LIST else ()
        if all(isinstance(item, Scalar) and item.text.strip() for item in items):
            plain = tuple((item.text.strip(),) for item in items if isinstance(item, Scalar))
            return Table(name, f"{title}{name}", (BARE,), plain, (where,), notes, widths=(BARE_WIDTH,))
        records = [_texts(item) for item in items]
        if any(record is None or not any(record.values()) for record in records):
            return None
        head = tuple(dict.fromkeys(key for record in records if record for key in record))
        if head == (BARE,) or any(not key.strip() for key in head):
            return None
        rows = tuple(tuple((record or {}).get(key, "") for key in head) for record in records)
        return Table(name, f"{title}{name}", head, rows, (where,), notes)

    def rows_of(self, name: str, node: tree.Node, level: int, known: Indicator | None) -> bool:
        """Add the row of a figure or text and those of its parts; False, and none of them, when it does not fit."""
        before = len(self.rows)
        mark = "　" * level + "其中：" if level else ""
        row = {"指标": f"{mark}{name}"}
        self.rows.append(row)
        if self.fill(row, node, level, known):
            return True
        del self.rows[before:]
        return False

    def fill(self, row: dict[str, str], node: tree.Node, level: int, known: Indicator | None) -> bool:
        """The cells of a row."""
        pairs = _figure(node)
        if pairs is None:
            return False
        parts = pairs.pop("其中", None)
        texts = dict(_cells(pairs))
        if len(texts) < len(pairs) or "\0" in texts:
            return False
        unit = known.unit if known and not level else ""
        row |= _with_unit_column(texts, unit)
        if known and not level:
            row.setdefault("责任单位", known.office)
        if parts is None or (isinstance(parts, Scalar) and parts.empty):
            return True
        items = parts.items if isinstance(parts, tree.Mapping) else ()
        return bool(items) and all(self.rows_of(key.text.strip(), value, level + 1, known) for key, value in items)


def _items(node: tree.Node) -> tuple[tree.Node, ...]:
    """The items of a list; a group is one item."""
    if isinstance(node, tree.Sequence):
        return node.items
    return (node,) if isinstance(node, tree.Mapping) and node.items and not _is_figure(node) else ()


def _is_figure(node: tree.Mapping) -> bool:
    keys = {folded(key.text) for key, _ in node.items}
    return bool(keys & {*words.AMOUNTS, *words.GROWTHS, "其中", "位次", "预计"}) or keys <= {*NOTES}


def _texts(node: tree.Node) -> dict[str, str] | None:
    """A record's texts by key; None when it holds more than plain values."""
    if not isinstance(node, tree.Mapping):
        return None
    found = {}
    for key, value in node.items:
        if not isinstance(value, Scalar):
            return None
        found[key.text.strip()] = "" if value.empty else value.text.strip()
    return found


def _figure(node: tree.Node) -> dict[str, tree.Node] | None:
    """A figure's nodes by key; a plain value is its 本期; None for what is no figure."""
    if isinstance(node, Scalar):
        return {"本期": node}
    if isinstance(node, tree.Sequence) or not _is_figure(node):
        return None
    return {folded(key.text): value for key, value in node.items}


def _cells(pairs: Mapping[str, tree.Node]) -> Iterator[tuple[str, str]]:
    """(column, text) of each key that a form has a column for; a rank is spread over several."""
    for key, node in pairs.items():
        if key == "位次" and isinstance(node, tree.Mapping):
            yield from _rank(node)
        elif isinstance(node, Scalar) and key in COLUMNS and key not in ("指标", words.UNIT):
            yield key, "" if node.empty else _shown(key, node.text.strip())


def _shown(column: str, text: str) -> str:
    """A yes or no as a clerk writes it."""
    return YES_NO.get(text.lower(), text) if column in ("预计", "并列") else text


def _rank(node: tree.Mapping) -> Iterator[tuple[str, str]]:
    for key, value in node.items:
        column = _KEYS.get(folded(key.text))
        if column is None or not isinstance(value, Scalar):
            yield "\0", ""
        else:
            yield column, "" if value.empty else _shown(column, value.text.strip())


def _with_unit_column(texts: dict[str, str], unit: str) -> dict[str, str]:
    """The cells with a unit of their own when all amounts have it typed, or the indicator's when none has."""
    amounts = {column: text for column, text in texts.items() if column in words.AMOUNTS and text}
    found = [numeral.parse(text) for text in amounts.values()]
    typed = {number.unit if number else "" for number in found}
    if len(typed) == 1 and (own := typed.pop()) and own != unit:
        bare = {column: text.removesuffix(own) for column, text in amounts.items()}
        if all(_joins(bare[column], own, text) for column, text in amounts.items()):
            return {**texts, **bare, words.UNIT: own}
    if unit and not any(number.unit for number in found if number):
        return {**texts, words.UNIT: unit}
    return {**texts, words.UNIT: unit} if unit and all(n and n.unit == unit for n in found) else texts


def _joins(bare: str, unit: str, text: str) -> bool:
    """Whether reading a bare number beside its unit gives the text again."""
    number = numeral.parse(bare)
    return (
        number is not None
        and not number.unit
        and text == bare + unit
        and number.written.rstrip("余多")[-1] not in "万亿"
    )
