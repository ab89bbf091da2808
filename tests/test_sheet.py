"""Tables of clerks: cases as data, files that are none, the look of numbers, forms that come back as they went out."""

from __future__ import annotations

import random
import sys
from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Alignment

from drafter import period, sheet, yamlfile
from drafter.diagnostic import DraftError
from drafter.facts import indicators as typed_indicators
from drafter.figure import Indicator
from drafter.sheet import shown
from drafter.sheet.elements import MAX_ELEMENTS, MAX_RANGES, Counted
from drafter.sheet.grid import MAX_CELLS, MAX_ROWS
from drafter.sheet.write import exact_number, sheet_name
from drafter.source import MAX_TEXT_BYTES, Files
from drafter.yamlfile import Mapping, Scalar, Sequence
from drafter.yamlfile.edit import written
from tests import sheets
from tests.case_files import CASES, Case, load
from tests.case_files import accept as accept_part

ALL = load(CASES / "sheet")
SEPTEMBER = period.month(2022, 9)
ROOT = Path(__file__).parents[1]


def moment(*parts: int) -> datetime:
    return datetime(*parts)  # noqa: DTZ001 sheets know no zones


def tree_of(data: bytes, name: str = "表.xlsx", asked: period.Period = SEPTEMBER):
    grids, told = sheet.read(data, name)
    tree, found = sheet.facts(grids, asked)
    return tree, [*told, *found]


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case, accept: bool) -> None:
    asked = period.parse(case.parts.get("period", "2022-09"))
    assert asked
    tree, told = tree_of(sheets.xlsx(case.input), asked=asked)
    results = {"tree": written(tree).rstrip("\n") if tree else "", "says": "\n".join(map(sheets.said, told))}
    for part, text in results.items():
        if accept and text != case.parts.get(part, ""):
            accept_part(case, part, text)
    if not accept:
        assert {part: case.parts.get(part, "") for part in results} == results


def test_every_code_has_a_case() -> None:
    text = "".join(case.parts["says"] for case in ALL)
    for code in ("F102", "F105", "F132", "F133", "F134", "F135"):
        assert code in text


@pytest.mark.parametrize("case", [case for case in ALL if case.file.stem == "figures"][:7], ids=str)
def test_old_workbooks_read_the_same(case: Case) -> None:
    """The same table as .xls: the same facts, whatever the file is called."""
    new, _ = tree_of(sheets.xlsx(case.input))
    old, told = tree_of(sheets.xls(case.input.replace("⏎", "")), "表.et")
    assert new is not None
    assert sheets.plain(new) == sheets.plain(old), told


def test_an_et_file_may_hold_either_kind() -> None:
    text = "指标|本期\n事故起数|{6}"
    for data in (sheets.xlsx(text), sheets.xls(text)):
        assert sheets.plain(tree_of(data, "收支.et")[0]) == {"事故起数": "6"}


def test_old_workbooks_tell_errors_dates_and_hidden_rows() -> None:
    import xlwt

    book = xlwt.Workbook()
    page = book.add_sheet("收支")
    for row, cells in enumerate([("指标", "本期"), ("甲", 1), ("乙", 2), ("丙", True)]):
        for column, cell in enumerate(cells):
            page.write(row, column, cell)
    page.write(4, 0, "丁")
    page.write(4, 1, moment(2022, 9, 1), xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"'))
    page.write(5, 0, "戊")
    page.row(5).set_cell_error(1, "#DIV/0!")
    page.row(2).hidden = True
    stream = BytesIO()
    book.save(stream)
    tree, told = tree_of(stream.getvalue(), "老表.xls")
    assert sheets.plain(tree) == {"甲": "1", "乙": "2", "丙": "TRUE", "丁": "2022年9月1日", "戊": None}
    assert [(d.code, str(d.span)) for d in told] == [("F132", "老表.xls:收支!B6"), ("F134", "老表.xls:收支!A1")]


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        ("指标,本期\r\n事故起数,6\r\n".encode("utf-8-sig"), "", ""),
        ("指标\t本期\r\n事故起数\t6\r\n".encode("gb18030"), "F107", "GB 18030"),
        ("指标；本期\r\n事故起数；6\r\n".encode("utf-16"), "", ""),
        ("指标;本期\n事故起数;6\n".encode(), "", ""),
        ('指标,本期,备注\n"事故\n起数",="6","a,b"\n'.encode(), "", ""),
    ],
)  # fmt: skip
def test_separated_values(data: bytes, code: str, words: str) -> None:
    tree, told = tree_of(data, "data/局/2022-09.csv")
    found = sheets.plain(tree)
    assert found in ({"事故起数": "6"}, {"事故起数": {"本期": "6", "备注": "a,b"}})
    assert [d.code for d in told] == ([code] if code else [])
    assert all(words in d.message for d in told)
    assert tree is not None
    value = tree.items[0][1]
    line = 2 if not isinstance(value, Mapping) else value.items[0][1].span.line
    assert str(tree.items[0][0].span) == f"data/局/2022-09.csv:{line}:1"


