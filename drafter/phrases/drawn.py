"""What a chart of figures is made of: the names of its categories, its columns of values, and the unit they share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from drafter.diagnostic import did_you_mean
from drafter.figure import Figure, operand
from drafter.measure import converted
from drafter.missing import Missing
from drafter.phrases import fields
from drafter.phrases.cells import Column, Pieces, headed, typed
from drafter.phrases.course import Step
from drafter.phrases.member import Member
from drafter.phrases.phrase import PhraseError, short
from drafter.phrases.rollup import called
from drafter.source import Origin

BASE = "上年同期"
_HINT = "例：{{ 税收收入|逐期(6)|折线图 }}、{{ 部门表|柱状图(列='财政收入') }}、{{ 财政总收入|饼图 }}"
Value = Figure | Missing | None
"""What stands at a place of a chart; None: nothing that concerns it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn: the names of the categories, and columns of values as long."""

    corner: str
    labels: tuple[Pieces, ...]
    columns: tuple[Column, ...]
    name: str = ""
    """What the chart is called when nobody says it."""

    @property
    def figures(self) -> list[Figure]:
        """Every figure in it."""
        return [figure for column in self.columns for figure in column.figures]


def drawn(item: object, wanted: tuple[tuple[str, str], ...]) -> Drawn:
    """What an expression has to draw. Errors: PhraseError."""
    if isinstance(item, Figure):
        if not item.parts:
            raise PhraseError(f"“{item.name}”只有一个数，没有其中，画不成图", _HINT)
        return (
            _of_figures(item.parts, item.name, item.name) if not wanted else _of_records(item.parts, wanted, item.name)
        )
    if isinstance(item, (list, tuple)) and item and all(isinstance(one, Step) for one in item):
        return _of_course(item, wanted)
    named = _mapping(item)
    if named and all(isinstance(value, (Figure, Missing)) for value in named.values()):
        labels = tuple(label(name) for name in named)
        values = tuple(named.values())
        return Drawn("项目", labels, (Column("本期", "", values),), short(item) if hasattr(item, "origin") else "")
    if named is None and not isinstance(item, (list, tuple)):
        raise PhraseError(f"“{short(item)}”不是列表，也没有其中，画不成图", _HINT)
    rows = fields.rows(item)
    if not wanted and all(isinstance(one, (Figure, Missing, Member)) for one in rows):
        return _of_figures(rows, _shared(rows))
    return _of_records(rows, wanted, short(item) if hasattr(item, "origin") else "")


def _mapping(item: object) -> dict[str, object] | None:
    """A mapping as one: a group of facts, or what a template put together; None for anything else."""
    if isinstance(item, (Figure, str, list, tuple)) or not hasattr(item, "get") or not hasattr(item, "__iter__"):
        return None
    return {str(name): item.get(name) for name in item}


def _shared(rows: Sequence[object]) -> str:
    """The name of the field that ranked rows share; empty for figures of their own."""
    keys = {one.key for one in rows if isinstance(one, Member)}
    return keys.pop() if len(keys) == 1 else ""


def _of_figures(rows: Sequence[object], series: str, name: str = "") -> Drawn:
    values = tuple(one.figure if isinstance(one, Member) else one for one in rows)
    labels = tuple(_row_label(one) for one in rows)
    return Drawn("项目", labels, (Column(series or "本期", "", values),), name or series)


def _of_course(steps: Sequence[Step], wanted: tuple[tuple[str, str], ...]) -> Drawn:
    if wanted:
        return replace(_of_records(tuple(steps), wanted, steps[0].key), corner="期间")
    labels = tuple(label(step.name) for step in steps)
    column = Column(steps[0].key, "", tuple(step.figure for step in steps))
    return Drawn("期间", labels, (column,), steps[0].key)


def _of_records(rows: tuple[object, ...], wanted: tuple[tuple[str, str], ...], name: str) -> Drawn:
    """The rows of a table: the fields that were named, else every one that holds numbers. Errors: PhraseError."""
    pairs = wanted or tuple(("", path) for path in fields.every_field(rows) if _has_numbers(rows, path))
    if not pairs:
        hint = '例：{{ 部门表|柱状图(列="财政收入") }}' if not fields.every_field(rows) else _HINT
        raise PhraseError("看不出画哪一项，要写明列", hint)
    table = [[_value(row, path) for _, path in pairs] for row in rows]
    kept = [at for at, values in enumerate(table) if any(value is not None for value in values)]
    strange = next((p for n, (_, p) in enumerate(pairs) if all(_unknown(values[n]) for values in table)), None)
    if strange is not None:
        names = fields.every_field(rows)
        hint = did_you_mean(fields.steps(strange)[0], names) or (
            f"有：{'、'.join(names[:12])}" if names else "核对名称"
        )
        raise PhraseError(f"各项都没有“{strange}”", hint)
    columns = tuple(
        Column(headed(head, path), path, tuple(table[at][number] for at in kept))
        for number, (head, path) in enumerate(pairs)
    )
    own = columns[0].head if len(columns) == 1 else name
    return Drawn(_corner(rows), tuple(_row_label(rows[at]) for at in kept), columns, own)


def _corner(rows: Sequence[object]) -> str:
    """The field that names every row (月份), else 名称."""
    names = {_namer(row) for row in rows}
    return names.pop() if len(names) == 1 else "名称"


def _namer(row: object) -> str:
    if isinstance(row, (Figure, Missing, Step, Member)):
        return "名称"
    return next((name for name in _names(row) if isinstance(fields.ask(row, name), str)), "名称")


def _has_numbers(rows: tuple[object, ...], path: str) -> bool:
    return any(isinstance(fields.ask(row, path), Figure) for row in rows) and path != "名次"


def _value(row: object, path: str) -> Value:
    """What a row has of a field; None where it is not its business. Errors: PhraseError for what is no number."""
    found = fields.ask(row, path)
    optional = getattr(getattr(row, "item", row), "optional", False)
    if isinstance(found, (Figure, Missing)) or (found is None and not isinstance(row, str)):
        return None if optional and _unknown(found) else found
    raise PhraseError(f"“{called(row)[:20]}”的“{path}”不是数，画不成图", "列里只写数据的名称")


def _unknown(value: Value) -> bool:
    """Whether nothing of that name is there."""
    return value is None or (isinstance(value, Missing) and value.unknown and not value.fault)


def _row_label(row: object) -> Pieces:
    """The name of a row: what it is called, as a fact where one says it."""
    if isinstance(row, (Figure, Missing, Step, Member)):
        return label(row.name)
    told = next((v for v in (fields.ask(row, name) for name in _names(row)) if isinstance(v, str)), None)
    origin = getattr(told, "origin", None)
    if told is not None and isinstance(origin, Origin) and told == called(row):
        return ((" ".join(str(told).split()), origin),)
    return label(called(row))


def _names(row: object) -> tuple[str, ...]:
    known = fields.fields(row)
    return (*(name for name in ("名称", "部门", "乡镇", "单位", "地区") if name in known), *known)


def label(name: str) -> Pieces:
    """A name that the filter types, as a cell; a sign of merging stands for itself."""
    word = typed(name)
    return ((f"\\{word}" if word in ("<", "^") else word, None),)


def compared(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """本期 and 上年同期 of one column. Errors: PhraseError for several."""
    if len(columns) > 1:
        raise PhraseError(f"对比只用于一列数，这里有{len(columns)}列", "列里只写一项，或去掉 对比")
    values = tuple(operand(v, BASE) if isinstance(v, Figure) else v for v in columns[0].values)
    return (replace(columns[0], head="本期"), Column(BASE, "", values))


def measured(rows: Drawn, wanted: str) -> tuple[Drawn, str]:
    """The rows in one unit, and that unit; counts of different things say theirs by name. Errors: PhraseError."""
    figures = rows.figures
    unit = wanted or next((f.unit for f in figures if f.unit), "")
    strange = next((f for f in figures if _odd(f, unit)), None)
    if strange is None:
        return _in_unit(rows, unit), unit
    if not wanted and all(figure.indicator.is_count for figure in figures):
        return _each_in_its_own(rows), ""
    words = f"“{strange.name}”的单位是{strange.unit or '（无）'}"
    if wanted:
        raise PhraseError(f"{words}，不能换算成{wanted}", "核对 单位，或用 列=[…] 只画能换算的")
    raise PhraseError(f"{words}，和{unit}不能画在一个图里", "用 列=[…] 分成几个图，或在 指标.yaml 登记同一个单位")


def _odd(figure: Figure, unit: str) -> bool:
    return figure.unit != unit and converted(Decimal(1), figure.unit, unit) is None


def _in_unit(rows: Drawn, unit: str) -> Drawn:
    columns = tuple(replace(column, unit=unit or None, bare=not unit) for column in rows.columns)
    return replace(rows, columns=columns)


def _each_in_its_own(rows: Drawn) -> Drawn:
    """事故起数（起）, 死亡人数（人）: the unit in the name of a column that shares one, else in that of each category."""
    columns = tuple(replace(column, bare=True) for column in rows.columns)
    units = [{figure.unit for figure in column.figures} for column in columns]
    if len(columns) > 1 and all(len(own) == 1 for own in units):
        named = zip(columns, units, strict=True)
        return replace(rows, columns=tuple(replace(c, head=f"{c.head}（{next(iter(own))}）") for c, own in named))
    firsts = (
        next((v.unit for c in columns if isinstance(v := c.values[at], Figure)), "") for at in range(len(rows.labels))
    )
    labels = tuple(
        (*label, (f"（{unit}）", None)) if unit else label for label, unit in zip(rows.labels, firsts, strict=True)
    )
    return replace(rows, columns=columns, labels=labels)
