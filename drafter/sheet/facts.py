"""Grids → the tree of a facts file: figures by name, lists by sheet, indicators; everything left out is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from drafter import yamlfile
from drafter.diagnostic import Diagnostic, Severity, error, note, warning
from drafter.figure import Indicator
from drafter.period import Period
from drafter.sheet import head as heads
from drafter.sheet import labels, records, words
from drafter.sheet.figures import Table
from drafter.sheet.grid import Cell, Grid
from drafter.sheet.head import Head
from drafter.sheet.intro import GROUP, LIST, Intro, default_name, intro, undated
from drafter.yamlfile import Scalar
from drafter.yamlfile.slip import folded

MAX_NOTES = 60
"""Notes that are told one by one."""
Pairs = Iterator[tuple[Scalar, yamlfile.Node]]
_INDICATOR_WORDS = {
    "名称": "名称", "单位": "单位", "计量单位": "单位", "性质": "性质", "极性": "极性", "小数": "小数", "小数位数": "小数",
    "累计": "累计", "来源": "来源", "数据来源": "来源", "责任单位": "责任单位", "责任部门": "责任单位",
}  # fmt: skip


def facts(
    grids: Sequence[Grid], period: Period, known: Mapping[str, Indicator] | None = None
) -> tuple[yamlfile.Mapping | None, tuple[Diagnostic, ...]]:
    """The tree of a facts file that the grids hold for a period, with the places of the cells. Never raises.

    A table with a name column (指标, 项目…) and a value or growth of the period gives figures, any other table a list
    fact named by its sheet; sheets of indicators are passed over. `known` are the indicators by name (as compared):
    what they say already (unit, 责任单位, 来源) is not said again. None when no table holds anything.
    Errors are F102, F105, F135; F134 tells what was left out.
    """
    reading = _Reading(period, known or {})
    for grid in grids:
        reading.take(grid)
    told = tuple(_brief(reading.findings))
    return (yamlfile.Mapping(tuple(reading.items), reading.items[0][0].span) if reading.items else None), told


def _brief(findings: list[Diagnostic]) -> Iterator[Diagnostic]:
    """The findings; of the notes only the first MAX_NOTES, the last of them says how many more there are."""
    notes = [found for found in findings if found.severity is Severity.NOTE]
    dropped = {id(found) for found in notes[MAX_NOTES:]}
    for found in findings:
        if dropped and found is notes[MAX_NOTES - 1]:
            yield replace(found, message=f"{found.message}（没读的还有 {len(dropped)} 处）")
        elif id(found) not in dropped:
            yield found


@dataclass(slots=True)
class _Reading:
    """Facts of all sheets so far."""

    period: Period
    known: Mapping[str, Indicator]
    items: list[tuple[Scalar, yamlfile.Node]] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)
    seen: dict[str, Scalar] = field(default_factory=dict)
    unread: set[tuple[str, int, str]] = field(default_factory=set)
    """Columns that were told not to be read: a long table repeats its head on every page."""

    def take(self, grid: Grid) -> None:
        """All tables of one sheet."""
        if indicator_head(grid) is not None:
            return
        head = heads.find(grid.rows, 0, self.period)
        halves = _beside(grid, head) if head else []
        if len(halves) > 1:
            for half in halves:
                self.take(half)
            return
        above = intro(grid, head.first if head else len(grid.rows))
        self.check_period(above)
        marked = above.field(LIST) or above.field(GROUP)
        if head is None or marked:
            self.take_list(grid, above, literal=marked is not None)
        while head is not None and not marked:
            following = heads.find(grid.rows, head.end, self.period)
            end = following.first if following else len(grid.rows)
            self.take_figures(grid, head, above, end)
            if following:
                above = replace(intro(grid, 0), fields=above.fields)
            head = following

    def take_figures(self, grid: Grid, head: Head, above: Intro, end: int) -> None:
        """One table of figures."""
        body = labels.joined(grid.rows, head, grid.rows[head.end : end])
        for found in (*_unread_columns(head, body, self.period), *_strayed_columns(head, body, self.period)):
            mark = (grid.name, found.span.column, found.quote)
            if mark not in self.unread:
                self.unread.add(mark)
                self.findings.append(found)
        table = Table(head, above, self.known)
        for key, node in table.pairs(body):
            self.add(key, node)
        self.findings += table.findings

    def take_list(self, grid: Grid, above: Intro, *, literal: bool) -> None:
        """A sheet that is a list, or a group of a form."""
        if not literal and (wrong := _of_other_period(grid, self.period)):
            self.findings.append(wrong)
            return
        found = records.read(grid, literal=literal)
        self.findings += found.findings
        if found.node is None:
            return
        if not literal:
            above = intro(grid, found.first)
        name = _list_name(grid, above)
        if name is None:
            hint = "把工作表的名称改成事实的名称，如 领衔项目"
            self.findings.append(error("F135", "这张表没有名称，没有读", found.at, hint))
        else:
            self.add(name, found.node)

    def check_period(self, above: Intro) -> None:
        """F105 when the sheet says that it is another period's."""
        said = above.period()
        if said is None or (said[0].first, said[0].last) == (self.period.first, self.period.last):
            return
        message = f"表里写的期间是 {said[0]}，要读入的是 {self.period}"
        say = error if said[2] else warning
        self.findings.append(say("F105", message, said[1].span, "核对是不是拿错了表", said[1].text.strip()[:40]))

    def add(self, key: Scalar, node: yamlfile.Node) -> None:
        """Keep a fact; a second one of the name is F102."""
        first = self.seen.setdefault(folded(key.text), key)
        if first is key:
            self.items.append((key, node))
            return
        wrong = error("F102", f"“{key.text[:20]}”有两行，只读了第一行", key.span, "留下对的一行，删去另一行")
        if any(own is first and other == node for own, other in self.items):
            wrong = replace(wrong, severity=Severity.NOTE, message=f"“{key.text[:20]}”有两行，写的一样", hint="")
        self.findings.append(replace(wrong, also=((first.span, "第一处在"),)))