def test_a_quote_that_never_ends_is_told() -> None:
    _, told = tree_of('指标,本期\n"事故起数,6\n死亡人数,6\n'.encode(), "a.csv")
    assert [d.code for d in told] == ["F131"]
    assert "第 2 行" in told[0].message


def zipped(**members: bytes) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return stream.getvalue()


def changed(data: bytes, member: str, change) -> bytes:
    """The archive with one member changed."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == member else content)
    return stream.getvalue()


TABLE = sheets.xlsx("指标|本期\n事故起数|{6}")
SHEET = "xl/worksheets/sheet1.xml"


def inside(cells: bytes) -> bytes:
    """The table with another row."""
    return changed(TABLE, SHEET, lambda c: c.replace(b"</sheetData>", b'<row r="9">' + cells + b"</row></sheetData>"))


def behind(elements: bytes) -> bytes:
    """The table with more elements behind its rows."""
    return changed(TABLE, SHEET, lambda c: c.replace(b"</sheetData>", b"</sheetData>" + elements))


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REFUSED = {
    "nothing": (b"", "表.xlsx", "F131", "空的"),
    "zeros": (b"\0" * 100, "表.xlsx", "F131", "空的"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"x" * 99, "表.xlsx", "F131", "不是表格"),
    "a PDF": (b"%PDF-1.7\n", "表.xls", "F131", "PDF"),
    "a web page": (b"<html><table><tr><td>6</td></tr></table>", "导出.xls", "F131", "网页"),
    "XML of 2003": (b'<?xml version="1.0"?>\n<Workbook xmlns="urn:x">', "导出.xls", "F131", "2003"),
    "a Word file": (zipped(word__document_DOT_xml=b"<a/>"), "报告.xlsx", "F131", "文稿"),
    "a binary workbook": (zipped(xl__workbook_DOT_bin=b"x"), "表.xlsb", "F131", "xlsb"),
    "an archive": (zipped(a_DOT_txt=b"x"), "表.zip", "F131", "压缩包"),
    "an encrypted workbook": (OLE + "EncryptedPackage".encode("utf-16-le"), "密.xlsx", "F131", "密码"),
    "an old Word file": (OLE + "WordDocument".encode("utf-16-le"), "报告.xls", "F131", "文稿"),
    "a damaged old workbook": (OLE, "表.xls", "F131", "损坏"),
    "half a workbook": (TABLE[: len(TABLE) // 2], "表.xlsx", "F131", "损坏"),
    "damaged XML": (changed(TABLE, SHEET, lambda c: c[:-20]), "表.xlsx", "F131", "读不下去"),
    "a DTD": (changed(TABLE, SHEET, lambda c: b'<!DOCTYPE a [<!ENTITY b "c">]>' + c), "表.xlsx", "F131", "可疑"),
    "too large": (b"PK" + b"x" * MAX_TEXT_BYTES, "表.xlsx", "F109", "5 MB"),
    "a bomb": (changed(TABLE, SHEET, lambda c: c + b" " * (70 << 20)), "表.xlsx", "F109", "反常"),
    "too many parts": (zipped(**{f"xl__a{n}": b"" for n in range(1100)}), "表.xlsx", "F109", "反常"),
    "too many cells": (inside(b"<c><v>1</v></c>" * (MAX_CELLS + 1)), "表.xlsx", "F109", "单元格"),
    "elements without end": (inside(b"<c>" * 200 + b"</c>" * 200), "表.xlsx", "F109", "反常"),
    "merged without end, oddly written": (behind(b"<mergeCell ref='$a$1:xfd1048576'/>"), "表.xlsx", "F109", "合并"),
    "a million merged ranges": (behind(b'<mergeCell ref="A1:B1"/>' * (MAX_RANGES + 1)), "表.xlsx", "F109", "合并"),
    "a DTD behind a long remark": (
        changed(TABLE, SHEET, lambda c: b"<!--" + b"a" * 200_000 + b'--><!DOCTYPE a [<!ENTITY b "c">]>' + c),
        "表.xlsx",
        "F131",
        "可疑",
    ),
    "a DTD in UTF-16": (
        changed(
            TABLE,
            SHEET,
            lambda c: ('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a>' + c.decode()).encode("utf-16"),
        ),
        "表.xlsx",
        "F131",
        "可疑",
    ),
    "merged without end": (
        changed(TABLE, SHEET, lambda c: c.replace(b"</sheetData>", b'</sheetData><mergeCell ref="A1:XFD1048576"/>')),
        "表.xlsx",
        "F109",
        "合并",
    ),
    "text that is no text": (b"\xff\x00\xfe\x01,,\n", "a.csv", "F107", "读不出"),
    "NUL in text": ("指标,本期\n事故\0,6\n".encode(), "a.csv", "", ""),
}


def test_empty_cells_are_counted_too() -> None:
    cells = b"<sheetData>" + b'<c s="1"/>' * (MAX_ELEMENTS + 1) + b"</sheetData>"
    with pytest.raises(DraftError) as stop:
        Counted("表.xlsx").take(cells, SHEET)
    assert [d.code for d in stop.value.diagnostics] == ["F109"]
    assert "格线" in stop.value.diagnostics[0].message


@pytest.mark.parametrize("name", REFUSED)
def test_files_that_are_no_tables(name: str) -> None:
    data, file, code, words = REFUSED[name]
    grids, told = sheet.read(data, file)
    if not code:
        assert grids
        return
    assert grids == ()
    assert [d.code for d in told] == [code]
    assert words in told[0].message
    assert told[0].hint
    assert told[0].span.file == file


@pytest.mark.parametrize(
    ("package", "data", "file"), [("openpyxl", TABLE, "a.xlsx"), ("xlrd", sheets.xls("a|b"), "a.et")]
)
def test_a_package_that_is_not_there_is_told(monkeypatch, package: str, data: bytes, file: str) -> None:
    for name in [m for m in sys.modules if m.split(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    _, told = sheet.read(data, file)
    assert told[0].message == f"读 Excel 要装 {package}"
    assert "pip install openpyxl" in told[0].hint


def test_without_openpyxl_nothing_is_written(monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(DraftError, match="openpyxl"):
        sheet.write((sheet.Table("表", "", ("指标",), ()),))


def test_a_stray_cell_is_told_and_does_not_hang() -> None:
    book = openpyxl.load_workbook(BytesIO(TABLE))
    book.worksheets[0]["XFD1048576"] = "x"
    tree, told = tree_of(sheets.saved(book))
    assert sheets.plain(tree) == {"事故起数": "6"}
    assert [(d.code, d.span.cell) for d in told] == [("F109", "表!XFD1048576")]


def test_many_notes_are_summed_up() -> None:
    tree, told = tree_of(("指标,本期\n甲,1\n" + "注：x\n" * 500).encode(), "a.csv")
    assert sheets.plain(tree) == {"甲": "1"}
    assert len(told) == 60
    assert told[-1].message.endswith("（没读的还有 440 处）")


def test_many_errors_are_summed_up() -> None:
    _, told = tree_of(("指标,本期\n" + "".join(f"甲{n},#N/A\n" for n in range(100))).encode(), "a.csv")
    assert len(told) == 20
    assert told[-1].message == "单元格是错误值“#N/A”（这样的单元格还有 80 个）"


def test_long_blanks_and_brackets_cost_nothing() -> None:
    """Patterns that meet long runs of what they look for: linear, or the suite's time limit ends it."""
    blanks = " " * 30_000
    rows = [f"注{blanks}x,1", f"甲{blanks}乙,{blanks}x", "a" * 30_000 + ",1", f"{'（' * 15_000},1"]
    for row in ("指标,本期", *rows):
        tree_of(f"{row}\n指标,本期\n{row}\n甲,1\n".encode(), "a.csv")
    for padding in (b" " * (3 << 20), b"<c " * (1 << 20), b'<mergeCell ref="' * (1 << 17)):
        data = changed(TABLE, SHEET, lambda c, p=padding: c.replace(b"</row>", b'<c r="C1"><f>1</f>' + p, 1))
        assert sheet.read(data, "a.xlsx")[1]
    shown.number(1.5, "[" * 255)


