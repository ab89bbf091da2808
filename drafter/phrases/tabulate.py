"""表格: a list as a pipe table on lines of its own, every cell knowing its fact; the figures of a column share a unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from drafter.diagnostic import did_you_mean
from drafter.missing import Missing
from drafter.phrases import fields, option
from drafter.phrases.arithmetic import exactly
from drafter.phrases.cells import Column, Pieces, headed, measured, typed
from drafter.phrases.phrase import Phrase, PhraseError, Piece, Said
from drafter.source import Line
from drafter.text.figures import is_caption

_EXAMPLE = '{{ 重点项目|表格(列=["名称", "总投资"], 合计=true, 单位="万元", 标题="重点项目进展情况", 序号=true) }}'
_CAPTION = re.compile(r"表\s*[\d一二三四五六七八九十〇]*[：:\s]")
_LEFT: Pieces = (("<", None),)


@exactly
def tabulate(
    item: object,
    列: object = None,
    *,
    合计: object = None,
    单位: object = None,
    标题: object = None,
    序号: object = False,
    小数: object = None,
) -> Said:
    """表格: caption, unit line and rows of a list, one row for each item.

    列 names the fields, {表头: 名称} under another head, dotted for what a figure says (财政收入.增幅); all fields
    without it. 单位 converts what can be to one unit, said once above; else a head says the unit its figures share.
    合计 adds a row (true, the columns, its word, 首行); a sum that lacks a figure is missing.
    """
    wanted = option.columns(列, _EXAMPLE)
    named, label, first = option.totals(合计, _EXAMPLE)
    if named is None and any(label in (head or path, path) for head, path in wanted):
        named, label = (label,), "合计"
    unit = option.title(单位, "单位", _EXAMPLE)
    caption = option.title(标题, "标题", _EXAMPLE)
    numbered = option.yes(序号, "序号", _EXAMPLE)
    places = option.some_places(小数, '表格(单位="亿元", 小数=2)')
    if isinstance(item, Missing):
        return item
    columns = _columns(fields.rows(item), wanted, unit, places)
    if unit and not any(column.of_table for column in columns):
        raise PhraseError(f"没有一列能换算成{unit}", "核对 单位，或去掉它，各列的单位自动写进表头")
    lines = [_cells(columns, at) for at in range(len(columns[0].values))]
    if numbered:
        lines = [(((str(at), None),), *line) for at, line in enumerate(lines, start=1)]
    if label:
        total = _total(columns, named, label, numbered=numbered)
        lines.insert(0 if first else len(lines), total)
    head = [*(["序号"] if numbered else []), *(column.head for column in columns)]
    shown = unit if any(column.of_table for column in columns) else ""
    return Phrase(tuple(_joined(_table(caption, shown, head, lines))))


def _columns(
    rows: tuple[object, ...], wanted: tuple[tuple[str, str], ...], unit: str, places: int | None
) -> list[Column]:
    """The columns, without the rows that none of them concerns. Errors: PhraseError."""
    pairs = wanted or tuple(("", name) for name in fields.every_field(rows))
    if not pairs:
        raise PhraseError("部门表没有固定的列，要写明列出哪些", '例：{{ 部门表|表格(列=["名称", "财政收入"]) }}')
    table = [[_asked(row, path) for _, path in pairs] for row in rows]
    kept = [values for values in table if any(_concerns(v, p) for v, (_, p) in zip(values, pairs, strict=True))]
    beside = any(path == "单位" for _, path in pairs)
    made = []
    for at, (head, path) in enumerate(pairs):
        found = tuple(values[at] for values in kept or table)
        _exists(rows, path, found)
        column = Column(headed(head, path), path, found, places=places)
        made.append(measured(column, unit, beside=beside))
    return made


def _asked(row: object, path: str) -> object:
    """What a row has in a column; None where it is not its business (a department that nobody named)."""
    found = fields.ask(row, path)
    optional = getattr(getattr(row, "item", row), "optional", False)
    if isinstance(found, Missing) and found.unknown and optional:
        return None
    return found


def _concerns(value: object, path: str) -> bool:
    return value is not None and path not in _OF_ROWS


_OF_ROWS = ("名称", "部门", "单位", "名次")
"""What every row says of itself."""


def _exists(rows: tuple[object, ...], path: str, values: tuple[object, ...]) -> None:
    """Errors: PhraseError for a field that no row has."""
    unknown = (v is None or (isinstance(v, Missing) and v.unknown and not v.fault) for v in values)
    if any(isinstance(row, Missing) for row in rows) or not all(unknown):
        return
    names = fields.every_field(rows)
    hint = did_you_mean(fields.steps(path)[0], names) or (f"有：{'、'.join(names[:12])}" if names else "核对名称")
    raise PhraseError(f"各项都没有“{path}”", hint)


def _cells(columns: list[Column], at: int) -> tuple[Pieces, ...]:
    return tuple(column.cell(column.values[at]) for column in columns)


def _total(columns: list[Column], named: tuple[str, ...] | None, label: str, *, numbered: bool) -> tuple[Pieces, ...]:
    """The row that adds up; its word stands in the first column, merged from that of the numbers."""
    _may_add(columns, named)
    cells = [
        column.total(label, named=named is not None)
        if named is None or _is_named(column, named)
        else ((fields.NOTHING, None),)
        for column in columns[1:]
    ]
    word: Pieces = ((typed(label), None),)
    return (word, _LEFT, *cells) if numbered else (word, *cells)


def _is_named(column: Column, named: tuple[str, ...]) -> bool:
    bare = column.head.removesuffix(f"（{column.unit}）") if column.unit else column.head
    return not {column.head, column.path, bare}.isdisjoint(named)


def _may_add(columns: list[Column], named: tuple[str, ...] | None) -> None:
    """Errors: PhraseError for a name that is no column, or the first one."""
    for word in named or ():
        found = next((at for at, column in enumerate(columns) if _is_named(column, (word,))), None)
        if found is None:
            hint = did_you_mean(word, [c.head for c in columns]) or f"列有：{'、'.join(c.head for c in columns)}"
            raise PhraseError(f"要合计的“{word}”不是表格的一列", hint)
        if found == 0:
            raise PhraseError(f"第一列“{word}”要写“合计”两个字，不能合计", "把名称放在第一列")


def _table(caption: str, unit: str, head: list[str], lines: list[tuple[Pieces, ...]]) -> Iterator[Piece]:
    """The lines of the table, a line end in front and behind, so that it stands alone."""
    yield "\n", None
    if caption:
        told = bool(_CAPTION.match(caption)) or is_caption(Line(caption))
        yield f"{caption if told else f'表：{caption}'}\n", None
    if unit:
        yield f"单位：{unit}\n", None
    yield f"| {' | '.join(_cell(typed(word)) for word in head)} |\n|{' --- |' * len(head)}\n", None
    for line in lines:
        yield "| ", None
        for at, pieces in enumerate(line):
            yield from (((" | ", None),) if at else ())
            yield from pieces
        yield " |\n", None


def _cell(word: str) -> str:
    r"""A head that is a sign of merging stands for itself."""
    return f"\\{word}" if word in ("<", "^") else word


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Pieces, those typed by the filter in one."""
    text = ""
    for words, origin in pieces:
        if origin is None:
            text += words
            continue
        if text:
            yield text, None
        text = ""
        yield words, origin
    if text:
        yield text, None
