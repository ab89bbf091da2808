"""Charts end to end: the filters, the text, what is drawn, Word with its workbook, SVG, words for who does not see it."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from xml.dom import minidom
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drafter import facts as fact_files
from drafter import layout, text
from drafter import period as periods
from drafter.check.charts import charts as unsound
from drafter.draft import Draft
from drafter.lookup import Values
from drafter.numeral import parse
from drafter.outline import BAR, CHARTS, LINE, PIE, Chart, Outline, Table
from drafter.source import Files, Line, Mark, Origin, Span, typed
from drafter.template import Templates
from drafter.text import figures as lines
from drafter.text import pipes
from drafter.typeset import figures as typeset
from drafter.typeset import geometry
from drafter.typeset.plot import plot
from drafter.typeset.sheet import Drawing, Grid, Para
from drafter.typeset.svg import svg
from drafter.typeset.told import told
from drafter.word.base import DOCUMENT, base, zipped
from drafter.word.charts.chart import drawing
from drafter.word.charts.workbook import column_letters, workbook
from drafter.word.element import w, xml
from drafter.word.parts import Parts
from drafter.word.section import section
from tests import drawing_check
from tests.case_files import CASES, Case, accept, load
from tests.docx_check import problems
from tests.project_files import drafted, make

LAYOUT = layout.named("总结")
_accept = accept


def chart(
    kind: str, *rows: str, caption: str = "图1 各月税收收入", unit: str = "单位：亿元", table: bool = False
) -> Chart:
    cells = tuple(tuple(Line(cell) for cell in row.split("¦")) for row in rows)
    return Chart(kind, Line(caption), cells, Line(unit), table)


MONTHS = chart(BAR, "月¦本期¦上年同期", "1月¦1.50¦-0.8", "2月¦【待补：2月】¦1,200", "3月¦2800余¦45.5%")
PARTS = chart(PIE, "类¦数", "教育¦40.5", "交通¦20", "其他¦39.5")


# ---- filters -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", load(CASES / "figures" / "charts.txt"), ids=str)
def test_what_the_filters_print(case: Case, tmp_path: Path, accept: bool) -> None:
    period = periods.parse(case.parts.get("period", "2022-09"))
    assert period is not None
    folder = tmp_path / "data" / "测试"
    folder.mkdir(parents=True)
    files = {"2022-09.yaml": case.input, **{n: t for n, t in case.parts.items() if n.endswith(".yaml")}}
    for name, content in files.items():
        (folder / name).write_text(f"{content}\n", "utf-8")
    found = fact_files.load(Files(tmp_path), "测试", period)
    rendered = Templates({}.get).render_text(case.parts["say"], "t.txt", Values(found, periods.words(period)))
    says = [f"{d.code} {d.message}" for d in rendered.diagnostics]
    if accept:
        _accept(case, "want", "\n".join(line.text for line in rendered.text))
        if "says" in case.parts:
            _accept(case, "says", "\n".join(says))
    assert [line.text for line in rendered.text] == case.lines("want")
    assert says == case.lines("says")
    blocks, told_ = text.read_body(rendered.text)
    assert told_ == ()
    drawn = [block for block in blocks.blocks if isinstance(block, Chart)]
    assert len(drawn) == sum(line.endswith("图）") or line.endswith("附表）") for line in case.lines("want"))
    for one in drawn:
        known = list(pipes.table_lines(lines.as_table(one)))
        assert list(pipes.parts(typed("\n".join(known), "t"))) == [one]


def test_every_number_knows_its_fact(tmp_path: Path) -> None:
    files = {
        "templates/某局/月报/1.txt": "一、税收\n{{ 税收|逐期(3)|柱状图(单位='万元') }}\n",
        **{f"data/某局/2022-0{m}.yaml": f"税收: {m}.50亿元\n" for m in (7, 8, 9)},
    }
    draft = drafted(make(tmp_path, files), "某局/月报", "2022-09")
    [drawn] = charts(draft)
    cells = [row[1] for row in drawn.rows[1:]]
    assert [cell.text for cell in cells] == ["75000", "85000", "95000"]
    origins = [next(m.origin for m in cell.marks if m.origin) for cell in cells]
    assert [(o.fact, o.period, o.span and o.span.file) for o in origins] == [
        ("税收", f"2022-0{m}", f"data/某局/2022-0{m}.yaml") for m in (7, 8, 9)
    ]


def charts(draft: Draft) -> list[Chart]:
    assert draft.outline is not None, [d.line() for d in draft.diagnostics]
    return [b for s in draft.outline.sections for b in s.blocks if isinstance(b, Chart)]


def test_departments_side_by_side(tmp_path: Path) -> None:
    towns = {"云岭镇": "收入: 2亿元", "青溪镇": "收入: 3000万元", "白石镇": "户数: 5户"}
    files = {f"data/{town}/2022-09.yaml": f"{fact}\n" for town, fact in towns.items()}
    files["data/某局/2022-09.yaml"] = "甲: 1次\n"
    files["templates/某局/月报/1.txt"] = (
        "一、收入\n{{ 部门表|柱状图(列='收入', 标题='各镇收入') }}\n{{ 部门('云岭镇').收入|逐期(2)|折线图 }}\n"
    )
    draft = drafted(make(tmp_path, files), "某局/月报", "2022-09")
    by_town, by_month = charts(draft)
    assert [[c.text for c in row] for row in by_town.rows] == [["名称", "收入"], ["云岭镇", "2"], ["青溪镇", "0.3"]]
    assert [row[1].text for row in by_month.rows[1:]] == ["【待补：云岭镇的2022年8月收入】", "2"]


def test_what_a_computed_figure_lacks_is_not_its_own_course(tmp_path: Path) -> None:
    """占比 of a missing whole must not be drawn as the whole itself."""
    files = {
        "data/某局/2022-09.yaml": "甲: 1亿元\n总:\n",
        "data/某局/2022-08.yaml": "甲: 1亿元\n总: 9亿元\n",
        "templates/某局/月报/1.txt": "一、税收\n{{ [甲, 总]|合计|逐期(2)|柱状图 }}\n",
    }
    draft = drafted(make(tmp_path, files), "某局/月报", "2022-09")
    assert charts(draft) == []
    assert [m.name for m in draft.missing] == ["总"]


# ---- text --------------------------------------------------------------------------------------------------------

CAPTIONS = st.text("图表1甲一、（）()柱状饼折线，附表 <&|", max_size=12)
CELLS = st.text("0123456789.,-甲乙余%<^|\\—【】", max_size=6)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5)


@given(CAPTIONS, st.sampled_from(CHARTS), st.booleans(), TABLES)
def test_a_chart_survives_its_text(caption: str, kind: str, table: bool, rows: list[list[str]]) -> None:
    """L1 for charts: what is read from any text like a chart's is written so that it is read again."""
    source = "\n".join([f"图{caption}（{kind}{'，附表' if table else ''}）", *("|" + "|".join(r) + "|" for r in rows)])
    first = list(pipes.parts(typed(source, "t.txt")))
    whole = Outline(blocks=tuple(b for b in first if not isinstance(b, Line)))
    written = text.write(whole)
    assert list(pipes.parts(typed(written, "t.txt"))) == list(whole.blocks)