def test_too_many_rows_are_told() -> None:
    data = ("指标,本期\n" + "甲,1\n" * (MAX_ROWS + 1)).encode()
    grids, told = sheet.read(data, "a.csv")
    assert not grids
    assert [d.code for d in told] == ["F109"]


def test_formulas_without_a_result_are_told_and_empty_results_are_not() -> None:
    book = openpyxl.load_workbook(BytesIO(TABLE))
    page = book.worksheets[0]
    page["A3"], page["B3"] = "死亡人数", "=B2*2"
    data = sheets.saved(book)
    tree, told = tree_of(data)
    assert sheets.plain(tree) == {"事故起数": "6", "死亡人数": None}
    assert [(d.code, d.span.cell) for d in told] == [("F132", "表!B3")]
    counted = changed(
        data,
        SHEET,
        lambda c: c.replace(b"<f>B2*2</f><v />", b"<f>B2*2</f><v>12</v>").replace(
            b"<f>B2*2</f><v></v>", b"<f>B2*2</f><v>12</v>"
        ),
    )
    assert sheets.plain(tree_of(counted)[0]) == {"事故起数": "6", "死亡人数": "12"}
    blank = changed(data, SHEET, lambda c: c.replace(b'<c r="B3"', b'<c t="str" r="B3"'))
    assert tree_of(blank)[1] == []


