"""Word from unusual layouts and documents: legal values at their ends, long names, wide tables in odd places."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from drafter import layout as layouts
from drafter.document import UNSEALED, Attachment, Document
from drafter.layout import named
from drafter.layout.model import Layout
from drafter.outline import Outline, Paragraph, Table
from drafter.source import Files, Line, Mark, Origin, Span
from drafter.typeset import tables
from drafter.typeset.closing import signature
from drafter.typeset.compose import compose
from drafter.typeset.sheet import Grid, Item, Para, Turn
from drafter.typeset.tables import SMALLER, grids
from drafter.word import write as room
from tests.docx_check import W
from tests.project_files import built, make
from tests.test_word import part

HERE = Span("drafter.yaml", 1, 1)
GOV = layouts.named("公文")
PLAIN = Paragraph(Line("正文。"))


def own(folder: Path, source: str) -> Layout:
    (folder / "我县.yaml").write_text(source, encoding="utf-8")
    found, told = layouts.load(Files(folder), "我县.yaml", HERE)
    assert found is not None, told
    return found


def wide(columns: int, cell: str = "12345.6") -> Table:
    head = tuple(Line(f"指标{n}") for n in range(columns))
    return Table(Line("表1 各乡镇指标"), (head, tuple(Line(cell) for _ in head)))


def attached(*outlines: Outline) -> Document:
    names = tuple(Attachment(Line(f"清单{n}"), one) for n, one in enumerate(outlines))
    return Document(Outline(Line("通知"), blocks=(PLAIN,)), organs=(Line("清源县财政局"),), attachments=names)


# ---- layouts of one's own --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "source",
    [
        "依据: 公文\n版头: {分隔线: {颜色: 黑, 粗: [2.25磅, 0.75磅]}}",
        "依据: 函\n版头: {分隔线: {颜色: 黑}, 首页下线: {颜色: 黑, 粗: 无}}",
        "依据: 函\n版头: {标志距: 0毫米}\n样式: {发文机关标志: {行距: 100磅}}",
        "依据: 公文\n版头: {标志距: 0毫米, 后缀: 无}",
        "依据: 公文\n次序: [版记, 发文机关标志, 发文字号, 分隔线, 正文, 附件]",
        "依据: 公文\n版头: {分隔线: {长: 100毫米}}\n纸张: A5\n页边距: {天头: 20毫米, 订口: 20毫米}\n版心: {宽: 100毫米, 高: 150毫米, 每页行数: 12, 每行字数: 16}\n编号: 自动\n目录: 5层",
    ],
)
def test_a_layout_at_the_ends_of_its_values_is_written(tmp_path: Path, source: str) -> None:
    """The check of every document looks at colours, margins and places."""
    told = Document(
        Outline(
            Line("关于开展检查的通知"), blocks=(PLAIN, wide(4)), signature=(Line("清源县财政局"), Line("2022年10月8日"))
        ),
        organs=(Line("清源县财政局"),),
        number=Line("清财〔2022〕3号"),
        copies=Line("县委"),
    )
    assert room.write(told, own(tmp_path, source))


def test_joint_organs_fit_the_narrowest_text(tmp_path: Path) -> None:
    look = own(tmp_path, "依据: 公文\n版心: {宽: 20毫米, 每行字数: 3}\n样式: {发文字号: {首行: 0字}}")
    told = Document(Outline(blocks=(PLAIN,)), organs=(Line("清源县财政局"), Line("清源县发展和改革局")))
    assert room.write(told, look)


def test_rows_of_the_imprint_stand_where_their_looks_say(tmp_path: Path) -> None:
    look = own(tmp_path, "依据: 公文\n样式: {抄送: {左空: 2字, 右空: 0字}, 印发: {左空: 0字, 右空: 3字}}")
    told = Document(
        Outline(blocks=(PLAIN,)), copies=Line("县委"), printer=Line("县政府办"), printed=Line("2022年10月8日")
    )
    strip = part(room.write(told, look), "word/document.xml").find(f".//{W}tbl")
    assert strip is not None
    first, second = ({k.removeprefix(W): v for k, v in found.items()} for found in _indents(strip))
    assert first == {"left": "1400", "leftChars": "500", "hangingChars": "300", "hanging": "840"}
    assert second == {"left": "0", "rightChars": "300", "right": "840"}
    assert [tab.get(f"{W}pos") for tab in strip.iter(f"{W}tab") if tab.get(f"{W}pos")] == [str(8844 - 840)]


def _indents(strip: etree._Element) -> list[dict[str, str]]:
    return [{str(k): str(v) for k, v in found.attrib.items()} for found in strip.iter(f"{W}ind")]


def test_a_date_never_stands_beyond_the_text(tmp_path: Path) -> None:
    """7.3.5.2: 署名 of the width of the date, at an edge without room: both move left, the date still 2 字 in."""
    look = own(tmp_path, "样式: {署名: {右空: 0字}}")
    lines = (Line("清源县财政局办"), Line("2022年10月8日"))
    name, date = signature(Document(Outline(signature=lines), seal=UNSEALED), look)
    assert isinstance(name, Para)
    assert isinstance(date, Para)
    assert name.indent is not None
    assert date.indent is not None
    assert (name.indent.right, date.indent.right) == (150, 0)
    assert name.indent.right + 700 == date.indent.right + 650 + 200


@pytest.mark.parametrize(
    "names", ["张三 欧阳修远 王小明 李四 赵六六 买买提·吐尔逊 孙七", "甲乙丙 丁戊己 庚辛壬", "甲乙丙 丁戊 己庚 辛壬癸"]
)
def test_names_of_issuers_stand_under_one_another(names: str) -> None:
    """7.2.6: every first name of a line begins at one place, every second one too."""
    told = Document(Outline(), number=Line("清财〔2022〕3号"), issuers=tuple(map(Line, names.split())))
    lines = [item for item in compose(told, GOV).items if isinstance(item, Para) and item.look == "签发人"]
    first, second = set(), set()
    for item in lines:
        one, *gap_and_other = item.runs[2:]
        width = len(one.line) + sum(len(run.line) for run in gap_and_other)
        begins = item.tab - GOV.pitch * width
        first.add(begins)
        if gap_and_other:
            second.add(begins + GOV.pitch * (len(one.line) + len(gap_and_other[0].line)))
    assert len(first) == len(second) == 1
    assert len(lines) == -(-len(names.split()) // 2)


# ---- values that are not known yet -----------------------------------------------------------------------------------


def test_a_missing_organ_is_marked_in_its_own_size() -> None:
    mark = Mark(0, HERE, Origin("发文机关", None, missing=True))
    told = Document(Outline(blocks=(PLAIN,)), organs=(Line("【待补：发文机关】", (mark,)),))
    words = part(room.write(told, GOV), "word/document.xml")
    looks = next(words.iter(f"{W}highlight")).getparent()
    assert looks is not None
    assert [str(one.tag).removeprefix(W) for one in looks] == ["rStyle", "sz", "szCs", "highlight"][-len(looks) :]


# ---- wide tables -----------------------------------------------------------------------------------------------------


def kinds(items: tuple[Item, ...]) -> list[str]:
    told = {Grid: "表", Para: "段"}
    return [
        f"横{int(item.landscape)}" if isinstance(item, Turn) else getattr(item, "look", "") or told.get(type(item), "?")
        for item in items
    ]


def test_an_attachment_that_begins_with_a_wide_table_begins_on_its_page() -> None:
    """附件1 and the title stand above the table, on the landscape page, instead of on a page of their own."""
    one, other = Outline(Line("甲"), blocks=(wide(14), PLAIN)), Outline(Line("乙"), blocks=(PLAIN, wide(14)))
    found = kinds(compose(attached(one, other), GOV).items)
    at = found.index("横1")
    assert found[at : at + 5] == ["横1", "附件", "段", "附件标题", "段"]
    assert found[at + 5 : at + 9] == ["表题", "表", "横0", "正文"]
    assert found[at + 9 :] == ["附件", "段", "附件标题", "段", "正文", "横1", "表题", "表", "段"]


def test_two_such_attachments_share_their_pages_set_up_but_not_a_page() -> None:
    one = Outline(Line("甲"), blocks=(wide(14),))
    found = compose(attached(one, one), GOV).items
    assert [item.landscape for item in found if isinstance(item, Turn)] == [True]
    assert [p.new_page for p in found if isinstance(p, Para) and p.look == "附件"] == [True, True]
    assert room.write(attached(one, one), GOV)


@pytest.mark.parametrize(("columns", "size"), [(4, 0), (9, 0), (11, 0), (12, 21), (17, 18), (20, 15), (63, 15)])
def test_no_number_is_parted_while_a_smaller_size_has_room(columns: int, size: int) -> None:
    [grid] = (item for item in grids(wide(columns), GOV) if isinstance(item, Grid))
    assert {cell.size for row in grid.rows for cell in row if cell} == {size}
    assert grid.tight == (size > 0)
    if size != SMALLER[-1] or columns < 21:
        least = 7 * (size or GOV.looks["表文"].size) * 5
        assert min(grid.widths) >= least
    tables = part(room.write(Outline(blocks=(wide(columns),)), GOV), "word/document.xml")
    sizes = {str(one.get(f"{W}val")) for one in tables.iter(f"{W}sz")}
    assert sizes == ({str(size)} if size else set())


def test_grid_of_lines_and_characters() -> None:
    """网格: 行和字 is what Word itself writes for 22 lines of 28 字. Source: official-style.md 1.3 (579, -849)."""
    data = room.write(
        Outline(Line("题"), blocks=(Paragraph(Line("文。")),)), replace(named("总结"), grid="linesAndChars")
    )
    grid = next(part(data).iter(f"{W}docGrid"))
    assert [grid.get(f"{W}{key}") for key in ("type", "linePitch", "charSpace")] == ["linesAndChars", "579", "-849"]


def test_a_text_left_as_it_is_keeps_the_elements_around_it(tmp_path: Path) -> None:
    """体例 原样 says how the text is numbered; 附件, 抄送 and the rest are in the .txt all the same."""
    folder = "templates/甲局/月报/"
    files = {
        folder + "1.txt": "三、正文。\n",
        folder + "报告.yaml": "体例: 原样\n附件: 清单\n附注: 此件公开\n",
        "data/甲局/2022-09.yaml": "期间: 2022-09\n",
    }
    [result] = built(make(tmp_path, files), tmp_path / "out")
    text = Path(result.files[0]).read_text("utf-8")
    assert "三、正文。\n" in text
    assert "附件：清单\n" in text
    assert "（此件公开）\n" in text


def test_columns_beyond_the_last_keep_their_facts() -> None:
    """What is over Word's 63 columns stands in the last cell, and its figures know their facts."""
    place = Span("a.yaml", 1, 1)
    figure = Line("6起", (Mark(0, place, Origin("事故起数", place)),))
    grid = tables.grid(Table(Line(""), ((*[Line("列")] * 65, figure),)), named("总结"))
    last = grid.rows[0][-1]
    assert last is not None
    assert [mark.origin.fact for mark in last.line.marks if mark.origin] == ["事故起数"]