def _beside(grid: Grid, head: Head) -> list[Grid]:
    """The tables that stand side by side under one head, each with its own name column; one when it is only one."""
    row = grid.rows[head.first]
    name = words.header(row[head.by_key[words.NAME]].text)
    starts = [c for c, cell in enumerate(row) if words.header(cell.text) == name]
    starts = [c for c in starts if c == 0 or row[c - 1].span != row[c].span]
    starts = [c - 1 if c and words.WHOLE.get(words.header(row[c - 1].text)) == words.ORDER else c for c in starts]
    ends = [*starts[1:], max(len(r) for r in grid.rows)]
    slices = ([r[start:end] for r in grid.rows] for start, end in zip([0, *starts[1:]], ends, strict=True))
    return [Grid(grid.name, tuple(r for r in rows if any(cell.text.strip() for cell in r))) for rows in slices]


def _unread_columns(head: Head, body: heads.Rows, period: Period) -> Iterator[Diagnostic]:
    """F134 for columns with a header that means nothing and with something in them, F102 for columns that stand twice."""
    for column in head.unknown:
        cell = head.texts[column]
        if any(column < len(row) and row[column].text.strip() for row in body):
            other = heads.scope_of(words.unit_of(words.header(cell.text))[0], period)[0] in ("other", "sum")
            hint = "要读就把表头改成 本期、上年同期、目标、增幅 等"
            hint = f"说的不是 {period} 的，用它自己的期间读入" if other else hint
            yield note("F134", f"“{_flat(cell.text)}”这一列没有读", cell.span, hint, _flat(cell.text))
    for column, first in head.doubles:
        cell = head.texts[column]
        if not any(column < len(row) and row[column].text.strip() for row in body):
            continue
        message = f"“{_flat(cell.text)}”与前面一列是一个意思，没有读"
        wrong = warning("F102", message, cell.span, "一张表里每个意思只留一列；并排的两张表分开放", _flat(cell.text))
        yield replace(wrong, also=((head.texts[first].span, "第一列在"),))


