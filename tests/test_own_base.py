"""底稿: an office's own .docx gives looks, header and footer, and nothing of its text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from lxml import etree

from drafter import office
from drafter.cli import main
from drafter.diagnostic import DraftError
from drafter.document import Document
from drafter.layout import Layout, named
from drafter.layout.model import AUTOMATIC, NOTHING
from drafter.outline import Outline
from drafter.source import Line, typed
from drafter.text import read as read_text
from drafter.word import write as room
from drafter.word.own import faults, own
from drafter.word.read import read, read_all
from tests import own_files, project_files
from tests.docx_check import R, W, need
from tests.own_files import SECRET
from tests.test_word import OUTLINE, part, text_of, value
from tests.word_files import docx, package, root, run

TURNED = "县局总结\n一、形势\n表：宽表\n| " + " | ".join(f"项目名称很长的第{n}列" for n in range(12)) + " |\n"
TURNED += "| " + " | ".join("1,234,567.89" for _ in range(12)) + " |\n二、打算\n结束。\n"
WIDE, _ = read_text(typed(TURNED, "宽.txt"))


def with_base(data: bytes, name: str = "总结", **told: object) -> Layout:
    return replace(named(name), base=data, **told)


def written(layout: Layout, outline: Outline = OUTLINE) -> bytes:
    return room.write(outline, layout)


def members(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def styles(data: bytes) -> dict[str, etree._Element]:
    """Style by its name in small letters."""
    found = part(data, "word/styles.xml").iter(f"{W}style")
    return {str(value(one, "name")).lower(): one for one in found}


def edges(data: bytes) -> list[dict[str, str]]:
    """Of every section: text of its headers and footers by `header default` and so on; 首 where it has a title page."""
    parts, found = members(data), []
    rows = etree.fromstring(parts["word/_rels/document.xml.rels"])
    targets = {str(row.get("Id")): f"word/{row.get('Target')}" for row in rows}
    for setup in part(data).iter(f"{W}sectPr"):
        told = {}
        for one in setup:
            kind = str(one.tag).removeprefix(W).removesuffix("Reference")
            if kind in ("header", "footer"):
                told[f"{kind} {one.get(f'{W}type')}"] = text_of(
                    etree.fromstring(parts[targets[str(one.get(f"{R}id"))]])
                )
        found.append(told | ({"首": ""} if setup.find(f"{W}titlePg") is not None else {}))
    return found


def lines(data: bytes) -> list[str]:
    return [line.text for line in read(data, "报告.docx")[0]]


MADE: dict[str, Callable[[], bytes]] = {
    "python-docx": own_files.by_python_docx,
    "Chinese ids": own_files.chinese,
    "edges": lambda: own_files.edges("header default", "footer default"),
    "tracked": own_files.tracked,
    "bare": lambda: docx("/ 甲"),
    "our own": lambda: room.write(OUTLINE, named("公文")),
    "our own with a base": lambda: room.write(OUTLINE, with_base(own_files.chinese())),
}


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize("form", ["总结", "函"])
@pytest.mark.parametrize("numbering", ["照写", AUTOMATIC])
def test_the_text_is_the_same_and_nothing_else_comes_along(name: str, form: str, numbering: str) -> None:
    base = MADE[name]()
    layout = with_base(base, form, numbering=numbering)
    data = written(layout)
    assert lines(data) == lines(written(replace(layout, base=None)))
    assert data == written(with_base(base, form, numbering=numbering))
    everything = b"".join(members(data).values()).decode("utf-8", "replace")
    for secret in (SECRET, "rsid", "Private", "张三", "00AB12CD", "dotx", "w:ins ", "w:comment", "w14:"):
        assert secret not in everything, secret
    assert not any(
        re.search("comments|custom|glossary|thumbnail|embeddings|webSettings|printer|Effects", member)
        for member in members(data)
    )


def test_own_styles_win_and_the_others_are_added() -> None:
    found = styles(written(with_base(own_files.chinese())))
    assert found["heading 1"].get(f"{W}styleId") == "Heading1"
    assert value(found["heading 1"], "rPr/sz") == "36"
    assert value(found["heading 1"], "basedOn") == found["normal"].get(f"{W}styleId") == "Normal"
    assert value(found["heading 1"], "next") == "Normal"
    assert value(found["标题 1 字符"], "link") == "Heading1"
    assert value(found["heading 2"], "rPr/rFonts", "eastAsia") == named("总结").level(2).font
    assert value(found["body text"], "pPr/spacing", "line") == "600"
    assert [one.get(f"{W}styleId") for one in found.values() if one.get(f"{W}default")] == [
        "Normal", "DefaultParagraphFont", "TableNormal", "NoList",
    ]  # fmt: skip


def test_ids_in_the_way_are_changed() -> None:
    """Word's Signature is no 署名, and an own style whose id is BodyText is not our 正文."""
    found = styles(written(with_base(own_files.chinese())))
    assert found["署名"].get(f"{W}styleId") == "Signature"
    assert found["signature"].get(f"{W}styleId") == "Signature_2"
    assert found["body text"].get(f"{W}styleId") == "BodyText"
    assert value(found["body text"], "basedOn") == found["我的正文"].get(f"{W}styleId") == "BodyText_2"
    assert found["发文字号（底稿）"].get(f"{W}type") == "character"
    for name in ("没有上级", "圈"):
        assert value(found[name], "basedOn") is None