def test_hidden_rows_columns_and_sheets_are_read_and_told() -> None:
    book = openpyxl.load_workbook(
        BytesIO(sheets.xlsx("指标|本期|上期\n事故起数|{6}|{5}\n＝暗\n指标|本期\n死亡人数|{6}"))
    )
    first, second = book.worksheets
    first.row_dimensions[2].hidden = True
    first.column_dimensions["C"].hidden = True
    second.sheet_state = "hidden"
    tree, told = tree_of(sheets.saved(book))
    assert sheets.plain(tree) == {"事故起数": {"本期": "6", "上期": "5"}, "死亡人数": "6"}
    assert [d.message for d in told] == [
        "“表”第 2 行是隐藏的，照样读入", "“表”第 C 列是隐藏的，照样读入", "“暗”工作表是隐藏的，照样读入",
    ]  # fmt: skip


def test_indentation_by_format_makes_parts() -> None:
    book = openpyxl.load_workbook(BytesIO(sheets.xlsx("指标|本期\n事故起数|{6}\n工贸|{4}")))
    book.worksheets[0]["A3"].alignment = Alignment(indent=1)
    assert sheets.plain(tree_of(sheets.saved(book))[0]) == {"事故起数": {"本期": "6", "其中": {"工贸": "4"}}}