@pytest.mark.parametrize(
    ("caption", "want"),
    [
        ("图1 各月税收收入（柱状图）", (BAR, "图1 各月税收收入", False)),
        ("图：各月税收收入（折线图，附表）", (LINE, "图：各月税收收入", True)),
        ("图一 构成(饼图)", (PIE, "图一 构成", False)),
        ("图（柱状图、附表）", (BAR, "图", True)),
        ("图2 甲（柱状图）（饼图）", (PIE, "图2 甲（柱状图）", False)),
        ("图1 各月税收收入", None),
        ("表1 各月税收收入（柱状图）", None),
        ("图1 各月税收收入（雷达图）", None),
        ("图1 各月税收收入（柱状图）。", None),
    ],
)
def test_what_a_caption_says(caption: str, want: tuple[str, str, bool] | None) -> None:
    rows = (tuple(map(Line, ("月", "数"))), tuple(map(Line, ("1月", "5"))))
    found = lines.chart(Table(Line(caption), rows))
    assert (found and (found.kind, found.caption.text, found.table)) == want
    assert lines.is_caption(Line(caption)) == (want is not None)


def test_a_fact_forges_no_chart() -> None:
    place = Span("t.txt", 1, 1)
    forged = Line("表：甲（饼图）", (Mark(0, place), Mark(2, place, Origin("名", None))))
    assert not lines.is_caption(forged)
    inside = Line("图：甲（饼图）", (Mark(0, place), Mark(2, place, Origin("名", None)), Mark(3, place)))
    assert lines.is_caption(inside)
    assert not lines.is_caption(Line("图：甲（饼图）", (Mark(0, place, Origin("名", None)), Mark(3, place))))