def test_numbers_of_own_headings_are_taken_off() -> None:
    """The marker stands in the text: 第1章一、 would be said twice."""
    data = written(with_base(own_files.chinese()))
    assert styles(data)["heading 1"].find(f"{W}pPr/{W}numPr") is None
    assert part(data, "word/numbering.xml").find(f".//{W}pStyle") is None
    told = '<w:style w:type="paragraph" w:styleId="b"><w:name w:val="基准"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:vanish/></w:rPr></w:style>'
    told += own_files.style("1", "heading 1", own_files.based("b"))
    base = package(
        own_files.document(),
        {"styles": ("styles.xml", root("styles", told)), "numbering": ("numbering.xml", own_files.LISTS)},
    )
    data = written(with_base(base))
    assert value(styles(data)["heading 1"], "pPr/numPr/numId") == "0"
    assert value(styles(data)["heading 1"], "rPr/vanish") == "0"
    assert lines(data) == lines(written(named("总结")))


def test_blank_lines_keep_the_pitch_of_the_body() -> None:
    data = written(with_base(own_files.chinese()))
    loose = [p for p in part(data).iter(f"{W}p") if p.find(f"{W}pPr/{W}pStyle") is None]
    blank = next(p for p in part(data).iter(f"{W}p") if not text_of(p))
    assert loose == []
    assert value(blank, "pPr/pStyle") == "BodyText"
    assert part(written(named("总结"))).find(f".//{W}p/{W}pPr/{W}pStyle") is not None


def test_what_is_added_does_not_stand_on_the_own_normal() -> None:
    plain = own_files.CHINESE.replace('w:val="Body Text"', 'w:val="别的"')
    found = styles(written(with_base(package(own_files.document(), {"styles": ("styles.xml", plain)}))))
    for name in ("title", "body text", "footer"):
        assert value(found[name], "basedOn") == "LayoutBasis"
    assert value(found["版式基准"], "basedOn") is None
    assert value(found["版式基准"], "pPr/spacing", "line") == "579"
    assert value(found["body text"], "rPr/sz") == "32"


def test_what_is_added_follows_the_own_body() -> None:
    """Where the layout has a look as its 正文 it is as the own 正文 now: no 三号 headings over 五号 text."""
    found = styles(written(with_base(own_files.chinese())))
    for name in ("主送机关", "heading 2", "heading 5", "title"):
        assert value(found[name], "basedOn") == "BodyText"
    for path in ("rPr/sz", "rPr/spacing", "pPr/spacing"):
        assert value(found["heading 2"], path) is None
    assert value(found["heading 2"], "rPr/rFonts", "eastAsia") == "楷体_GB2312"
    assert value(found["title"], "rPr/sz") == "44"
    assert found["heading 5"].find(f"{W}rPr/{W}rFonts") is None
    assert value(found["主送机关"], "pPr/ind", "firstLineChars") == "0"
    assert value(found["footer"], "basedOn") == "LayoutBasis"
    assert found["标题2连正文"].find(f"{W}pPr/{W}ind") is None


def test_run_in_headings_take_the_font_of_the_own_heading() -> None:
    found = styles(written(with_base(own_files.chinese())))["标题1连正文的标题"]
    assert value(found, "rPr/rFonts", "eastAsia") == "华文新魏"
    assert value(found, "rPr/color") == "1F4E79"
    assert value(found, "rPr/sz") is None


