"""底稿 for tests: .docx such as offices have, made here."""

from __future__ import annotations

from io import BytesIO

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm

from tests.made_images import png
from tests.word_files import RELATIONS, R, package, root, run

SECRET = "张三机密"
"""Stands for whatever must not come along: names, old text, paths."""
_WEB = "https://www.example.gov.cn/"


def by_python_docx() -> bytes:
    """python-docx's default template with a logo and words in the header, a centred page number, and stale text."""
    made = docx.Document()
    made.core_properties.author = SECRET
    made.add_heading(f"{SECRET}标题", 1)
    made.add_paragraph(SECRET)
    head = made.sections[0].header.paragraphs[0]
    head.add_run().add_picture(BytesIO(png(private=True)), width=Cm(1))
    head.add_run("清源县应急管理局")
    foot = made.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", " PAGE "), ("separate", ""), ("t", "7"), ("end", "")):
        piece = OxmlElement("w:t" if kind == "t" else "w:fldChar" if kind else "w:instrText")
        piece.text = text or None
        if kind not in ("", "t"):
            piece.set(qn("w:fldCharType"), kind)
        foot.add_run()._r.append(piece)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def relations(*rows: tuple[str, str, str]) -> bytes:
    """Relationships: (id, kind, target); a target with : in it is outside."""
    made = (
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if ":" in target else ""}/>'
        for key, kind, target in rows
    )
    return f'<Relationships xmlns="{RELATIONS}">{"".join(made)}</Relationships>'.encode()


def field(code: str, shown: str = "") -> str:
    """A complex field."""
    signs = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f'{signs[0]}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{signs[1]}{shown if shown.startswith("<") else run(shown)}{signs[2]}'