def test_chinese_dates_that_files_name_by_number() -> None:
    book = openpyxl.load_workbook(BytesIO(sheets.xlsx("指标|本期\n会议日期|{44805;0}")))
    data = changed(sheets.saved(book), "xl/styles.xml", lambda c: c.replace(b'numFmtId="1"', b'numFmtId="31"'))
    assert sheets.plain(tree_of(data)[0]) == {"会议日期": "2022年9月1日"}


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (60.2, "General", "60.2"), (60.199999999999996, "General", "60.2"), (0.1 + 0.2, "", "0.3"), (6, "General", "6"),
        (60.2, "0.00", "60.20"), (0.455, "0.0%", "45.5%"), (1752, "#,##0", "1,752"), (-1752.5, "#,##0.0_);(#,##0.0)", "-1,752.5"),
        (-3, '0;[Red]"减"0', "-减3"), (0, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0.00"),
        (1234.5, "¥#,##0.00", "1,234.50"), (1234.5, "[$¥-804]#,##0.00", "1,234.50"), (6, '0"起"', "6起"), (2.5, "0.0##", "2.5"),
        (5, "00000", "00005"), (10**17, "0", "1" + "0" * 17), (1e20, "0", "1" + "0" * 20), (0.5, "#.0", "0.5"), (7, "@", "7"),
        (0.005, "0.00", "0.01"), (2.675, "0.00", "2.68"), (12345, '0!.0,"万"', "12345"), (7, "[>5]0.0;0", "7"), (0.5, "# ?/?", "0.5"),
        (12345678, "#,##0,", "12345678"), (1e-20, "General", "0"), (0.00001234, "General", "0.00001234"), (1 / 3, "General", "0.333333333"),
        (True + 5, "0.00E+00", "6"), (3, ";;;", "3"),
    ],
)  # fmt: skip
def test_numbers_as_displayed(value: float, pattern: str, text: str) -> None:
    assert shown.number(value, pattern).text == text


def test_what_is_not_a_number_is_none() -> None:
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError, match=r"nan|inf"):
            shown.number(value, "0")


@pytest.mark.parametrize(
    ("value", "pattern", "text"),
    [
        (moment(2022, 9, 1), "mm-dd-yy", "2022年9月1日"), (date(2022, 9, 1), "General", "2022年9月1日"),
        (moment(2022, 9, 1), 'yyyy"年"m"月"d"日"', "2022年9月1日"), (moment(2022, 9, 1), 'yyyy"年"m"月";@', "2022年9月"),
        (moment(2022, 9, 1, 12, 5), "yyyy/m/d h:mm", "2022/9/1 12:05"), (moment(2022, 9, 1), "yyyy-mm-dd;@", "2022-09-01"),
        (moment(2022, 9, 1, 12, 5), "mm-dd-yy", "2022年9月1日 12:05"), (moment(2022, 9, 1), "[$-F800]dddd, mmmm dd", "2022年9月1日"),
        (moment(2022, 9, 1), "yy-mm-dd", "22-09-01"), (moment(2022, 9, 1), "yyyy-m-d aaaa", "2022-9-1 星期四"),
        (time(12, 30), "h:mm", "12:30"), (time(12, 30, 5), "mm:ss", "30:05"), (time(9, 30), "yyyy", "9:30"),
        (timedelta(hours=30), "[h]:mm", "30:00"), (timedelta(seconds=61), "[h]:mm:ss", "0:01:01"),
        (moment(2022, 9, 1), "[$-411]ggge", "2022年9月1日"),
    ],
)  # fmt: skip
def test_moments_as_displayed(value, pattern: str, text: str) -> None:
    assert shown.moment(value, pattern) == text


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("部门：应急管理局　期间：2022-09\n指标|单位|本期", "a.xlsx", ("应急管理局", "2022-09")),
        (
            "清源县应急管理局2022年1—9月统计表|<|<\n指标|单位|本期",
            "a.xlsx",
            ("清源县应急管理局统计表 a", "2022-01..2022-09"),
        ),
        ("指标|单位|本期\n甲|个|{1}", "财政局2022年上半年.xlsx", ("财政局", "2022H1")),
        ("指标|单位|本期\n甲|个|{1}", "上报/民政局_2022-09.xlsx", ("民政局", "2022-09")),
        ("指标|单位|本期\n甲|个|{1}", "月报.xlsx", ("月报", None)),
    ],
)
def test_subject(text: str, name: str, expected: tuple[str, str | None]) -> None:
    words, found = sheet.subject(sheet.read(sheets.xlsx(text), name)[0], name)
    assert (words, found and str(found)) == expected


