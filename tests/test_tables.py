"""Tables end to end: text, numbers of captions, the filter 表格, setting, Word."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from drafter import chain, check, outline, text
from drafter.layout import named
from drafter.outline import Outline, Paragraph, Table
from drafter.source import Line, Mark, Origin, Span, typed
from drafter.text.pipes import parts, table_lines
from drafter.typeset.sheet import Cell, Grid, Item, Para, Turn
from drafter.typeset.tables import grid, grids
from drafter.word import read as word_read
from drafter.word import write as word_write
from tests.case_files import CASES, Case, accept, load
from tests.docx_check import W, problems
from tests.project_files import drafted, make

LAYOUT = named("总结")
_accept = accept


def lines(source: str) -> tuple[Line, ...]:
    return typed(source, "t.txt")


def compare(case: Case, part: str, found: list[str], *, rewrite: bool) -> None:
    if rewrite:
        _accept(case, part, "\n".join(found))
    else:
        assert found == case.lines(part)


# ---- text --------------------------------------------------------------------------------------------------------


def told(block: object) -> list[str]:
    if not isinstance(block, Table):
        return [f"= {block}"]
    head = f"{block.caption} / {block.unit} / {' '.join(a or '/' for a in block.aligns)}"
    return [" ".join(head.split()), *("¦".join(c.text for c in row) for row in block.rows)]


@pytest.mark.parametrize("case", load(CASES / "tables" / "reading.txt"), ids=str)
def test_reading(case: Case, accept: bool) -> None:
    blocks = list(parts(lines(case.input)))
    compare(case, "read", [line for block in blocks for line in told(block)], rewrite=accept)
    written = [x for b in blocks for x in (table_lines(b) if isinstance(b, Table) else [str(b)])]
    assert written == (case.lines("written") or case.lines("input"))
    assert list(parts(lines("\n".join(written)))) == blocks


CELLS = st.one_of(
    st.sampled_from(
        ["", "<", "^", r"\<", r"\\^", "---", ":---:", r"\---", "|", "\\", r"a\|b", "合计", "1,234.5", "序号"]
    ),
    st.text("甲乙1.%|\\<^-: —", max_size=8).map(str.strip),
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=6)
ALIGNS = st.lists(st.sampled_from(["", "left", "right", "center"]), max_size=4)


def stripped(aligns: list[str]) -> tuple[str, ...]:
    while aligns and not aligns[-1]:
        aligns = aligns[:-1]
    return tuple(aligns)


def table(rows: list[list[str]], aligns: list[str], caption: str = "", unit: str = "") -> Table:
    cells = tuple(tuple(map(Line, row)) for row in rows)
    return Table(Line(caption), cells, Line(unit), stripped(aligns))


TABLES = st.builds(
    table,
    ROWS,
    ALIGNS,
    st.sampled_from(["", "表：甲", "表1 甲乙"]),
    st.sampled_from(["", "单位：万元", "（单位：人）"]),
)


@settings(max_examples=300)
@given(TABLES)
def test_l1_every_table_that_is_written_is_read_again(one: Table) -> None:
    source = "\n".join(table_lines(one))
    assert list(parts(lines(source))) == [one]


PIECES = st.sampled_from(
    ["| 甲 | 1 |", "| --- | ---: |", "|:---:|", "| < | ^ |", "| ^ | \\< |", "表：甲", "表2 乙", "单位：万元", "单位：", "好。",
     "| --- |", "图：丙（柱状图）", "![丁](a.png)", "一、情况", "||", "|", "| \\| |"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=10).map("\n".join))
def test_l1_l2_l8_of_lines_of_tables(source: str) -> None:
    first = text.read(lines(source))[0]
    assert text.read(lines(text.write(first)))[0] == first
    done = chain.numbered(first)
    assert chain.numbered(done) == done


def value(text_: str) -> Line:
    return Line(text_, (Mark(0, Span("t.txt", 1, 1), Origin("甲", Span("f.yaml", 1, 1))),))


@given(st.text("<^|\\-: 表图单位：1", max_size=8))
def test_a_fact_forges_nothing_in_a_table(said: str) -> None:
    typed_, end = Line("| 甲 | ", (Mark(0, Span("t.txt", 1, 1)),)), Line(" |", (Mark(0, Span("t.txt", 1, 9)),))
    head = lines("| 子 | 丑 |")[0]
    row = typed_.then(value(said)).then(end)
    [found] = parts([head, row])
    assert isinstance(found, Table)
    assert len(found.rows) == 2
    set_ = grid(found, LAYOUT)
    cell = set_.rows[1][1]
    assert cell is not None
    assert cell.line.text == said.strip()


def test_a_fact_is_no_caption_and_no_unit_line() -> None:
    row = lines("| 甲 |")[0]
    found = list(parts([value("表：甲"), row, value("单位：万元"), row]))
    assert [type(block) for block in found] == [Line, Table, Line, Table]


# ---- captions ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", load(CASES / "tables" / "captions.txt"), ids=str)
def test_captions(case: Case) -> None:
    read = text.read(lines(case.input))[0]
    done = chain.numbered(read)
    captions = [b.caption.text or "（无）" for b in outline.blocks(done) if not isinstance(b, Paragraph)]
    assert captions == case.lines("numbered")
    found = [d for d in check.file_rules(read) if d.code == "N111"]
    assert [f"{d.span.line}:{d.span.column} {d.message}" for d in found] == case.lines("says")
    assert [d.message for d in check.structure(done) if d.code == "N111"] == [d.message for d in found]


def test_a_numbered_caption_keeps_what_its_facts_say() -> None:
    caption = lines("表9 ")[0].then(Line("　")).then(value("甲县"))
    [found] = chain.numbered(Outline(blocks=(Table(caption, ((Line("一"),),)),))).blocks
    assert isinstance(found, Table)
    assert found.caption.text == "表1 甲县"
    assert [m.origin.fact for m in found.caption.marks if m.origin] == ["甲"]
    assert found.caption.marks[0].span == Span("t.txt", 1, 1)


# ---- the filter --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", load(CASES / "tables" / "filter.txt"), ids=str)
def test_filter(case: Case, tmp_path: Path, accept: bool) -> None:
    files = {name: f"{content}\n" for name, content in case.parts.items() if name.startswith("data/")}
    files["data/某局/2022-09.yaml"] = f"期间: 2022-09\n{case.parts.get('facts', '')}\n"
    files["data/某局/指标.yaml"] = case.parts.get("indicators", "") + "\n"
    files["templates/某局/月报/1.txt"] = f"{case.input}\n"
    files["templates/某局/月报/报告.yaml"] = "署名: ''\n成文日期: ''\n标题: ''\n"
    draft = drafted(make(tmp_path, files), "某局/月报", "2022-09")
    said = [f"{d.span.line}:{d.span.column} {d.code} {d.message}" for d in draft.diagnostics]
    assert all(d.hint for d in draft.diagnostics)
    compare(case, "says", said, rewrite=accept)
    written = text.write(draft.outline, guard=False).splitlines() if draft.outline else []
    compare(case, "text", written, rewrite=accept)
    if draft.outline:
        assert problems(word_write.write(draft.outline)) == []


def test_every_cell_knows_its_fact(tmp_path: Path) -> None:
    facts = "项:\n  - {名称: 甲, 投资: 1.2亿元, 人数: 3人}\n  - {名称: 乙, 投资: 33万元, 人数: }\n"
    template = '一、情况\n{{ 项|表格(单位="万元", 合计=true, 序号=true, 标题="项目") }}\n'
    files = {"data/某局/2022-09.yaml": facts, "templates/某局/月报/1.txt": template}
    draft = drafted(make(tmp_path, files), "某局/月报", "2022-09")
    assert draft.outline is not None
    [found] = [b for b in outline.blocks(draft.outline) if isinstance(b, Table)]
    assert [line.marks[0].span.line for line in (found.caption, found.unit)] == [2, 2]
    known = [
        [(m.origin.fact, m.origin.formula, m.origin.span and m.origin.span.line) for m in cell.marks if m.origin]
        for row in found.rows
        for cell in row
    ]
    assert [one for cell in known for one in cell] == [
        ("项第1项的名称", "", 2), ("项第1项的投资", "换算为万元", 2), ("项第1项的人数", "数", 2),
        ("项第2项的名称", "", 3), ("项第2项的投资", "数", 3), ("项第2项的人数", "", 3),
        ("投资合计", "表格", 2), ("项第2项的人数", "", 3),
    ]  # fmt: skip
    assert [m.name for m in draft.missing] == ["项第2项的人数"]


AMOUNTS = st.lists(
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False), min_size=1, max_size=6
)


@settings(max_examples=30)
@given(AMOUNTS, st.sampled_from(["", ', 单位="亿元"', ', 单位="元"']))
def test_a_total_is_the_exact_sum(tmp_path_factory: pytest.TempPathFactory, amounts: list[Decimal], unit: str) -> None:
    items = "".join(f"  - {{名称: 项{n}, 投资: {amount:f}万元}}\n" for n, amount in enumerate(amounts))
    template = f'一、情况\n{{{{ 项目|表格(列=["名称", "投资"], 合计=true{unit}) }}}}\n'
    files = {"data/某局/2022-09.yaml": f"项目:\n{items}", "templates/某局/月报/1.txt": template}
    draft = drafted(make(tmp_path_factory.mktemp("p"), files), "某局/月报", "2022-09")
    assert draft.outline is not None
    [found] = [b for b in outline.blocks(draft.outline) if isinstance(b, Table)]
    cells = [Decimal(row[1].text) for row in found.rows[1:]]
    scale = {"": 1, ', 单位="亿元"': Decimal("0.0001"), ', 单位="元"': 10000}[unit]
    assert cells[-1] == sum(amounts) * scale == sum(cells[:-1])


# ---- setting -----------------------------------------------------------------------------------------------------


def shown(item: Item) -> list[str]:
    if isinstance(item, Turn):
        return ["横排" if item.landscape else "竖排"]
    if isinstance(item, Para):
        return [f"{item.look}：{''.join(run.line.text for run in item.runs)}"]
    assert isinstance(item, Grid)
    rows = [" | ".join(map(mark, row)) for row in item.rows]
    return [f"heads {item.heads} widths {' '.join(map(str, item.widths))}", *rows]


def mark(cell: Cell | None) -> str:
    if cell is None:
        return "."
    size = f"({cell.columns}×{cell.rows})" if cell.columns * cell.rows > 1 else ""
    align = {"left": "", "center": "c", "right": "r"}[cell.align]
    return " ".join(word for word in (cell.line.text, size, align + "!" * (cell.look == "表头")) if word)


@pytest.mark.parametrize("case", load(CASES / "tables" / "grids.txt"), ids=str)
def test_setting(case: Case, accept: bool) -> None:
    [one] = parts(lines(case.input))
    assert isinstance(one, Table)
    compare(case, "set", [line for item in grids(one, LAYOUT) for line in shown(item)], rewrite=accept)


WIDE = st.integers(1, 70).flatmap(lambda n: st.lists(st.lists(CELLS, min_size=n, max_size=n), min_size=1, max_size=3))


@settings(max_examples=200)
@given(st.builds(table, ROWS | WIDE, ALIGNS))
def test_every_place_of_a_grid_is_covered_once(one: Table) -> None:
    items = list(grids(one, LAYOUT))
    [made] = [item for item in items if isinstance(item, Grid)]
    width = LAYOUT.page.text_height if isinstance(items[0], Turn) else LAYOUT.page.text_width
    assert sum(made.widths) == width
    assert min(made.widths) > 0
    assert 1 <= made.heads <= len(made.rows)
    covered = [
        (r + down, c + right)
        for r, row in enumerate(made.rows)
        for c, cell in enumerate(row)
        if cell is not None
        for down in range(cell.rows)
        for right in range(cell.columns)
    ]
    assert sorted(covered) == [(r, c) for r in range(len(made.rows)) for c in range(len(made.widths))]


def test_a_table_without_cells_is_its_caption() -> None:
    assert [type(item) for item in grids(Table(Line("表1 空"), ()), LAYOUT)] == [Para]
    assert list(grids(Table(Line(""), ((),)), LAYOUT)) == []


# ---- Word --------------------------------------------------------------------------------------------------------


def body(data: bytes) -> etree._Element:
    with ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def emptied(one: Table) -> list[list[str]]:
    """The rows as a reader of Word has them: what is merged is empty, blanks at the ends of a cell are look."""
    made = grid(one, LAYOUT)
    return [[cell.line.text.strip() if cell else "" for cell in row] for row in made.rows]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.builds(table, ROWS | WIDE, ALIGNS, st.sampled_from(["", "表1 甲"])), min_size=1, max_size=3))
def test_l3_tables_through_word_and_back(tables: list[Table]) -> None:
    between = Paragraph(Line("好。"))
    data = word_write.write(Outline(title=Line("题"), blocks=tuple(b for one in tables for b in (one, between))))
    assert problems(data) == []
    read = text.read(word_read.read(data, "t.docx")[0])[0]
    found = [b for b in outline.blocks(read) if isinstance(b, Table)]
    wanted = [one for one in tables if not is_frame(one)]
    if len(wanted) == len(tables):
        assert [emptied(one) for one in found] == [emptied(one) for one in tables]


def is_frame(one: Table) -> bool:
    """Whether a reader of Word takes it for a frame around text."""
    return max(map(len, emptied(one))) == 1


def test_heads_repeat_and_rows_stay_whole() -> None:
    rows = [
        ["项目", "投资", "<"],
        ["^", "计划", "完成"],
        *([str(n), "5", "6"] for n in range(80)),
        ["合计", "400", "480"],
    ]
    data = word_write.write(Outline(title=Line("题"), blocks=(table(rows, [], "表1 长表", "单位：万元"),)))
    [made] = body(data).iter(f"{W}tbl")
    said = [[etree.QName(p).localname for p in row.find(f"{W}trPr")] for row in made.findall(f"{W}tr")]
    assert said == [["cantSplit", "tblHeader"]] * 2 + [["cantSplit"]] * 81
    assert made.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val") == "表1 长表"
    last = made.findall(f"{W}tr")[-1]
    assert [k.get(f"{W}val") for k in last.iter(f"{W}keepNext")] == ["0"] * 3


def test_a_wide_table_has_landscape_pages_of_its_own() -> None:
    one = table([[f"第{n}列" for n in range(20)]] * 2, [], "表1 宽表")
    data = word_write.write(Outline(title=Line("题"), blocks=(one, Paragraph(Line("好。")), one)))
    papers = [(p.get(f"{W}w"), p.get(f"{W}orient")) for p in body(data).iter(f"{W}pgSz")]
    assert papers[:3] == [("11906", None), ("16838", "landscape"), ("11906", None)]
    assert [sum(int(c.get(f"{W}w")) for c in t.iter(f"{W}gridCol")) for t in body(data).iter(f"{W}tbl")] == [12756] * 2