def style(key: str, name: str, inner: str = "", kind: str = "paragraph", told: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{key}"{told}><w:name w:val="{name}"/>{inner}</w:style>'


def based(key: str, rest: str = "") -> str:
    return f'<w:basedOn w:val="{key}"/>{rest}'


CHINESE = root(
    "styles",
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"/>'
    '<w:sz w:val="21"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    '<w:latentStyles w:count="376" w:defUIPriority="99"><w:lsdException w:name="Normal" w:uiPriority="0"/>'
    "</w:latentStyles>"
    + style("a", "Normal", '<w:qFormat/><w:pPr><w:jc w:val="both"/><w:ind w:firstLineChars="200"/></w:pPr>', told=' w:default="1"')
    + style("a0", "Default Paragraph Font", kind="character", told=' w:default="1"')
    + style("a1", "Normal Table", kind="table", told=' w:default="1"')
    + style("a2", "No List", kind="numbering", told=' w:default="1"')
    + style(
        "1", "heading 1",
        based("a", '<w:next w:val="a"/><w:link w:val="10"/><w:qFormat/><w:uiPriority w:val="9"/>')
        + '<w:rPr><w:rFonts w:ascii="Arial" w:eastAsia="华文新魏"/><w:color w:val="1F4E79"/><w:sz w:val="36"/></w:rPr>'
        '<w:pPr><w:spacing w:line="480" w:lineRule="exact"/>'
        '<w:numPr><w:numId w:val="1"/></w:numPr><w:keepNext/></w:pPr>',
    )
    + style("10", "标题 1 字符", based("a0", '<w:link w:val="1"/>'), "character")
    + style("Signature", "Signature", based("a"))
    + style("BodyText", "我的正文", based("a"))
    + style("a3", "Body Text", based("BodyText", '<w:pPr><w:spacing w:line="600" w:lineRule="exact"/></w:pPr>'))
    + style("20", "发文字号", kind="character")
    + style("a4", "网格型", kind="table")
    + style("lost", "没有上级", based("nowhere", '<w:next w:val="nowhere"/>'))
    + style("ring", "圈", based("ring2"))
    + style("ring2", "圈 2", based("ring")),
)  # fmt: skip
"""Styles as Word in Chinese numbers them, with the faults that programs make."""
LISTS = root(
    "numbering",
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="9"><w:abstractNumId w:val="8"/></w:num>'
    '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="decimal"/><w:pStyle w:val="1"/><w:lvlText w:val="第%1章"/></w:lvl></w:abstractNum>',
)


def document(inner: str = "", setup: str = "") -> str:
    return root("document", f"<w:body>{inner or f'<w:p>{run(SECRET)}</w:p>'}<w:sectPr>{setup}</w:sectPr></w:body>")


def reference(tag: str, kind: str, key: str) -> str:
    return f'<w:{tag}Reference w:type="{kind}" r:id="{key}"/>'


def chinese() -> bytes:
    """Styles with the ids of Chinese Word, numbered headings, an unused list."""
    return package(document(), {"styles": ("styles.xml", CHINESE), "numbering": ("numbering.xml", LISTS)})


def edges(*kinds: str, settings: str = "", setup: str = "") -> bytes:
    """Headers and footers by `header default`, `footer even` …, each with its name as text and a page number."""
    parts: dict[str, tuple[str, str | bytes]] = {"styles": ("styles.xml", CHINESE)}
    told = ""
    for number, one in enumerate(kinds, start=1):
        tag, kind = one.split()
        inner = f'<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr>{run(f"{tag}-{kind}")}{field("PAGE", "3")}</w:p>'
        parts[f"{tag}{number}"] = (f"{tag}{number}.xml", root("hdr" if tag == "header" else "ftr", inner))
        told += reference(tag, kind, f"r{tag}{number}")
    parts["settings"] = ("settings.xml", root("settings", settings))
    return package(document(setup=told + setup), parts)


TRACKED = (
    f'<w:p w:rsidR="00AB12CD"><w:bookmarkStart w:id="0" w:name="_张三"/>'
    f'<w:ins w:id="1" w:author="{SECRET}" w:date="2020-01-01T00:00:00Z">{run("清源县")}</w:ins>'
    f'<w:del w:id="2" w:author="{SECRET}"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>{run("应急管理局")}'
    '<w:commentRangeStart w:id="5"/><w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r>'
    '<w:bookmarkEnd w:id="0"/></w:p>'
    f'<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="{SECRET}"/></w:rPr></w:pPr>'
    f'<w:del w:id="4" w:author="{SECRET}"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del></w:p>'
    f"<w:p>{field('PAGE', '3')}{field('AUTHOR', SECRET)}{field('REF _张三', SECRET)}"
    f'<w:fldSimple w:instr=" TITLE ">{run(SECRET)}</w:fldSimple>'
    f"{field(f'DDEAUTO cmd {SECRET}', SECRET)}{field(f'HYPERLINK file:///C:/{SECRET}', '网站')}"
    f'<w:hyperlink r:id="rWeb">{run("网址")}</w:hyperlink><w:hyperlink r:id="rFile">{run("文件")}</w:hyperlink></w:p>'
    f'<w:sdt><w:sdtPr><w:alias w:val="{SECRET}"/></w:sdtPr><w:sdtContent><w:p>{run("第一科")}</w:p></w:sdtContent></w:sdt>'
    f'<w:sdt><w:sdtPr><w:dataBinding w:xpath="/x" w:storeItemID="{{1}}"/></w:sdtPr><w:sdtContent><w:p>{run(SECRET)}</w:p>'
    "</w:sdtContent></w:sdt>"
    '<w:p><w:r><w:pict><v:shape style="width:9pt;height:9pt" href="file:///C:/张三机密/a.htm">'
    '<v:imagedata r:id="rLogo" o:title="C:\\张三机密\\标志"/></v:shape></w:pict></w:r>'
    '<w:r><w:pict><v:shape><v:imagedata r:id="rOut"/></v:shape></w:pict></w:r>'
    '<w:r><w:object><v:shape/><o:OLEObject r:id="rOle"/></w:object></w:r></w:p>'
    '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:tcW w:w="900" w:type="dxa"/>'
    f"</w:tcPr><w:p>{run('表')}</w:p></w:tc></w:tr></w:tbl>"
)
"""A header with nearly all that must not come along."""


def tracked() -> bytes:
    """Tracked changes, comments, bound controls, fields, objects, custom XML, a template, protection."""
    settings = (
        f'<w:documentProtection w:edit="readOnly" w:enforcement="1"/><w:trackRevisions/><w:attachedTemplate r:id="rT"/>'
        f'<w:mailMerge><w:query w:val="{SECRET}"/></w:mailMerge><w:defaultTabStop w:val="777"/>'
        '<w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids><w:docVars><w:docVar w:name="a" w:val="张三机密"/></w:docVars>'
    )
    return package(
        document(setup=reference("header", "default", "rheader1")),
        {
            "styles": ("styles.xml", CHINESE),
            "settings": ("settings.xml", root("settings", settings)),
            "comments": ("comments.xml", root("comments", f'<w:comment w:id="5" w:author="{SECRET}"><w:p/></w:comment>')),
            "header1": ("header1.xml", root("hdr", TRACKED)),
            "customXml": ("item1.xml", f"<a>{SECRET}</a>"),
        },
        **{
            "word/_rels/header1.xml.rels": relations(
                ("rWeb", "hyperlink", _WEB), ("rFile", "hyperlink", f"file:///C:/{SECRET}"), ("rLogo", "image", "media/logo.png"),
                ("rOut", "image", f"http://example.com/{SECRET}.png"), ("rOle", "oleObject", "embeddings/a.bin"),
            ),
            "word/_rels/settings.xml.rels": relations(("rT", "attachedTemplate", f"file:///C:/{SECRET}.dotx")),
            "word/media/logo.png": png(private=True),
            "word/embeddings/a.bin": SECRET.encode(),
            "docProps/thumbnail.jpeg": SECRET.encode(),
        },
    )  # fmt: skip