def test_indicators_of_a_sheet() -> None:
    text = "＝指标\n县级指标\n指标名称|计量单位|性质|极性|小数|责任单位|备查\n事故起数|起|个数|越低越好|{0}|县应急管理局|x\n占比|%||||\n占比|‰||||\n注：x"
    grids, _ = sheet.read(sheets.xlsx(text), "a.xlsx")
    tree, told = sheet.indicators(grids)
    assert sheets.plain(tree) == {
        "事故起数": {"单位": "起", "性质": "个数", "极性": "越低越好", "小数": "0", "责任单位": "县应急管理局"},
        "占比": {"单位": "%"},
    }
    assert [d.code for d in told] == ["F102"]
    assert typed_indicators(tree)[1] == ()
    assert sheet.facts(grids, SEPTEMBER) == (None, ())


def test_what_the_indicator_says_is_not_said_again() -> None:
    known = {"事故起数": Indicator("事故起数", "起", office="县应急管理局", source="通报")}
    text = "指标|单位|本期|责任单位|来源\n事故起数|起|{6}|县应急管理局|通报\n  其中：工贸|起|{4}|县应急管理局|"
    tree, _ = sheet.facts(sheet.read(sheets.xlsx(text), "a.xlsx")[0], SEPTEMBER, known)
    assert sheets.plain(tree) == {"事故起数": {"本期": "6", "其中": {"工贸": "4"}}}


# ---- writing


def test_a_written_table_is_text_numbers_and_never_a_formula() -> None:
    texts = (
        "=1+1",
        "@x",
        "+8",
        "-5",
        "7.10",
        "1,752",
        "45.5%",
        "2800余",
        "0012",
        "_x0041_",
        "a\x07b",
        "6\n7",
        "",
        "12:30",
    )
    table = sheet.Table(
        "a/b[1]:*?很长的工作表名称很长的工作表名称很长的工作表名称", "标题", texts, (texts, texts), ("线",), ("注：x",)
    )
    data = sheet.write((table, table))
    assert data == sheet.write((table, table))
    book = openpyxl.load_workbook(BytesIO(data))
    assert [len(page.title) for page in book] == [31, 31]
    page = book.worksheets[0]
    cells = next(iter(page.iter_rows(min_row=4, max_row=4)))
    assert {cell.data_type for cell in page["3"]} == {"s", "n"}
    assert [cell.data_type for cell in cells] == list("sssnnnnsssssns")
    assert cells[0].value == "=1+1"
    assert cells[0].quotePrefix
    assert page.freeze_panes == "B4"
    grids, told = sheet.read(data, "a.xlsx")
    assert told == ()
    assert [cell.text for cell in grids[0].rows[3]] == [*texts[:9], "_x0041_", "ab", *texts[11:]]


@pytest.mark.parametrize(
    "text", ["0", "6", "7.10", "-0.5", "1,752", "1,752.50", "45.5%", "100%", "-3.90%", "0.00", "999999999999999"]
)
def test_exact_numbers(text: str) -> None:
    found = exact_number(text)
    assert found
    assert shown.number(*found).text == text


@pytest.mark.parametrize(
    "text", ["", "007", "-0", "1,75", "1e3", ".5", "5.", "6起", "1234567890123456789", "-0.0%", "１"]
)
def test_texts_that_stay_text(text: str) -> None:
    assert exact_number(text) is None


def test_names_of_sheets() -> None:
    taken: set[str] = set()
    for name, expected in (
        ("数据", "数据"),
        ("数据", "数据(2)"),
        ("a/b", "a_b"),
        ("'x'", "x"),
        ("", "表"),
        ("History", "History表"),
    ):
        found = sheet_name(name, taken)
        taken.add(found.lower())
        assert found == expected


