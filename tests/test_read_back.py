"""What drafter wrote reads back to the outline it was written from: elements of 公文 stand apart, whole."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from drafter import layout as layouts
from drafter import text
from drafter.cli import main
from drafter.document import STAMPED, Attachment, Document
from drafter.layout.model import AUTOMATIC, LEVELS, LITERAL, Layout
from drafter.office import convert
from drafter.outline import Outline
from drafter.reading import read as read_file
from drafter.source import Line, typed
from drafter.word import styles
from drafter.word import write as room
from drafter.word.found import ELEMENTS, KINDS, Found
from drafter.word.read import read_all
from drafter.word.reading import ours
from tests.docx_check import W, need
from tests.test_word import part
from tests.word_files import docx


def write(report: Document | Outline, look: Layout) -> bytes:
    """The writer, checked by the fixture of all tests."""
    return room.write(report, look)


def outline(source: str) -> Outline:
    return text.read(typed(source, "t.txt"))[0]


REPORT = """\
清源县人民政府办公室关于印发清源县2022年安全生产专项整治行动实施方案的通知
各乡镇人民政府，县政府各部门：
一、总体要求
（一）指导思想。坚持人民至上、生命至上。
（二）主要目标。到2022年底，覆盖率达到100%。
二、重点任务
1.抓好重点行业领域专项整治。各部门要抓好落实。
表1 任务分工
单位：万元
| 序号 | 任务 | 责任单位 | 金额 |
| --- | --- | --- | --- |
| 1 | 排查 | 县应急管理局 | 12.5 |
| 2 | 合计 | < | 12.5 |
| 3 | 甲 | 乙\\|丙 | \\< |
| ^ | 丁 | < | 1 |
特此通知。
清源县人民政府办公室
2022年10月8日"""
LIST = "安全生产专项整治任务清单\n一、矿山\n逐矿过筛子。\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n二、道路"
FULL = Document(
    outline(REPORT),
    copy_number=Line("000012"),
    secrecy=Line("秘密★1年"),
    urgency=Line("特急"),
    organs=(Line("清源县人民政府办公室"),),
    number=Line("清政办发〔2022〕10号"),
    subtitle=Line("（2022年10月8日）"),
    attachments=(Attachment(Line("任务清单"), outline(LIST)), Attachment(Line("名单"), outline("名单\n张三  李四"))),
    note=Line("此件公开发布"),
    copies=Line("县委各部门，县监委"),
    printer=Line("清源县人民政府办公室"),
    printed=Line("2022年10月8日"),
)
HEAD = "000012\n秘密★1年\n特急\n清源县人民政府办公室{}\n清政办发〔2022〕10号"
SHOWN = [
    ("副标题", "（2022年10月8日）"),
    ("附件说明", "附件：1.任务清单\n2.名单"),
    ("附注", "（此件公开发布）"),
    ("附件", "附件1\n安全生产专项整治任务清单\n一、矿山\n逐矿过筛子。\n| 甲 | 乙 |\n| 1 | 2 |\n二、道路"),
    ("附件", "附件2\n名单\n张三  李四"),
    ("版记", "抄送：县委各部门，县监委。\n清源县人民政府办公室\t2022年10月8日印发"),
]
MODES = (LITERAL, AUTOMATIC)


def back(data: bytes) -> tuple[Outline, Found]:
    found = read_all(data, "t.docx")
    return text.read(found.text)[0], found


def apart(found: Found) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in found.apart]


@pytest.mark.parametrize("numbering", MODES)
@pytest.mark.parametrize(("name", "suffix"), [("公文", "文件"), ("纪要", "纪要")])
def test_a_document_reads_back_to_its_outline(name: str, suffix: str, numbering: str) -> None:
    meeting = (("出席", Line("张三  李四")), ("请假", Line("王五"))) if name == "纪要" else ()
    report = replace(FULL, meeting=meeting)
    tree, found = back(write(report, replace(layouts.named(name), numbering=numbering)))
    assert tree == FULL.outline
    told = [("与会", "出席：张三  李四\n请假：王五")] if meeting else []
    assert apart(found) == [("版头", HEAD.format(suffix)), SHOWN[0], *told, *SHOWN[1:]]
    assert [d.code for d in found.diagnostics] == ["D117"]


@pytest.mark.parametrize("numbering", MODES)
def test_a_letter(numbering: str) -> None:
    """The 标志 of a 函 stands in the header of its first page."""
    tree, found = back(write(FULL, replace(layouts.named("函"), numbering=numbering)))
    assert tree == FULL.outline
    head = [("版头", "清源县人民政府办公室"), ("版头", "000012\t清政办发〔2022〕10号\n秘密★1年\n特急")]
    assert apart(found) == [*head, *SHOWN[:-1], ("版记", "抄送：县委各部门，县监委。")]


@pytest.mark.parametrize("numbering", MODES)
def test_an_order(numbering: str) -> None:
    """命令 prints no title; the office beside a 签名章 is no part of the 署名."""
    words = outline(
        "\n".join(
            [
                "",
                "现公布《办法》，自公布之日起施行。",
                "一、总则",
                "（一）目的。为了加强管理。",
                "李四",
                "2022年10月8日",
            ]
        )
    )
    report = Document(
        words, organs=(Line("清源县人民政府"),), number=Line("第10号"), office=Line("县  长"), seal=STAMPED
    )
    tree, found = back(write(report, replace(layouts.named("命令"), numbering=numbering)))
    assert tree == words
    assert [line.text for line in tree.signature] == ["李四", "2022年10月8日"]
    assert apart(found) == [("版头", "清源县人民政府令\n第10号"), ("职务", "县  长")]


def test_several_organs_and_those_who_sign() -> None:
    """Names of organs stand in a table beside 文件."""
    report = replace(
        FULL, organs=(Line("清源县人民政府"), Line("县公安局")), issuers=(Line("张三"), Line("李四"), Line("王五"))
    )
    tree, found = back(write(report, layouts.named("公文")))
    assert tree == FULL.outline
    head = apart(found)[0]
    assert head[0] == "版头"
    for words in ("清源县人民政府", "文件", "县公安局", "签发人：张三", "王五", "清政办发〔2022〕10号"):
        assert words in head[1]


@pytest.mark.parametrize("name", ["总结", "公文", "函", "纪要", "命令"])
def test_a_report_alone_has_nothing_apart(name: str) -> None:
    tree, found = back(write(FULL.outline, layouts.named(name)))
    assert tree == (FULL.outline if name != "命令" else replace(FULL.outline, title=Line("")))
    assert (apart(found), found.diagnostics) == ([], ())


def test_a_title_in_lines_is_one() -> None:
    parted = (Line("清源县人民政府办公室关于印发清源县2022年"), Line("安全生产专项整治行动实施方案的通知"))
    data = write(replace(FULL, title_lines=parted), layouts.named("公文"))
    assert any(True for _ in part(data).iter(f"{W}br"))
    assert back(data)[0].title == FULL.outline.title


def test_every_kind_of_element_is_written_and_told() -> None:
    """ELEMENTS is what the other tests of this file see, and 目录."""
    kinds = {kind for kind, _ in SHOWN} | {"版头", "与会", "职务", "目录"}
    assert kinds == set(ELEMENTS) < set(KINDS)


def test_the_sign_is_a_style_that_is_written() -> None:
    names = {
        s.find(f"{W}name").get(f"{W}val")
        for s in part(write(FULL, layouts.named("公文")), "word/styles.xml").iter(f"{W}style")
    }
    assert ours.SIGN in names
    assert {styles.STYLES[look][1] for look in ("附件", "抄送", "发文字号")} < names
    assert len(LEVELS) == 5


FOREIGN = """\
*发文字号 清政办发〔2022〕10号
*标题 一份{<w:br/>}通知
*附件说明 附件：名单
*附件 附件
/ 名单
<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
*抄送 抄送：县委。"""
LINES = ["清政办发〔2022〕10号", "一份", "通知", "附件：名单", "附件", "名单", "| 甲 |  |", "抄送：县委。"]
LOOKS = "\n".join(f"{name}: <w:jc/>" for name in ("发文字号", "标题", "附件说明", "附件", "抄送"))


def test_a_file_of_somebody_else_is_read_as_it_stands() -> None:
    """Offices have styles called 抄送 and 附件, too."""
    table = FOREIGN.replace("<w:tbl><w:tr>", "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>")
    found = read_all(docx(table, "", LOOKS), "t.docx")
    assert [line.text for line in found.text] == LINES
    assert found.apart == ()
    told = read_all(docx(table, "", f"{LOOKS}\n{ours.SIGN}: <w:jc/>"), "t.docx")
    assert [line.text for line in told.text] == ["一份", "通知"]
    assert [one.kind for one in told.apart] == ["版头", "附件说明", "附件", "版记"]
    assert told.apart[2].text == "附件\n名单\n| 甲 | < |"


@pytest.mark.parametrize("numbering", MODES)
def test_libreoffice_saves_it_and_it_still_reads_back(numbering: str) -> None:
    """Styles get new ids, and keep their names."""
    need(shutil.which("soffice"), "soffice is not installed")
    data = write(FULL, replace(layouts.named("公文"), numbering=numbering, contents=2))
    tree, found = back(convert(data, ".docx", "docx"))
    assert tree == FULL.outline
    kinds = [one.kind for one in found.apart if one.kind in ELEMENTS]
    assert kinds == ["版头", "副标题", "目录", "附件说明", "附注", "附件", "附件", "版记"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    slip = REPORT.replace("（二）主要目标", "（三）主要目标")
    for name, numbering in zip("手自", MODES, strict=True):
        look = replace(layouts.named("公文"), numbering=numbering, contents=2)
        (tmp_path / f"{name}.docx").write_bytes(write(FULL, look))
        (tmp_path / f"{name}漏.docx").write_bytes(write(replace(FULL, outline=outline(slip)), look))
    (tmp_path / "稿.txt").write_text(f"{REPORT}\n", "utf-8")
    return tmp_path


def run(words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, words.split())
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    return done.exit_code, done.stdout


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("command", "code"),
    [("outline {}.docx", 0), ("outline {}.docx --json", 0), ("fmt {}.docx", 0), ("fmt {}.docx --check", 0),
     ("check {}.docx", 0), ("check {}.docx --json", 0), ("outline {}漏.docx", 0), ("check {}漏.docx", 1), ("fmt {}漏.docx", 0),
     ("fmt {}漏.docx --check", 1), ("diff {}.docx {}漏.docx", 0)],
)  # fmt: skip
def test_commands_say_the_same_of_both(command: str, code: int) -> None:
    said = [run(command.replace("{}", name)) for name in "手自"]
    assert [found for found, _ in said] == [code, code]
    assert said[0][1].replace("手", "自") == said[1][1] != ""


@pytest.mark.usefixtures("folder")
def test_a_document_and_its_text_are_one() -> None:
    """What stands around the text changes nothing in it: outline, fmt and diff see the text that was typed."""
    units = [json.loads(run(f"outline {name} --json")[1]) for name in ("自.docx", "稿.txt")]
    for one in units:
        one.pop("apart")
        one.pop("diagnostics")
        for unit in one["units"]:
            for where in ("start", "line", "column"):
                unit.pop(where)
    assert units[0] == units[1]
    assert run("fmt 自.docx")[1] == run("fmt 稿.txt")[1]
    assert "数字变化0处，文字变化0处，新增0段，删去0段" in run("diff 自.docx 稿.txt")[1]


def test_places_of_what_stands_apart_are_lines_of_the_text(folder: Path) -> None:
    found = read_file(folder / "自.docx", "自.docx")
    rows = found.source.split("\n")
    assert {one.kind for one in found.apart} <= set(ELEMENTS)
    assert all(1 <= one.span.line <= len(rows) for one in found.apart)
    places = {one.kind: rows[one.span.line - 1][:6] for one in found.apart}
    assert (places["版头"], places["目录"]) == ("清源县人民政", "各乡镇人民政")