def test_rows_that_draw_nothing_stay_a_table() -> None:
    source = "图1 甲（饼图）\n| 甲 | 乙 |\n| --- | --- |\n图2 乙（柱状图）\n| 甲 |\n| --- |\n| 1 |\n"
    assert [type(b) for b in pipes.parts(typed(source, "t.txt"))] == [Table, Table]


# ---- what is drawn -----------------------------------------------------------------------------------------------


def test_numbers_as_they_are_written() -> None:
    drawn = plot(MONTHS)
    assert [[p.value for p in s.points] for s in drawn.series] == [
        [Decimal("1.50"), None, Decimal(2800)],
        [Decimal("-0.8"), Decimal(1200), Decimal("45.5")],
    ]
    assert [[p.form for p in s.points] for s in drawn.series] == [
        ["0.00", "General", '0"余"'],
        ["0.0", "#,##0", '0.0"%"'],
    ]


@pytest.mark.parametrize(
    ("shown", "form"),
    [
        ("6", "0"),
        ("6起", '0"起"'),
        ("近10", '"近"0'),
        ("1,234.50万元", '#,##0.00"万元"'),
        ("1.5万", "General"),
        ("－3", "0"),
    ],
)
def test_number_formats(shown: str, form: str) -> None:
    assert plot(chart(BAR, "¦", f"甲¦{shown}")).series[0].points[0].form == form


def test_what_cannot_be_drawn_is_told() -> None:
    source = (
        "一、工作\n图1 甲（柱状图）\n| 月 | 数 |\n| 1月 | 约三成 |\n| 2月 | — |\n"
        "图2 乙（饼图）\n| 类 | 数 | 又 |\n| 甲 | -1 | 2 |\n| 乙 | 【待补：乙】 | 3 |\n"
        "图3 丙（饼图）\n| 类 | 数 |\n| 甲 | 0 |\n图4 丁（折线图）\n| 类 | 数 |\n| 甲 | 5 |\n"
    )
    whole, _ = text.read(typed(source, "t.txt"))
    found = list(unsound(whole))
    assert {d.code for d in found} == {"T119"}
    assert [(d.span.line, d.message) for d in found] == [
        (4, "“约三成”不是数，图上这一点空着"),
        (2, "图里一个数也没有"),
        (6, "饼图只能画一列数，这里有2列，只画第一列"),
        (6, "饼图里有负数，画不出来"),
        (10, "饼图里的数都是0，画不出来"),
    ]


DECIMALS = st.decimals(-(10**12), 10**12, places=3, allow_nan=False, allow_infinity=False)


@given(st.lists(DECIMALS, max_size=12), st.booleans())
def test_a_scale_holds_every_value_in_round_steps(values: list[Decimal], zero: bool) -> None:
    found = geometry.scale(values, zero=zero)
    assert all(found.low <= value <= found.high for value in values)
    assert found.low <= 0 <= found.high or not zero
    assert 2 <= len(found.ticks) <= 12
    assert found.ticks[0] == found.low and found.ticks[-1] == found.high
    assert found.step.normalize().as_tuple().digits in ((1,), (2,), (2, 5), (5,))