def test_no_table_is_no_workbook() -> None:
    with pytest.raises(ValueError, match="no table"):
        sheet.write(())


def mapping(**values) -> Mapping:
    return Mapping(
        tuple((Scalar(key), Scalar(value) if isinstance(value, str) else value) for key, value in values.items())
    )


def test_the_form_of_what_no_table_holds() -> None:
    deep = Sequence((mapping(甲=Sequence((Scalar("1"),))),))
    tree = mapping(
        事故起数="6", 深=deep, 错=mapping(本期="6", 本其="7"), 位=mapping(本期="1", 位次=mapping(第="1", 无="2"))
    )
    tables, left = sheet.form(tree, "局", SEPTEMBER)
    assert left == ("深", "错", "位")
    assert [table.rows for table in tables] == [(("事故起数", "", "6", "", ""),)]


def test_an_empty_form_offers_columns() -> None:
    known = {"事故起数": Indicator("事故起数", "起", office="安全科")}
    (table,), left = sheet.form(mapping(事故起数=""), "局", SEPTEMBER, known, more=("上年同期",))
    assert table.head == ("指标", "单位", "本期", "上年同期", "责任单位", "备注")
    assert table.rows == (("事故起数", "起", "", "", "安全科", ""),)
    assert left == ()
    assert sheet.form(Mapping(), "局", SEPTEMBER)[0][0].rows == ()


# ---- laws

NAMES = [
    "事故起数",
    "PM2.5浓度",
    "R&D经费",
    "“双招双引”项目",
    "一般公共预算收入",
    "合计",
    "投资（万元）",
    "一、二",
    "A_1",
    "其中数",
]
DIGITS = st.sampled_from(["6", "7.10", "1,752", "0.00", "-5", "2800余", "近10", "100000", "0.5", "12,345.60", "60.2"])
GROWTH = st.sampled_from(["45.5%", "-3.90%", "1.2个百分点", "0%", "7"])
TEXTS = st.text("甲乙丙=+-@'\"，。：:#&<>_x0041/\\%1234567890 无—", min_size=1, max_size=12).map(str.strip).filter(bool)
UNITS = st.sampled_from(["", "起", "亿元", "万元", "%", "微克/立方米"])


@st.composite
def amounts(draw, *, parts: int = 1):
    unit = draw(UNITS)
    keys = draw(st.lists(st.sampled_from(["本期", "上年同期", "上期", "目标", "累计"]), unique=True, max_size=3))
    pairs = {key: draw(DIGITS) + (unit if draw(st.integers(0, 5)) else "") for key in keys}
    pairs |= {key: draw(GROWTH) for key in draw(st.lists(st.sampled_from(["增幅", "上年增幅"]), unique=True))}
    if parts and draw(st.booleans()):
        names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1, max_size=3))
        pairs["其中"] = mapping(
            **{name: draw(st.one_of(DIGITS, st.just(""), amounts(parts=parts - 1))) for name in names}
        )
    if draw(st.booleans()):
        pairs["位次"] = mapping(第="3", 范围="七县（市）") if draw(st.booleans()) else "5"
    if pairs and draw(st.booleans()):
        pairs |= {"预计": "true", "口径": "可比价", "备注": draw(TEXTS)}
    return mapping(**(pairs or {"本期": "6"}))


RECORDS = st.lists(
    st.dictionaries(
        st.sampled_from(["项目", "总额（亿元）", "序号", "进展"]), st.one_of(DIGITS, TEXTS), min_size=1
    ).map(lambda d: mapping(**d)),
    min_size=1,
    max_size=3,
).map(lambda items: Sequence(tuple(items)))
FACTS = st.dictionaries(
    st.sampled_from(NAMES),
    st.one_of(
        st.just(""), DIGITS, TEXTS, amounts(), RECORDS, st.lists(TEXTS, min_size=1, max_size=3).map(lambda t: Sequence(tuple(map(Scalar, t))))
    ),
    min_size=1,
).map(lambda d: mapping(**d))  # fmt: skip