ON, TITLE = "<w:evenAndOddHeaders/>", "<w:titlePg/>"
HEAD, BOTH = "header default", ("header default", "footer default")
CASES: dict[str, tuple[bytes, str, list[dict[str, str]]]] = {
    "nothing": (own_files.chinese(), "总结", [{"footer default": "— 1 —", "footer even": "— 1 —"}]),
    "a header alone: our numbers, and the header on even pages too": (
        own_files.edges(HEAD),
        "总结",
        [{HEAD: "header-default3", "header even": "header-default3", "footer default": "— 1 —", "footer even": "— 1 —"}],
    ),
    "both": (own_files.edges(*BOTH), "总结", [{HEAD: "header-default3", "footer default": "footer-default3"}]),
    "first and even": (
        own_files.edges(*BOTH, "header even", "footer even", "header first", settings=ON, setup=TITLE),
        "总结",
        [
            {
                HEAD: "header-default3", "footer default": "footer-default3", "header even": "header-even3",
                "footer even": "footer-even3", "header first": "header-first3", "footer first": "", "首": "",
            }
        ],
    ),
    "first and even that are switched off": (
        own_files.edges(*BOTH, "header even", "header first"),
        "总结",
        [{HEAD: "header-default3", "footer default": "footer-default3"}],
    ),
    "a first page without header, numbers ours": (
        own_files.edges(HEAD, setup=TITLE),
        "总结",
        [
            {
                HEAD: "header-default3", "header even": "header-default3", "footer default": "— 1 —",
                "footer even": "— 1 —", "header first": "", "footer first": "— 1 —", "首": "",
            }
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_headers_and_footers(name: str) -> None:
    base, form, wanted = CASES[name]
    data = written(with_base(base, form))
    assert edges(data) == wanted
    even = part(data, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None
    assert even == any("footer even" in told for told in wanted)


@pytest.mark.parametrize("first", [True, False])
def test_a_letter_keeps_what_stands_on_its_first_page(first: bool) -> None:
    """函: its mark is the header of the first page, its red line the footer."""
    more = ("header first", "footer first") if first else ()
    base = own_files.edges(*BOTH, *more, setup=TITLE if first else "")
    letter = Document(OUTLINE, organs=(Line("清源县人民政府"),), number=Line("清政函〔2022〕3号"))
    data = room.write(letter, with_base(base, "函"))
    both = {HEAD: "header-default3", "footer default": "footer-default3"}
    assert edges(data) == [{**both, "header first": "清源县人民政府", "footer first": "", "首": ""}]
    plain, made = (value(part(d), "body/sectPr/pgMar", "header") for d in (room.write(letter, named("函")), data))
    assert plain == made


def test_headers_on_landscape_pages_too() -> None:
    own_footer = edges(written(with_base(own_files.edges(*BOTH, "header first", setup=TITLE)), WIDE))
    assert len(own_footer) == 3
    both = {HEAD: "header-default3", "footer default": "footer-default3"}
    assert own_footer == [{**both, "header first": "header-first3", "footer first": "", "首": ""}, both, both]
    ours = edges(written(with_base(own_files.edges(HEAD)), WIDE))
    assert [told["header even"] for told in ours] == ["header-default3"] * 3
    assert ours[1]["footer default"] == "— 1 —— 1 —"  # the turned number is written in two ways


def test_an_empty_footer_is_none() -> None:
    base = package(
        own_files.document(setup=own_files.reference("footer", "default", "rfooter1")),
        {
            "styles": ("styles.xml", own_files.CHINESE),
            "footer1": ("footer1.xml", root("ftr", f"<w:p>{run(' ')}</w:p>")),
        },
    )
    assert edges(written(with_base(base))) == [{"footer default": "— 1 —", "footer even": "— 1 —"}]
    assert edges(written(with_base(base, numbers=replace(named("总结").numbers, form=NOTHING)))) == [{}]


def test_a_section_without_headers_has_those_before_it() -> None:
    inner = f"<w:p><w:pPr><w:sectPr>{own_files.reference('header', 'default', 'rheader1')}</w:sectPr></w:pPr></w:p>"
    base = package(
        own_files.document(inner),
        {
            "styles": ("styles.xml", own_files.CHINESE),
            "header1": ("header1.xml", root("hdr", f"<w:p>{run('页眉')}</w:p>")),
        },
    )
    assert edges(written(with_base(base)))[0][HEAD] == "页眉"


def test_the_page_is_the_layouts_but_for_distances_grid_and_form_of_numbers() -> None:
    setup = '<w:pgSz w:w="9000" w:h="9000"/><w:pgMar w:top="1" w:right="1" w:bottom="1" w:left="1" w:header="600" w:footer="700" w:gutter="0"/>'
    setup += '<w:pgNumType w:fmt="numberInDash" w:start="9"/><w:docGrid w:type="lines" w:linePitch="312"/>'
    made = part(written(with_base(own_files.edges(*BOTH, setup=setup)))).find(f".//{W}sectPr")
    plain = part(written(named("总结"))).find(f".//{W}sectPr")
    assert made is not None
    assert plain is not None
    assert [value(made, "pgSz", side) for side in "wh"] == [value(plain, "pgSz", side) for side in "wh"]
    assert [value(made, "pgMar", side) for side in ("top", "left")] == ["2098", "1588"]
    assert [value(made, "pgMar", side) for side in ("header", "footer")] == ["600", "700"]
    assert value(made, "pgNumType", "fmt") == "numberInDash"
    assert value(made, "pgNumType", "start") is None
    assert value(made, "docGrid", "linePitch") == "312"
    alone = part(written(with_base(own_files.edges(HEAD, setup=setup)))).find(f".//{W}sectPr")
    assert value(alone, "pgMar", "footer") == value(plain, "pgMar", "footer")
    assert value(alone, "pgNumType", "fmt") is None


def test_a_header_is_cleaned() -> None:
    layout = with_base(own_files.tracked())
    data = written(layout)
    parts = members(data)
    header = etree.fromstring(parts["word/header1.xml"])
    assert text_of(header) == "清源县应急管理局3网站网址文件第一科表"
    assert [t.text.strip() for t in header.iter(f"{W}instrText") if t.text] == ["PAGE", "AUTHOR"]
    assert [one.get(f"{W}instr") for one in header.iter(f"{W}fldSimple")] == [" TITLE "]
    assert header[-1].tag == f"{W}p"
    assert b"https://www.example.gov.cn/" in parts["word/_rels/header1.xml.rels"]
    assert len([name for name in parts if name.startswith("word/media/")]) == 1
    assert "标志" in parts["word/header1.xml"].decode()
    assert value(part(data, "word/settings.xml"), "defaultTabStop") == "777"
    for name in ("documentProtection", "trackRevisions", "attachedTemplate", "mailMerge", "docVars"):
        assert part(data, "word/settings.xml").find(f"{W}{name}") is None
    [told] = faults(layout)
    assert told.code == "Y111"
    assert told.message == (
        "底稿的页眉页脚里有带不过来的：连着文档属性的内容控件、嵌入的对象、域 REF、域 DDEAUTO、图片（链接的，或认不出、损坏的）"
    )
    assert faults(with_base(own_files.by_python_docx())) == ()


def test_a_logo_in_the_header_without_its_metadata() -> None:
    parts = members(written(with_base(own_files.by_python_docx())))
    [logo] = [name for name in parts if name.startswith("word/media/")]
    assert parts[logo].startswith(b"\x89PNG")
    assert len(b"".join(parts.values())) < 1_000_000
    assert len(written(with_base(own_files.by_python_docx()))) < 40_000


@pytest.mark.parametrize(
    ("shape", "left"),
    [
        ('<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp/></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent>', ["AlternateContent", "drawing", "pict"]),
        ('<mc:AlternateContent><mc:Choice Requires="w14"><w:drawing/></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent>', ["pict"]),
        ('<mc:AlternateContent><mc:Choice Requires="x"/></mc:AlternateContent>', []),
        ('<w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart r:id="rC"/></a:graphicData></a:graphic></wp:inline></w:drawing>', []),
        ('<w14:conflictIns><w:t>甲</w:t></w14:conflictIns>', []),
    ],
)  # fmt: skip
def test_drawings_that_all_programs_know(shape: str, left: list[str]) -> None:
    from drafter.word.own.scrub import scrub

    made = etree.fromstring(root("hdr", f"<w:p><w:r>{shape}</w:r></w:p>").encode())
    scrub(made)
    found = [etree.QName(one).localname for one in made.iter()]
    assert [name for name in found if name in ("AlternateContent", "drawing", "pict", "conflictIns")] == left


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (own_files.field("= {PAGE} - 1", "2"), "2"),
        (own_files.field("IF " + "1", own_files.field("STYLEREF 1", "甲") + run("乙")), "乙"),
        (own_files.field("INCLUDEPICTURE C:/a.png", "图"), "图"),
        (own_files.field("XX", own_files.field("PAGE", "3")), ""),
        ('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> PAGE </w:instrText></w:r>' + run("甲"), "甲"),
        (
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/><w:t>甲</w:t></w:r>',
            "甲",
        ),
        (f'<w:fldSimple w:instr="REF a">{run("甲")}</w:fldSimple>', ""),
        (f'<w:fldSimple w:instr="FORMTEXT">{run("甲")}</w:fldSimple>', "甲"),
    ],
)
def test_fields_of_headers(inner: str, text: str) -> None:
    from drafter.word.own.fields import settle

    made = etree.fromstring(root("hdr", f"<w:p>{inner}</w:p>").replace("{PAGE}", "PAGE").encode())
    settle(made)
    assert text_of(made) == text
    depth = [one.get(f"{W}fldCharType") for one in made.iter(f"{W}fldChar")]
    assert depth.count("begin") == depth.count("end")


BROKEN: dict[str, tuple[bytes, str]] = {
    "旧版": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "读不了：这是旧版 Office 文件"),
    "DTD": (package('<!DOCTYPE a><w:document xmlns:w="http://a"/>', {}), "文件结构可疑"),
    "没有正文": (package(root("document", ""), {}), "文件里没有正文"),
    "样式损坏": (package(own_files.document(), {"styles": ("styles.xml", "<w:styles>")}), "styles.xml"),
    "页眉是别的": (
        package(own_files.document(setup=own_files.reference("header", "default", "rheader1")), {"styles": ("styles.xml", own_files.CHINESE), "header1": ("header1.xml", root("ftr", ""))}),
        "header1.xml",
    ),
    "指到外面": (package(own_files.document(), {"styles": ("../../../a.xml", "")}), "文件结构可疑"),
    "Strict": (
        package('<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body/></w:document>', {}),
        "Strict Open XML",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_used(name: str) -> None:
    data, words = BROKEN[name]
    [told] = faults(with_base(data))
    assert told.code == "Y108"
    assert words in told.message
    with pytest.raises(DraftError):
        own(with_base(data))


def test_what_nobody_thought_of_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def surprised(*_: object) -> None:
        raise KeyError("甲")

    monkeypatch.setattr("drafter.word.own.given", surprised)
    [told] = faults(with_base(own_files.chinese()))
    assert told.message == "底稿不能用：文件已损坏（内容读不下去）"


PROJECT = {
    "templates/甲局/月报/1-形势.txt": "一、形势\n平稳。\n",
    "templates/甲局/月报/报告.yaml": "版式: ./我县.yaml\n",
    "templates/甲局/月报/我县.yaml": "依据: 公文\n底稿: 我县.docx\n",
    "templates/甲局/季报/1-形势.txt": "一、形势\n平稳。\n",
    "templates/甲局/季报/报告.yaml": "标题: 季报\n底稿: 我县.docx\n",
    "data/甲局/2022-09.yaml": "期间: 2022-09\n",
}


@pytest.mark.parametrize(
    ("report", "place"), [("月报", "templates/甲局/月报/我县.yaml:2:5"), ("季报", "templates/甲局/季报/报告.yaml:2:5")]
)
def test_a_report_says_where_its_base_is_named(report: str, place: str, tmp_path: Path) -> None:
    project = project_files.make(tmp_path, PROJECT)
    for folder in ("月报", "季报"):
        (tmp_path / f"templates/甲局/{folder}/我县.docx").write_bytes(own_files.tracked())
    draft = project_files.drafted(project, f"甲局/{report}", "2022-09")
    told = [d for d in draft.diagnostics if d.code == "Y111"]
    assert [f"{d.span.file}:{d.span.line}:{d.span.column}" for d in told] == [place]
    assert draft.document is not None

    (tmp_path / f"templates/甲局/{report}/我县.docx").write_bytes(BROKEN["页眉是别的"][0])
    draft = project_files.drafted(project_files.make(tmp_path, {}), f"甲局/{report}", "2022-09")
    [told_] = [d for d in draft.diagnostics if d.code == "Y108"]
    assert f"{told_.span.file}:{told_.span.line}:{told_.span.column}" == place
    results = project_files.built(project_files.make(tmp_path, {}), tmp_path / "out", ("docx",))
    assert sorted(r.status for r in results) == ["built", "failed"]


def test_the_command_on_layouts_says_so_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project_files.make(tmp_path, PROJECT)
    monkeypatch.chdir(tmp_path / "templates/甲局/月报")
    file = tmp_path / "templates/甲局/月报/我县.docx"
    file.write_bytes(own_files.tracked())
    done = CliRunner().invoke(main, ["template", "layout", "我县.yaml"])
    assert done.exit_code == 0
    assert "Y111" in done.output
    file.write_bytes(BROKEN["页眉是别的"][0])
    done = CliRunner().invoke(main, ["template", "layout", "我县.yaml"])
    assert done.exit_code == 1
    assert "templates/甲局/月报/我县.yaml:2:5: Y108 底稿不能用：文件已损坏（word/header1.xml）" in done.output


@pytest.mark.parametrize(
    ("member", "old", "new"),
    [
        ("styles", "<w:lsdException ", '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="Body Text"/></w:style><w:lsdException '),
        ("styles", 'w:styleId="a3"', ""),
        ("styles", 'w:styleId="a3"', 'w:styleId="a"'),
        ("styles", 'w:name w:val="Body Text"', 'w:name w:val="NORMAL"'),
        ("styles", '<w:name w:val="Normal"/>', '<w:name w:val="基本"/>'),
        ("styles", 'w:type="numbering"', 'w:type="别的"'),
        ("styles", '<w:docDefaults>', '<w:rsids/><w:docDefaults>'),
        ("numbering", 'w:abstractNumId="0"', ""),
        ("numbering", 'w:numId="9"', 'w:numId="1"'),
        ("numbering", "<w:multiLevelType ", '<w:num w:numId="1"/><w:multiLevelType '),
    ],
)  # fmt: skip
def test_slips_of_programs_are_mended(member: str, old: str, new: str) -> None:
    """The fixture of all tests looks whether the document is whole."""
    parts = {"styles": ("styles.xml", own_files.CHINESE), "numbering": ("numbering.xml", own_files.LISTS)}
    name, content = parts[member]
    assert old in content
    data = written(with_base(package(own_files.document(), {**parts, member: (name, content.replace(old, new))})))
    assert lines(data) == lines(written(named("总结")))
    assert next(one.get(f"{W}styleId") for one in styles(data).values() if one.get(f"{W}default")) == "Normal"


def test_a_renamed_template_can_be_used() -> None:
    data = members(own_files.chinese())
    types = data["[Content_Types].xml"].replace(b"document.main", b"template.main")
    from tests.word_files import zipped

    made = written(with_base(zipped({**data, "[Content_Types].xml": types})))
    assert b"template.main" not in members(made)["[Content_Types].xml"]


def test_saved_by_libreoffice() -> None:
    """Names and ids as LibreOffice writes them; header, logo and page number are there."""
    need(office.find(), "LibreOffice is not installed")
    data = office.convert(own_files.by_python_docx(), ".docx", "docx")
    layout = with_base(data)
    made = written(layout)
    assert lines(made) == lines(written(named("总结")))
    assert [told[HEAD] for told in edges(made)] == ["清源县应急管理局"]
    assert any(name.startswith("word/media/") for name in members(made))
    assert faults(layout) == ()
    assert styles(made)["heading 1"].get(f"{W}styleId") == "Heading1"
    apart = {one.kind for one in read_all(made, "报告.docx").apart}
    assert apart >= {"页眉"}


SHARED = Path(__file__).parents[2] / "shared" / "corpus"


@pytest.mark.skipif(not SHARED.exists(), reason="the foreign files are not beside this checkout")
def test_every_foreign_file_gives_a_valid_document_or_a_finding() -> None:
    wanted, seen, refused = lines(written(named("总结"))), 0, 0
    for path in sorted(SHARED.glob("**/*.docx")):
        layout = with_base(path.read_bytes())
        seen += 1
        if any(told.code == "Y108" for told in faults(layout)):
            refused += 1
            continue
        assert lines(written(layout)) == wanted, path.name
    assert seen > 90
    assert refused < 30


def test_without_a_base_nothing_changes() -> None:
    layout = named("总结")
    assert own(layout) is None
    assert faults(layout) == ()
    digest = hashlib.sha256(written(layout)).hexdigest()
    assert digest == hashlib.sha256(written(replace(layout))).hexdigest()