@given(st.decimals(0, 2, places=4))
def test_points_on_the_circle(turn: Decimal) -> None:
    x, y = geometry.on_circle(turn)
    assert abs(x * x + y * y - 1) < Decimal("1e-15")


@pytest.mark.parametrize(("turn", "want"), [("0", (0, -1)), ("0.25", (1, 0)), ("0.5", (0, 1)), ("0.75", (-1, 0))])
def test_clockwise_from_the_top(turn: str, want: tuple[int, int]) -> None:
    x, y = geometry.on_circle(Decimal(turn))
    assert (round(x, 9), round(y, 9)) == want


def test_told_in_words() -> None:
    assert told(PARTS) == "图1 各月税收收入，饼图，单位：亿元。教育40.5，交通20，其他39.5。"
    assert told(MONTHS) == (
        "图1 各月税收收入，柱状图，单位：亿元。本期：1月1.50，2月待补，3月2800余；上年同期：1月-0.8，2月1,200，3月45.5%。"
    )
    long = chart(LINE, "月¦数", *(f"名称很长很长的{n}¦{n}" for n in range(1000)))
    assert len(told(long)) == 4000


# ---- any chart ---------------------------------------------------------------------------------------------------

NAMES = st.text(min_size=0, max_size=8) | st.sampled_from(
    ["_x0041_", "=1+1", "<&>", "]]>", "\ud800", "\x01", " a  b ", ""]
)
NUMBERS = (
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False, allow_infinity=False).map(lambda n: f"{n:f}")
    | st.integers(-999, 99999).map(lambda n: f"{n:,}")
    | st.sampled_from(["", "—", "【待补：甲】", "45.5%", "2800余", "近10万", "6起", "0", "0.00", "约三成"])
)


@st.composite
def any_chart(draw: st.DrawFn, most: int = 60) -> Chart:
    wide, tall = draw(st.integers(1, 20)), draw(st.integers(1, most))
    name = draw(st.lists(NAMES, min_size=wide + 1, max_size=wide + 1))
    few = draw(st.lists(st.lists(NUMBERS, min_size=wide, max_size=wide), min_size=1, max_size=4))
    labels = draw(st.lists(NAMES, min_size=1, max_size=6))
    rows = [[labels[n % len(labels)], *few[n % len(few)]] for n in range(tall)]
    cells = tuple(tuple(map(Line, row)) for row in [name, *rows])
    return Chart(draw(st.sampled_from(CHARTS)), Line(draw(NAMES)), cells, Line(draw(NAMES)), draw(st.booleans()))


def document(*drawn: Chart) -> bytes:
    parts = Parts(base(LAYOUT))
    made = [drawing(Drawing(one, 8844, 4800), parts, LAYOUT) for one in drawn]
    return zipped({**parts.members(), DOCUMENT: xml(w("document", w("body", *made, section(LAYOUT, landscape=False))))})


@settings(max_examples=60, deadline=None)
@given(any_chart(), any_chart(most=4))
def test_any_chart_in_word_is_sound_and_the_same_twice(one: Chart, other: Chart) -> None:
    data = document(one, other)
    assert problems(data) == []
    assert data == document(one, other)


@settings(max_examples=60, deadline=None)
@given(any_chart())
def test_the_workbook_holds_what_the_text_says(one: Chart) -> None:
    cells = drawing_check.workbook(workbook(plot(one)))
    for row, line in enumerate(one.rows[1:], start=2):
        for column, cell in enumerate(line[1:], start=1):
            found = parse(cell.text)
            held = cells.get(f"{column_letters(column)}{row}")
            assert (held and Decimal(held)) == (found and found.value)


