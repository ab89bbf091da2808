"""Forms as .xlsx: laid out as `sheet` reads them back, with last year's and last period's values in grey beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from drafter import sheet
from drafter.figure import Indicator
from drafter.forms.desk import Desk
from drafter.forms.form import EMPTY, Form, Row, row_of
from drafter.forms.missing import Lack
from drafter.period import Period
from drafter.sheet import Table
from drafter.template.asks import PARTS, RANK
from drafter.yamlfile import Mapping as Branch
from drafter.yamlfile import Node, Scalar
from drafter.yamlfile import Sequence as Listing
from drafter.yamlfile.slip import folded

TO_FILL, BASE, PREVIOUS = "要填", "参考：上年同期", "参考：上期"
ASIDE = (TO_FILL, BASE, PREVIOUS)
"""Grey columns that are there to be read: nothing in them is imported."""
EMPTY_ROWS = 5
"""Rows that a list sheet offers."""
_RANKS = {"第": "位次", "范围": "范围", "上年同期": "上年位次", "上期": "上期位次"}
"""Keys of 位次 → the columns of a form."""


def of_form(form: Form) -> bytes:
    """The workbook of an empty form. Errors: DraftError without openpyxl."""
    wanted = [row for row in form.rows if row.wanted]
    others = [replace(row, remark=row.remark or "有就填") for row in form.rows if not row.wanted]
    rows = (*wanted, *others)
    made = tables(rows, form.department, form.period)
    return sheet.write(made or sheet.form(form.tree(), form.department, form.period)[0])


def of_lacks(desk: Desk, offices: Mapping[str, Sequence[Lack]]) -> bytes | None:
    """The workbook of what is missing: for each office a sheet of figures, and one for each list.

    Fields of single rows of a list are left to the message, since they are filled in where they stand; None when
    there is nothing else. Errors: DraftError.
    """
    found: list[Table] = []
    for office, lacks in offices.items():
        for department, period in dict.fromkeys((one.department, one.period) for one in lacks):
            mine = [one for one in lacks if (one.department, one.period) == (department, period)]
            found += tables(list(_rows(desk, mine)), department, period, office)
    return sheet.write(found) if found else None


def _rows(desk: Desk, lacks: Iterable[Lack]) -> Iterable[Row]:
    """One row for each fact, with only what is missing of it."""
    facts: dict[str, list[Lack]] = {}
    for one in lacks:
        facts.setdefault(one.fact, []).append(one)
    for fact, mine in facts.items():
        first = mine[0]
        whole = next((one for one in mine if one.name == fact), None)
        if whole is not None:
            yield replace(whole.row or _plain(desk, whole), remark="视情况填" if whole.maybe else "")
        elif keys := [one.key for one in mine if one.key]:
            node = Branch(tuple((Scalar(key), _empty(key)) for key in dict.fromkeys(keys)))
            yield Row(fact, node, first.unit, first.office)


def _plain(desk: Desk, lack: Lack) -> Row:
    return row_of(desk, desk.facts(lack.department, lack.period), lack.fact, ())


def _empty(key: str) -> Node:
    return Branch(((Scalar("第"), EMPTY), (Scalar("范围"), EMPTY))) if key == RANK else EMPTY


def tables(rows: Sequence[Row], department: str, period: Period, office: str = "") -> list[Table]:
    """The sheets of some rows: figures and texts on the first, each list and group on one of its own."""
    plain = [row for row in rows if not _is_list(row.node)]
    known = {folded(row.name): Indicator(row.name, row.unit, office=row.office) for row in rows if row.unit}
    tree = Branch(tuple((Scalar(row.name), row.node) for row in plain))
    more = [*_columns(plain), *(("预计",) if any(row.estimate for row in plain) else ())]
    made, _ = sheet.form(tree, department, period, known, more=more)
    found = [_with_values(made[0], plain, office)] if plain else []
    return [*found, *(_list(row, made[0].title) for row in rows if _is_list(row.node))]


def _is_list(node: Node) -> bool:
    """Whether a fact has a sheet of its own: a list, or a group that is no figure."""
    return isinstance(node, Listing) or (isinstance(node, Branch) and not _is_figure(node))


def _is_figure(node: Branch) -> bool:
    from drafter.facts.vocabulary import is_figure

    return is_figure([folded(key.text) for key, _ in node.items])


def _columns(rows: Iterable[Row]) -> list[str]:
    """The columns that the rows' keys need."""
    keys = [pair for row in rows for pair in _pairs(row.node)]
    found: dict[str, None] = {}
    for key, node in keys:
        if key == RANK:
            found |= dict.fromkeys(_RANKS[k] for k, _ in _pairs(node) if k in _RANKS)
        elif key == PARTS:
            found |= dict.fromkeys(_columns([Row("", part) for _, part in _pairs(node)]))
        else:
            found[key] = None
    return list(found)


def _pairs(node: Node) -> list[tuple[str, Node]]:
    return [(key.text, value) for key, value in node.items] if isinstance(node, Branch) else []


def _with_values(table: Table, rows: Sequence[Row], office: str) -> Table:
    """The sheet of figures with the grey columns behind the units."""
    beside = {row.name: (row.asks or row.remark, row.base, row.previous) for row in rows}
    cells = [beside.get(row[0], ("", "", "")) for row in table.rows]
    used = [i for i in range(len(ASIDE)) if any(cell[i] for cell in cells)]
    at = 2
    head = (*table.head[:at], *(ASIDE[i] for i in used), *table.head[at:])
    body = ((*row[:at], *(cell[i] for i in used), *row[at:]) for row, cell in zip(table.rows, cells, strict=True))
    moved = {place if place < at else place + len(used) for place in table.grey}
    grey = frozenset(moved | set(range(at, at + len(used))))
    return replace(table, name=office or table.name, head=head, rows=tuple(body), grey=grey)


def _list(row: Row, title: str) -> Table:
    """An empty sheet for a list or a group: its fields as the head, rows to fill; the title says whose it is."""
    from drafter.sheet.intro import BARE, GROUP, LIST, LIST_HINT

    listed = isinstance(row.node, Listing)
    item = row.node.items[0] if isinstance(row.node, Listing) and row.node.items else row.node
    head = tuple(key for key, value in _pairs(item)) or (BARE,)
    where = f"{LIST if listed else GROUP}：{row.name}"
    blank = (("",) * len(head),) * (EMPTY_ROWS if listed else 1)
    widths = (40,) if head == (BARE,) else tuple(max(12, min(40, 60 // len(head))) for _ in head)
    notes = (LIST_HINT,) if listed else ()
    return Table(row.name, f"{title.removesuffix('数据填报表')}{row.name}", head, blank, (where,), notes, widths=widths)
