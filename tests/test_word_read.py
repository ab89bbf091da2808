"""Reading foreign .docx: what is seen is read, what stands apart stays apart, what is left out is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from drafter.diagnostic import DraftError, Severity
from drafter.reading import Apart
from drafter.reading import read as read_file
from drafter.source import Span
from drafter.text import read as read_text
from drafter.units import units
from drafter.word.found import ELEMENTS, KINDS
from drafter.word.read import read_all
from drafter.word.reading.symbols import UNKNOWN, symbol
from drafter.word.reading.words import ASIDES
from tests.case_files import CASES, Case, accept, load
from tests.word_files import body, docx, root

ALL = load(CASES / "word" / "text.txt")
_ROOTS = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes", "endnotes": "endnotes", "comments": "comments",
          "chart": "hdr", "diagramData": "hdr"}  # fmt: skip


def file_of(case: Case) -> bytes:
    parts = {}
    for name, lines in case.parts.items():
        kind = name.rstrip("0123456789")
        if kind in _ROOTS:
            parts[name] = (f"{name}.xml", root(_ROOTS[kind], body(lines)))
    return docx(case.input, looks=case.parts.get("styles", ""), **parts)


@pytest.mark.parametrize("case", ALL, ids=str)
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    found = read_all(file_of(case), "a.docx")
    lines = "\n".join(line.text for line in found.text)
    if request.config.getoption("--accept", default=False):
        accept(case, "lines", lines)
        return
    assert lines == case.parts["lines"]
    told = [f"{d.code} {d.span.line} {d.message.partition('（')[2].rstrip('）')}" for d in found.diagnostics]
    assert told == case.lines("told")
    apart = [f"{a.kind} {a.span.line}:{a.span.column} {a.text}".replace("\n", "⏎") for a in found.apart]
    assert apart == case.lines("apart")


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Wingdings", "F0FC", "✓"),
        ("wingdings", "6F", "□"),
        ("Symbol", "F0B4", "×"),
        ("Symbol", "0031", "1"),
        ("Wingdings", "F001", UNKNOWN),
        ("宋体", "2460", "①"),
        ("宋体", "E123", UNKNOWN),
        (None, "xyz", UNKNOWN),
        (None, "110000", UNKNOWN),
        (None, None, UNKNOWN),
        ("宋体", "000A", UNKNOWN),
    ],
)
def test_symbols(font: str | None, code: str | None, shown: str) -> None:
    assert symbol(font, code) == shown


def test_places_of_a_document_count_its_lines(tmp_path: Path) -> None:
    """Paragraphs count empty ones too; what is told must point into the text that is shown."""
    note = root("footnotes", '<w:footnote w:id="1"><w:p><w:r><w:t>含道路运输</w:t></w:r></w:p></w:footnote>')
    body_lines = (
        "/ 标题\n<w:p/>\n<w:p/>\n1/0 甲{<w:footnoteReference w:id='1'/>}\n7/0 乙\n"
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r></w:p>"
    )
    path = tmp_path / "a.docx"
    path.write_bytes(docx(body_lines, LISTS, footnotes=("footnotes.xml", note)))
    document = read_file(path, "a.docx")
    assert document.source == "标题\n一、甲\n乙"
    assert [(d.code, d.span.line) for d in document.diagnostics] == [("D115", 3), ("D116", 3), ("D117", 2)]
    assert document.apart == (
        Apart("脚注", "含道路运输", Span("a.docx", 2, 2)),
        Apart("隐藏文字", "密", Span("a.docx", 3, 1)),
    )
    assert [line.at(0) for line in document.text] == [Span("a.docx", n, 1) for n in (1, 2, 3)]


def test_tracked_changes_are_a_note_on_the_file() -> None:
    changed = '<w:p><w:ins w:id="1" w:author="a"><w:r><w:t>甲</w:t></w:r></w:ins></w:p>'
    (told,) = read_all(docx(f"/ 前\n/ 再前\n{changed}"), "a.docx").diagnostics
    assert told.line() == (
        "a.docx:1:1: D121 说明：有修订1处，按全部接受读（插入1处） ➜ 有不该接受的，先在 Word 里拒绝，保存后再读"
    )


def test_how_to_get_what_another_file_holds() -> None:
    body_lines = '<w:altChunk r:id="rchunk"/>\n<w:subDoc r:id="rY"/>\n<w:p><w:r><w:object/></w:r></w:p>'
    hints = {d.message: d.hint for d in read_all(docx(body_lines), "a.docx").diagnostics}
    assert list(hints) == [f"有内容没有读入（{what}共1处）" for what in ("插入的文件", "子文档", "嵌入对象")]
    file, under, embedded = hints.values()
    assert "用 Word 打开，另存一次" in file
    assert "展开子文档" in under
    assert "复制为普通文字" in embedded


def test_every_kind_apart_has_a_case() -> None:
    kinds = {line.split(" ")[0] for case in ALL for line in case.lines("apart")}
    assert kinds == set(KINDS) - set(ELEMENTS)
    assert set(ASIDES) < kinds


REPORT = """\
*大标题 安全形势
*小标题 安全生产
*条 逐级梳理责任清单
*款 抓培训
*款 抓演练
*条 2022年隐患排查120处
*小标题 自然灾害
*条 启动应急响应
*大标题 工作开展
*小标题 防汛备汛
2/0 检查水库
2/0 检查山塘"""
LISTS = "甲: chineseCounting %1、 style=大标题 | chineseCounting （%2） style=小标题 | decimal %3. style=条 | decimal （%4） style=款\n乙: decimal %1.\n1 = 甲\n2 = 乙"
LOOKS = "\n".join(
    f'{name}: <w:numPr><w:ilvl w:val="{n}"/><w:numId w:val="1"/></w:numPr>'
    for n, name in enumerate(("大标题", "小标题", "条", "款"))
)


def test_headings_of_a_multilevel_list_make_the_tree(tmp_path: Path) -> None:
    path = tmp_path / "总结.docx"
    path.write_bytes(docx(f"/ 县应急管理局2022年9月工作总结\n{REPORT}", LISTS, LOOKS))
    outline, _ = read_text(read_file(path, "总结.docx").text)
    found = [(unit.marker.written or str(unit.marker), unit.heading or unit.body) for unit in units(outline)[1]]
    assert found == [
        ("一、", "安全形势"),
        ("（一）", "安全生产"),
        ("1.", "逐级梳理责任清单"),
        ("（1）", "抓培训"),
        ("（2）", "抓演练"),
        ("2.", "2022年隐患排查120处"),
        ("（二）", "自然灾害"),
        ("1.", "启动应急响应"),
        ("二、", "工作开展"),
        ("（一）", "防汛备汛"),
        ("1.", "检查水库"),
        ("2.", "检查山塘"),
    ]


SHARED = Path(__file__).parents[2] / "shared" / "corpus"


@pytest.mark.skipif(not SHARED.exists(), reason="the foreign files are not beside this checkout")
def test_foreign_files_keep_their_text(capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks.docx_text import main

    assert main(SHARED / "docx", SHARED / "docx" / "oracle.tsv") == 0
    assert "2434 of 2434 characters" in capsys.readouterr().out


@pytest.mark.skipif(not SHARED.exists(), reason="the hostile files are not beside this checkout")
def test_hostile_files_end_as_expected() -> None:
    rows = [line.split("\t") for line in (SHARED / "hostile/docx/expected.tsv").read_text("utf-8").splitlines()[1:]]
    seen = 0
    for name, wanted, words, *_ in rows:
        path = SHARED / "hostile/docx" / name
        if not path.exists():
            continue
        seen += 1
        try:
            found = read_all(path.read_bytes(), name)
            text = "".join(line.text for line in found.text).replace(" ", "")
            warned = any(d.severity is not Severity.NOTE for d in found.diagnostics)
            assert wanted == ("accept+warn" if warned else "accept"), name
            assert words in text, name
        except DraftError:
            assert wanted == "refuse", name
    assert seen >= 36