@settings(max_examples=60, deadline=None)
@given(any_chart())
def test_any_chart_as_svg_is_xml_and_the_same_twice(one: Chart) -> None:
    made = svg(one, 640, 360)
    minidom.parseString(made.encode())
    assert made == svg(one, 640, 360)
    assert not re.search(r"<script|\bon\w+=|href", re.sub(r">[^<]*<", "><", made))


def test_svg_of_each_kind() -> None:
    assert svg(MONTHS).count("<rect") == 5 + 2
    assert svg(chart(LINE, "月¦数", "1月¦1", "2月¦—", "3月¦3", "4月¦4")).count("<circle") == 3
    assert (
        re.findall(r'<path d="(M[^"]*)" fill="none"', svg(chart(LINE, "月¦数", "1月¦1", "2月¦—", "3月¦3")))[0].count(
            "M"
        )
        == 2
    )
    assert svg(PARTS).count("Z") == 3
    assert "教育 40.5%" in svg(PARTS)
    assert "<circle" in svg(chart(PIE, "类¦数", "甲¦5"))
    assert "<path" not in svg(chart(PIE, "类¦数", "甲¦0", "乙¦—"))
    assert "url(#ink-wdUpDiag" in svg(chart(BAR, "月¦甲¦乙¦丙¦丁", "1月¦1¦2¦3¦4"))


def test_a_workbook_opens_elsewhere(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(BytesIO(workbook(plot(MONTHS))))
    sheet = book["数据"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["月", "本期", "上年同期"],
        ["1月", 1.5, -0.8],
        ["2月", None, 1200],
        ["3月", 2800, 45.5],
    ]
    assert [cell.number_format for cell in sheet["C"][1:]] == ["0.0", "#,##0", '0.0"%"']


# ---- setting -----------------------------------------------------------------------------------------------------


def test_a_chart_is_set_with_unit_caption_and_numbers() -> None:
    made = list(typeset.figures(chart(BAR, "月¦数", "1月¦5", table=True), LAYOUT))
    assert [type(item).__name__ for item in made] == ["Para", "Drawing", "Para", "Grid"]
    unit, drawn, caption, grid = made
    assert (
        isinstance(unit, Para) and isinstance(drawn, Drawing) and isinstance(caption, Para) and isinstance(grid, Grid)
    )
    assert (unit.look, caption.look, unit.keep, caption.keep) == ("单位行", "图题", True, True)
    assert (drawn.width, grid.data) == (LAYOUT.page.text_width, True)
    assert grid.told == told(drawn.chart)
    bare = list(typeset.figures(chart(BAR, "月¦数", "1月¦5", unit=""), LAYOUT))
    assert [type(item).__name__ for item in bare] == ["Drawing", "Para"]
    assert not bare[1].keep  # type: ignore[union-attr]


@settings(max_examples=40, deadline=None)
@given(any_chart())
def test_no_chart_is_higher_than_two_thirds_of_a_page(one: Chart) -> None:
    [drawn] = [item for item in typeset.figures(one, LAYOUT) if isinstance(item, Drawing)]
    assert 4000 < drawn.height <= LAYOUT.page.text_height * 2 // 3


# ---- parts -------------------------------------------------------------------------------------------------------


def test_parts_collide_with_nothing() -> None:
    """A document of our own as the base: its charts, ids and drawings stay, new ones get other names."""
    with ZipFile(BytesIO(document(MONTHS, PARTS))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    parts = Parts(members)
    drawing(Drawing(MONTHS, 8844, 4800), parts, LAYOUT)
    made = parts.members()
    assert set(members) < set(made)
    assert {n for n in made if n not in members} == {
        "word/charts/chart3.xml", "word/charts/_rels/chart3.xml.rels", "word/embeddings/chart3.xlsx",
    }  # fmt: skip
    ids = re.findall(rb' Id="([^"]+)"', made["word/_rels/document.xml.rels"])
    assert len(ids) == len(set(ids)) == len(re.findall(rb' Id="', members["word/_rels/document.xml.rels"])) + 1
    assert Parts({**members, "word/header1.xml": b'<wp:docPr id="77"/>'}).drawing_id() == 78