def _strayed_columns(head: Head, body: heads.Rows, period: Period) -> Iterator[Diagnostic]:
    """F105 for columns that belong to the running total at their left, or to another time."""
    for column in head.strayed:
        cell = head.texts[column]
        if any(column < len(row) and row[column].text.strip() for row in body):
            message = f"“{_flat(cell.text)}”跟在累计或别的时间的数后面，分不清是不是 {period} 的，没有读"
            hint = "表头写明时间，如 9月增幅；累计的表用累计的期间读入，如 2022-01..2022-09"
            yield warning("F105", message, cell.span, hint, _flat(cell.text))


def _flat(text: str) -> str:
    return "".join(text.split())[:20]


def _of_other_period(grid: Grid, period: Period) -> Diagnostic | None:
    """F105 for a table of figures that has no column of the asked period."""
    for row in grid.rows[:20]:
        named = any(words.unit_of(words.header(cell.text))[0] in words.STRONG_NAMES for cell in row)
        dated = [cell for cell in row if heads.scope_of(words.unit_of(words.header(cell.text))[0], period)[0]]
        if named and dated:
            text = "、".join(dict.fromkeys(_flat(cell.text) for cell in dated))[:40]
            message = f"表里没有 {period} 的列，只有 {text}"
            return error("F105", message, dated[0].span, "核对期间；是这一期的数就把表头改成 本期")
    return None


def _list_name(grid: Grid, above: Intro) -> Scalar | None:
    """The name of a list: as the form says, the sheet's, or that of its title."""
    said = above.field(LIST, GROUP)
    if said:
        return Scalar(said[0], span=said[1].span)
    span = grid.rows[0][0].span
    if not default_name(grid.name):
        return Scalar(grid.name.strip(), span=replace(span, line=span.line, column=1))
    title = undated("".join(above.title.text.split())) if above.title else ""
    return Scalar(title, span=above.title.span) if above.title and title else None


def indicator_head(grid: Grid) -> int | None:
    """Index of the head of a sheet of indicators: it has 性质 or 极性, or the sheet is called 指标 and has no figures."""
    for index, row in enumerate(grid.rows[:20]):
        flat = {words.header(cell.text) for cell in row}
        named = bool(flat & {"名称", *words.STRONG_NAMES})
        if named and (
            flat & {"性质", "极性"} or (grid.name == "指标" and flat <= {*_INDICATOR_WORDS, *words.STRONG_NAMES})
        ):
            return index
    return None


def indicators(grids: Sequence[Grid]) -> tuple[yamlfile.Mapping | None, tuple[Diagnostic, ...]]:
    """The tree of a 指标.yaml from the sheets of indicators; None when there are none. F102 for a name that stands twice."""
    found: list[tuple[Scalar, yamlfile.Node]] = []
    findings: list[Diagnostic] = []
    seen: dict[str, Scalar] = {}
    for grid in grids:
        first = indicator_head(grid)
        for key, node in _indicator_rows(grid, first) if first is not None else ():
            if seen.setdefault(folded(key.text), key) is key:
                found.append((key, node))
            else:
                wrong = error("F102", f"指标“{key.text[:20]}”有两行", key.span, "留下对的一行，删去另一行")
                findings.append(replace(wrong, also=((seen[folded(key.text)].span, "第一处在"),)))
    return (yamlfile.Mapping(tuple(found), found[0][0].span) if found else None), tuple(findings)


def _indicator_rows(grid: Grid, first: int) -> Pairs:
    columns = [words.header(cell.text) for cell in grid.rows[first]]
    names = [c for c, text in enumerate(columns) if text in words.STRONG_NAMES] or [columns.index("名称")]
    for row in grid.rows[first + 1 :]:
        name = row[names[0]] if names[0] < len(row) else None
        if name is None or not name.text.strip() or words.FOOTNOTE.match(name.text.strip()):
            continue
        pairs = tuple(_indicator_pairs(row, columns, names[0]))
        yield Scalar(name.text.strip(), span=name.span), yamlfile.Mapping(pairs, name.span)


def _indicator_pairs(row: tuple[Cell, ...], columns: list[str], name: int) -> Pairs:
    for column, cell in enumerate(row[: len(columns)]):
        key = _INDICATOR_WORDS.get(columns[column])
        if column != name and key and cell.text.strip():
            yield Scalar(key, span=cell.span), Scalar(cell.text.strip(), span=cell.span)