def meant(node):
    """A tree's values as the reader of facts takes them: a figure of nothing but 本期 is that value, empty is absent."""
    found = sheets.plain(node) if not isinstance(node, (dict, list, str, type(None))) else node
    if isinstance(found, list):
        return [meant(item) for item in found]
    if not isinstance(found, dict):
        return found
    pairs = {key: meant(value) for key, value in found.items()}
    pairs = {
        key: {"true": "是", "false": "否"}.get(value, value) if key == "预计" else value for key, value in pairs.items()
    }
    pairs = {key: value for key, value in pairs.items() if value not in (None, {})}
    return pairs["本期"] if list(pairs) == ["本期"] else (pairs or None)


@given(FACTS, st.booleans())
@settings(max_examples=100)
def test_a_filled_form_comes_back(tree: Mapping, with_known: bool) -> None:
    known = {"事故起数": Indicator("事故起数", "起", office="安全科")} if with_known else {}
    tables, left = sheet.form(tree, "局", SEPTEMBER, known)
    assert left == ()
    grids, told = sheet.read(sheet.write(tables), "表.xlsx")
    back, found = sheet.facts(grids, SEPTEMBER, known)
    assert [sheets.said(d) for d in (*told, *found)] == []
    before = {key: meant(value) for key, value in sheets.plain(tree).items()}
    after = {key: meant(value) for key, value in sheets.plain(back).items()}
    assert after == before


WORDS = ["", "指标", "本期", "单位", "9月", "增幅（%）", "其中：甲", "　乙", "6", "1,752", "亿元", "—", "注：x", "项目", "位次", "名称", "性质",
         "部门：局", "期间：2022-09", "列表：丙", "1—9月", "累计", "合计", "一、丁", "#DIV/0!", "<", "^", "2022年9月", "填报表"]  # fmt: skip


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=6), max_size=8))
@settings(max_examples=80)
def test_any_table_is_read_without_raising_and_findings_have_places(rows: list[list[str]]) -> None:
    text = "\n".join("|".join(row) for row in rows)
    grids, told = sheet.read(sheets.xlsx(text or "x"), "表.xlsx")
    _, found = sheet.facts(grids, SEPTEMBER)
    sheet.indicators(grids)
    sheet.subject(grids, "表.xlsx")
    for finding in (*told, *found):
        assert finding.span.line <= max(len(rows), 1)
        assert finding.span.cell.startswith("表!") or finding.code == "F131"


def test_damaged_files_never_raise() -> None:
    chance = random.Random(7)
    for data, name in (
        (TABLE, "a.xlsx"),
        (sheets.xls("指标|本期\n甲|{6}"), "a.xls"),
        ("指标,本期\n甲,6\n".encode("gbk"), "a.csv"),
    ):
        for _ in range(60):
            broken = bytearray(data)
            for _ in range(chance.randint(1, 20)):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            grids, told = sheet.read(bytes(broken), name)
            assert grids or told
            sheet.facts(grids, SEPTEMBER)


def test_sample_facts_come_back_from_their_forms() -> None:
    files = Files(ROOT)
    seen = 0
    for department in files.folders("data"):
        known = {}
        for folder in ("公共", department):
            name = f"data/{folder}/指标.yaml"
            known |= typed_indicators(yamlfile.load(files, name)[0])[0] if files.exists(name) else {}
        for name in files.names(f"data/{department}"):
            asked = period.parse(name.removesuffix(".yaml"))
            tree = yamlfile.load(files, f"data/{department}/{name}")[0] if asked else None
            if asked is None or tree is None:
                continue
            tables, left = sheet.form(tree, department, asked, known)
            grids, told = sheet.read(sheet.write(tables), "表.xlsx")
            back, found = sheet.facts(grids, asked, known)
            before = {key: value for key, value in sheets.plain(tree).items() if key not in ("期间", *left)}
            assert (*told, *found) == ()
            assert meant(sheets.plain(back)) == meant(before)
            seen += 1
    assert seen > 10
