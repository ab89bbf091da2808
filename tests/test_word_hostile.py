"""Hostile .docx: refused with a reason or read with what is seen, within 5 s and 512 MB, and nothing else is touched."""

from __future__ import annotations

import io
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from drafter.diagnostic import DraftError
from drafter.word.read import UNFORESEEN, read_all
from tests.word_files import (
    MAIN,
    RELATIONS,
    TYPES,
    R,
    W,
    body,
    docx,
    numbering,
    package,
    paragraph,
    root,
    styles,
    zipped,
)

ROOT = Path(__file__).parents[1]
SEEN = root("document", f"<w:body>{paragraph('正文')}</w:body>")
ENTITY = '<!DOCTYPE a [<!ENTITY e "坏">]>'
LISTED = "甲: decimal %1.\n1 = 甲"


def part(kind: str, content: str | bytes, document: str = SEEN) -> bytes:
    return package(document, {kind: (f"{kind}.xml", content)})


def with_dtd(xml: str) -> str:
    head, rest = xml.split("?>", 1)
    return f"{head}?>{ENTITY}{rest}"


def main_part(files: dict[str, str | bytes], target: str = "word/document.xml") -> bytes:
    """A package with only what is given, and the two parts every package needs."""
    types = (
        f'<Types xmlns="{TYPES}"><Default Extension="rels" ContentType="a"/>'
        f'<Default Extension="xml" ContentType="{MAIN}.document.main+xml"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" Type="{R}/officeDocument" Target="{target}"/>'
        "</Relationships>"
    )
    return zipped({"[Content_Types].xml": types, "_rels/.rels": relations} | files)


def external(kind: str, target: str) -> bytes:
    relations = (
        f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rX" Type="{R}/{kind}" Target="{target}"'
        ' TargetMode="External"/></Relationships>'
    )
    drawn = f'<w:body>{paragraph("正文")}<w:p><w:r><w:object><o:OLEObject r:id="rX"/></w:object></w:r></w:p></w:body>'
    return main_part({"word/document.xml": root("document", drawn), "word/_rels/document.xml.rels": relations})


def changed(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new)


def lying_sizes() -> bytes:
    """Sizes in the directory say 1 byte."""
    data = bytearray(package(SEEN))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = (1).to_bytes(4, "little")
    return bytes(data)


def zip64_lie() -> bytes:
    """The directory says the sizes stand in a zip64 field that is not there."""
    data = bytearray(package(SEEN))
    at = data.find(b"PK\x01\x02")
    data[at + 20 : at + 28] = b"\xff" * 8
    return bytes(data)


def compressed(method: int) -> bytes:
    data = bytearray(package(SEEN))
    for sign, offset in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        at = data.find(sign)
        data[at + offset : at + offset + 2] = method.to_bytes(2, "little")
    return bytes(data)


def picture(change: Callable[[bytearray, int, int], None]) -> bytes:
    """A picture whose entry is changed: the bytes, where it stands in the file and where in the directory."""
    data = bytearray(package(SEEN, **{"word/media/a.png": b"\x89PNG" + bytes(range(256))}))
    change(data, data.find(b"word/media/a.png") - 30, data.rfind(b"word/media/a.png") - 46)
    return bytes(data)


def told_in_front(offset: int, said: bytes) -> bytes:
    """The header in front of the main part says something else than the directory."""
    data = bytearray(package(SEEN))
    at = data.find(b"word/document.xml") - 30 + offset
    data[at : at + len(said)] = said
    return bytes(data)


def utf7(content: str) -> bytes:
    xml = f'<w:document xmlns:w="{W}"><w:body>{content}</w:body></w:document>'
    coded = xml.replace("<", "+ADw-").replace(">", "+AD4-").encode()
    return main_part({"word/document.xml": b'<?xml version="1.0" encoding="UTF-7"?>' + coded})


def streamed() -> bytes:
    """The same archive as programs write it that cannot go back: sizes behind the entries; with a long comment."""

    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.bytes = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.bytes += data
            return len(data)

    pipe = Pipe()
    with ZipFile(io.BytesIO(package(SEEN))) as source, ZipFile(pipe, "w", ZIP_DEFLATED) as target:
        for entry in source.infolist():
            target.writestr(entry.filename, source.read(entry))
        target.comment = b"x" * 65_535
    return bytes(pipe.bytes)


def bad_checksum() -> bytes:
    data = bytearray(part("numbering", numbering(LISTED)))
    at = data.rfind(b"word/numbering.xml") - 46
    data[at + 16] ^= 255
    return bytes(data)


def spoiled(data: bytearray, entry: int, _: int) -> None:
    data[entry + 60] ^= 255


def locked(data: bytearray, entry: int, listed: int) -> None:
    data[entry + 6] |= 1
    data[listed + 8] |= 1


def packed(data: bytearray, entry: int, listed: int) -> None:
    data[entry + 8] = data[listed + 10] = 12


def unmarked_utf8(data: bytes) -> bytes:
    """The same archive without the flag that says its names are UTF-8."""
    made = bytearray(data)
    for sign, offset in ((b"PK\x01\x02", 9), (b"PK\x03\x04", 7)):
        at = made.find(sign)
        while at >= 0:
            made[at + offset] &= ~8
            at = made.find(sign, at + 4)
    return bytes(made)


def levels(count: int) -> str:
    one = '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    return root("numbering", f'<w:abstractNum w:abstractNumId="1">{one * count}</w:abstractNum>')


def deep(depth: int, name: str = "sdt") -> str:
    return f"<w:{name}>" * depth + f"</w:{name}>" * depth


def based_on(count: int) -> str:
    rows = "".join(
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(count)
    )
    return root("styles", rows)


REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "编号部件里有实体": ("D105", lambda: part("numbering", with_dtd(numbering(LISTED)))),
    "样式部件里有实体": ("D105", lambda: part("styles", with_dtd(styles("")))),
    "页眉部件里有实体": ("D105", lambda: part("header", with_dtd(root("hdr", paragraph("&e;"))))),
    "主题里有实体": ("D105", lambda: package(SEEN, **{"word/theme/theme1.xml": ENTITY.encode() + b"<a/>"})),
    "UTF-16 的实体": ("D105", lambda: part("styles", with_dtd(styles("")).replace("UTF-8", "UTF-16").encode("utf-16"))),
    "注释后面的实体": ("D105", lambda: part("styles", "<!-- <a> -->\n" * 5000 + ENTITY + "<a/>")),
    "百万级编号": ("D104", lambda: part("numbering", levels(400_000))),
    "百万个属性": ("D104", lambda: part("styles", root("styles", '<w:style a="" b="" c="" d=""/>' * 500_000))),
    "页眉里的深嵌套": (
        "D104",
        lambda: package(
            root(
                "document",
                f'<w:body>{paragraph("正文")}<w:sectPr><w:headerReference r:id="rheader"/></w:sectPr></w:body>',
            ),
            {"header": ("header.xml", root("hdr", deep(400)))},
        ),
    ),
    "许多大部件": (
        "D104",
        lambda: package(
            root(
                "document",
                "<w:body><w:sectPr>"
                + "".join(f'<w:headerReference r:id="rheader{n}"/>' for n in range(9))
                + "</w:sectPr></w:body>",
            ),
            {f"header{n}": (f"header{n}.xml", root("hdr", "<w:p/>" * 200_000)) for n in range(9)},
        ),
    ),
    "长文字": ("D104", lambda: package(root("document", f"<w:body>{paragraph('长' * 4_000_000)}</w:body>"))),
    "大小写不同的两个正文": ("D105", lambda: main_part({"word/document.xml": SEEN, "Word/Document.XML": SEEN})),
    "反斜线的两个正文": ("D105", lambda: main_part({"word/document.xml": SEEN, "word\\document.xml": SEEN})),
    "指向外面的正文": ("D105", lambda: main_part({"word/document.xml": SEEN}, "../../../etc/passwd")),
    "编码的上级目录": ("D105", lambda: main_part({"word/document.xml": SEEN}, "%2e%2e/%2e%2e/etc/passwd")),
    "反斜线的上级目录": ("D105", lambda: main_part({"word/document.xml": SEEN}, "..\\..\\etc\\passwd")),
    "正文不在": ("D106", lambda: main_part({"word/other.xml": SEEN})),
    "正文是 Excel": ("D101", lambda: main_part({"word/document.xml": '<workbook xmlns="urn:x"/>'})),
    "正文编码不对": ("D103", lambda: main_part({"word/document.xml": SEEN.encode("gb18030")})),
    "编码名不认识": ("D105", lambda: main_part({"word/document.xml": SEEN.replace("UTF-8", "X-无").encode()})),
    "目录里的大小不对": ("D105", lying_sizes),
    "假的 zip64": ("D104", zip64_lie),
    "LZMA 压缩": ("D105", lambda: compressed(14)),
    "没听过的压缩": ("D105", lambda: compressed(77)),
    "加密标志": (
        "D102",
        lambda: changed(package(SEEN), b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"),
    ),
    "加密容器": (
        "D102",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
    ),
    "旧 doc": ("D102", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le")),
    "RTF": ("D101", lambda: b"{\\rtf1 \xd5\xfd}"),
    "PDF": ("D101", lambda: b"%PDF-1.7\n"),
    "网页": ("D101", lambda: bytes("\ufeff<html><body>正文", "utf-8")),
    "全是零": ("D101", lambda: bytes(5000)),
    "OpenDocument": (
        "D101",
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
    ),
    "OFD": ("D101", lambda: zipped({"OFD.xml": "<a/>"})),
    "Word 2003 的 XML": (
        "D101",
        lambda: b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument/>',
    ),
    "两个压缩包接在一起": (
        "D105",
        lambda: package(root("document", f"<w:body>{paragraph('别的')}</w:body>")) + package(SEEN),
    ),
    "两处的名称不一": ("D103", lambda: told_in_front(30, b"word/dokument.xml")),
    "两处的压缩方式不一": ("D105", lambda: told_in_front(8, b"\0\0")),
    "两处的大小不一": ("D105", lambda: told_in_front(22, b"\1\0\0\0")),
    "零字节后面的名称": (
        "D105",
        lambda: main_part({"word/document.xml": SEEN, "word/document.xml_.png": SEEN}).replace(
            b"xml_.png", b"xml\0.png"
        ),
    ),
    "UTF-7": ("D105", lambda: utf7("<w:p/>" * 10)),
    "UTF-7 的实体": ("D105", lambda: utf7("").replace(b"+ADw-w:doc", b"+ADwAIQ-DOCTYPE a+AD4-+ADw-w:doc", 1)),
    "EBCDIC": (
        "D103",
        lambda: main_part({"word/document.xml": SEEN.replace("UTF-8", "cp037").encode("cp037", "replace")}),
    ),
    "UTF-16 的百万个标记": (
        "D104",
        lambda: main_part(
            {"word/document.xml": root("document", "<w:p/>" * 1_100_000).replace("UTF-8", "UTF-16").encode("utf-16")}
        ),
    ),
    "跨列的大表": (
        "D104",
        lambda: docx(
            "<w:tbl>"
            + ("<w:tr>" + '<w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr><w:p/></w:tc>' * 60 + "</w:tr>") * 100
            + "</w:tbl>"
        ),
    ),
    "很长的编号": ("D104", lambda: docx("1/0 正文\n" * 4_100, f"甲: decimal {'长' * 250}\n1 = 甲")),
    "编号部件的校验和不对": ("D103", bad_checksum),
    "嵌套的压缩包": ("D101", lambda: zipped({"a.docx": package(SEEN)})),
    "没有内容类型": ("D101", lambda: zipped({"word/document.xml": SEEN})),
    "内容类型坏了": ("D103", lambda: main_part({"word/document.xml": SEEN, "[Content_Types].xml": "<Types"})),
}
"""Why each is refused. The words in the messages say what the file is."""


def numbered(text: str, count: int = 1) -> str:
    return root("document", f"<w:body>{body('1/0 正文') * count}</w:body>").replace("正文", text)


READ: dict[str, Callable[[], bytes]] = {
    "大小写不同的部件名": lambda: main_part({"WORD/Document.XML": SEEN}),
    "反斜线的部件名": lambda: main_part({"word\\document.xml": SEEN}),
    "绝对的关系": lambda: main_part({"word/document.xml": SEEN}, "/word/document.xml"),
    "别的名称": lambda: main_part({"正文/main.part": SEEN}, "正文/main.part"),
    "编码的名称": lambda: main_part({"word/正 文.xml": SEEN}, "word/%E6%AD%A3%20%E6%96%87.xml"),
    "UTF-16": lambda: main_part({"word/document.xml": SEEN.replace("UTF-8", "UTF-16").encode("utf-16")}),
    "坏的编号部件": lambda: part("numbering", "<w:numbering"),
    "坏的样式部件": lambda: part("styles", b"\xff\xfe\x00"),
    "编号部件不在": lambda: main_part(
        {"word/document.xml": SEEN, "word/_rels/document.xml.rels": changed(
            package(SEEN, {"numbering": ("numbering.xml", "x")}), b"PK", b"PK") and
            f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{R}/numbering" Target="numbering.xml"/></Relationships>'}),
    "basedOn 成环": lambda: docx("*甲 正文", LISTED, "甲 < 乙: <w:jc/>\n乙 < 甲: <w:jc/>"),
    "长长的 basedOn": lambda: part("styles", based_on(20_000), root("document", f"<w:body>{body('*s0 正文')}</w:body>")),
    "编号文字很长": lambda: docx("1/0 正文\n" * 2000, f"甲: decimal {'%1' * 500_000}\n1 = 甲"),
    "很大的起始值": lambda: docx("1/0 正文", f"甲: lowerRoman %1. start=2147483647\n1 = 甲 start0={'9' * 4000}"),
    "罗马数字很大": lambda: docx("1/0 正文", "甲: upperLetter %1. start=999999999\n1 = 甲"),
    "负的层级": lambda: docx('<w:p><w:pPr><w:numPr><w:ilvl w:val="-7"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>正文</w:t></w:r></w:p>', LISTED),
    "不是数的层级": lambda: docx('<w:p><w:pPr><w:numPr><w:ilvl w:val="²"/><w:numId w:val="一"/></w:numPr></w:pPr><w:r><w:t>正文</w:t></w:r></w:p>', LISTED),
    "跨列很大": lambda: docx(f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="999999999"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>{paragraph("正文")}</w:tc></w:tr></w:tbl>'),
    "很长的属性": lambda: docx(f'<w:p><w:pPr><w:pStyle w:val="{"长" * 900_000}"/></w:pPr><w:r><w:t>正文</w:t></w:r></w:p>'),
    "关系指向自己": lambda: main_part({"word/document.xml": SEEN, "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r" Type="{R}/styles" Target="document.xml"/><Relationship Id="s" Type="{R}/numbering" Target="_rels/document.xml.rels"/></Relationships>'}),
    "外部模板": lambda: external("attachedTemplate", "http://127.0.0.1:9/a.dotm"),
    "外部图片": lambda: external("image", "file:///etc/passwd"),
    "外部对象": lambda: external("oleObject", "\\\\127.0.0.1\\share\\a.xlsx"),
    "外部样式": lambda: external("styles", "/etc/passwd"),
    "嵌套的文字框": lambda: docx("/ 正文\n" + "<w:p><w:r><w:pict><w:txbxContent>" * 40 + paragraph("深") + "</w:txbxContent></w:pict></w:r></w:p>" * 40),
    "嵌套的表": lambda: docx("/ 正文\n" + "<w:tbl><w:tr><w:tc>" * 60 + paragraph("深") + "</w:tc></w:tr></w:tbl>" * 60),
    "嵌套的分支": lambda: docx("/ 正文\n" + "<mc:AlternateContent><mc:Choice>" * 100 + paragraph("深") + "</mc:Choice></mc:AlternateContent>" * 100),
    "没有名称的段落属性": lambda: docx("<w:p><w:pPr><w:pStyle/><w:numPr><w:numId/></w:numPr></w:pPr><w:r><w:t>正文</w:t></w:r></w:p>", LISTED),
    "许多域": lambda: docx("/ 正文\n" + "<w:p>" + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000 + "</w:p>"),
    "许多删去的段落标记": lambda: docx("/ 正文\n" + '<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>字</w:t></w:r></w:p>' * 9_000),
    "空的 AlternateContent": lambda: docx("/ 正文\n<mc:AlternateContent/>\n<w:p><w:pPr><mc:AlternateContent/></w:pPr></w:p>"),
    "流式写的压缩包": streamed,
    "坏的图片": lambda: picture(spoiled),
    "加密的图片": lambda: picture(locked),
    "压缩方式不认识的图片": lambda: picture(packed),
    "没有标明 UTF-8 的名称": lambda: unmarked_utf8(main_part({"word/正文.xml": SEEN}, "word/正文.xml")),
    "部件名里的百分号": lambda: main_part({"word/a%20b.xml": SEEN}, "word/a%20b.xml"),
    "外部的正文不算": lambda: main_part({"word/document.xml": SEEN, "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{R}/officeDocument" Target="http://127.0.0.1:9/" TargetMode="External"/><Relationship Id="b" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'}),
    "许多层框": lambda: docx("/ 正文\n" + ("<w:tbl><w:tr><w:tc>" + paragraph("字") * 2) * 70 + "</w:tc></w:tr></w:tbl>" * 70),
    "框里有许多空段": lambda: docx("/ 正文\n" + ("<w:tbl><w:tr><w:tc>" + "<w:p/>" * 5_000) * 60 + "</w:tc></w:tr></w:tbl>" * 60),
    "许多放错的字": lambda: docx("/ 正文\n<w:tbl>" + "<w:p><w:r><w:t>字</w:t></w:r></w:p>" * 40_000 + "</w:tbl>"),
    "许多删去的格": lambda: docx("/ 正文\n<w:tbl><w:tr>" + "<w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p/></w:tc>" * 40_000 + "</w:tr></w:tbl>"),
    "词条里的网页": lambda: package(SEEN, **{"customXml/item1.xml": b"<a><![CDATA[<!DOCTYPE html>]]></a>"}),
}  # fmt: skip
"""Odd or hostile, and read all the same: 正文 is there."""


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    code, make = REFUSED[name]
    data = make()
    start = time.process_time()
    with pytest.raises(DraftError) as refused:
        read_all(data, "坏.docx")
    assert time.process_time() - start < 5
    assert [d.code for d in refused.value.diagnostics] == [code]
    assert refused.value.diagnostics[0].hint
    assert "\n" not in refused.value.diagnostics[0].line()


@pytest.mark.parametrize("change", [spoiled, locked, packed])
def test_a_picture_that_cannot_be_unpacked_is_told(change: Callable[[bytearray, int, int], None]) -> None:
    (told,) = read_all(picture(change), "a.docx").diagnostics
    assert (told.code, "word/media/a.png" in told.message) == ("D113", True)


def test_all_bodies_are_read() -> None:
    bodies = "".join(f"<w:body>{paragraph(word)}</w:body>" for word in "甲乙")
    assert [line.text for line in read_all(package(root("document", bodies)), "a.docx").text] == ["甲", "乙"]


@pytest.mark.parametrize("name", READ)
def test_read_all_the_same(name: str) -> None:
    data = READ[name]()
    start = time.process_time()
    found = read_all(data, "怪.docx")
    assert time.process_time() - start < 5
    assert "正文" in "".join(line.text for line in found.text)
    assert all(len(line) < 100_000 for line in found.text)


P = paragraph("字")
BOMBS: dict[str, Callable[[int], bytes]] = {
    "段落": lambda n: package(root("document", f"<w:body>{P * (n // 3)}</w:body>")),
    "编号": lambda n: docx("1/0 字\n" * (n // 7), LISTED),
    "单元格": lambda n: docx("<w:tbl>" + ("<w:tr>" + "<w:tc><w:p/></w:tc>" * 6 + "</w:tr>") * (n // 14) + "</w:tbl>"),
    "一段里的文字": lambda n: docx("<w:p>" + "<w:r><w:t>字</w:t></w:r>" * (n // 2 - 100) + "</w:p>"),
    "一段里的换行": lambda n: docx("<w:p><w:r>" + "<w:br/><w:t>字</w:t>" * (n // 2 - 100) + "</w:r></w:p>"),
    "没有结束的域": lambda n: docx('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>\n' + P * (n // 3 - 100)),
    "删去的标记": lambda n: docx("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr></w:p>" * (n // 4 - 100)),
    "删去的标记和换行": lambda n: docx(
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>字</w:t><w:br/></w:r></w:p>" * (n // 7 - 100)
    ),
    "属性": lambda n: docx("/ 正文", looks='<w:style w:a="" w:b="" w:c=""/>' * (n // 4)),
    "命名空间": lambda n: docx("/ 正文", looks="".join(f'<w:style xmlns:a{i}="urn:{i}"/>' for i in range(n // 5))),
    "全是零的部件": lambda n: package(SEEN, **{"word/media/a.bin": bytes(n * 90)}),
    "脚注": lambda n: package(
        SEEN, {"footnotes": ("footnotes.xml", root("footnotes", f"<w:footnote>{P}</w:footnote>" * (n // 4 - 100)))}
    ),
    "编号级": lambda n: package(SEEN, {"numbering": ("numbering.xml", levels(n // 3 - 100))}),
    "关系": lambda n: main_part(
        {
            "word/document.xml": SEEN,
            "word/_rels/document.xml.rels": (
                f'<Relationships xmlns="{RELATIONS}">'
                + f'<Relationship Id="r" Type="{R}/header" Target="a/../b.xml"/>' * (n // 4)
                + "</Relationships>"
            ),
        }
    ),
}
"""Files of about n tags, each of a kind of its own; a million is as much as the caps allow."""
_RUN = """
import pathlib, re, sys, time
sys.path.insert(0, sys.argv[1])
from drafter.word.read import UNFORESEEN, read_all
from tests.test_word_hostile import BOMBS
for name, make in BOMBS.items():
    data = make(100_000)
    start = time.process_time()
    read_all(data, "a.docx")
    if time.process_time() - start > 3:
        print(name, time.process_time() - start)
status = pathlib.Path("/proc/self/status")
peak = int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) // 1024 if status.exists() else 0
print("peak", peak < 256)
"""


def test_bombs_cost_little() -> None:
    """A tenth of what the caps allow, each within a second or so, all within 256 MB; benchmarks.docx_bombs has the rest."""
    command = [sys.executable, "-X", "utf8", "-c", _RUN, str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=110, check=False)
    assert done.stdout.split() == ["peak", "True"], done.stdout + done.stderr[-500:]


_AUDIT = """
import sys
sys.path.insert(0, sys.argv[1])
import drafter.reading
from drafter.diagnostic import DraftError
from drafter.reading import read
from pathlib import Path
folder = Path(sys.argv[2])
names = sorted(folder.iterdir())
read(names[0], "first.docx")
touched = []
def hook(event, args):
    if event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "urllib.", "ctypes.")):
        touched.append((event, str(args)[:80]))
    elif event == "open" and str(args[0]) not in opened and not str(args[0]).endswith((".py", ".pyc", ".so")):
        touched.append((event, str(args[0])))
opened = {str(n) for n in names}
sys.addaudithook(hook)
for name in names:
    try:
        read(name, name.name)
    except DraftError:
        pass
print(len(names), touched)
"""


def test_nothing_else_is_touched(tmp_path: Path) -> None:
    """No connection, no other file, no process, whatever the file asks for."""
    (tmp_path / "0.docx").write_bytes(docx("1/0 正文", LISTED))
    files = {**READ, **{name: make for name, (_, make) in REFUSED.items()}}
    for number, (_, make) in enumerate(files.items(), start=1):
        (tmp_path / f"{number}.docx").write_bytes(make())
    command = [sys.executable, "-X", "utf8", "-c", _AUDIT, str(ROOT), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=110, check=False)
    assert done.stdout.split("\n")[0] == f"{len(files) + 1} []", done.stdout + done.stderr[-800:]


def test_damaged_copies_end_in_a_refusal_or_text() -> None:
    from benchmarks.docx_damage import outcomes, samples

    found = outcomes(samples(), 300, random.Random(11))
    assert found.total == 300
    assert found.strange == []
    assert found.codes["D103"] > 50
    assert found.codes["text"] > 20


def test_an_entry_without_a_name_is_no_trouble() -> None:
    data = bytearray(zipped({"x": b"x"}))
    for sign, offset in ((b"PK\x01\x02", 28), (b"PK\x03\x04", 26)):
        at = data.find(sign) + offset
        data[at : at + 4] = bytes((0, 0, 1, 0))
    with pytest.raises(DraftError) as refused:
        read_all(bytes(data), "a.docx")
    assert refused.value.diagnostics[0].code == "D101"
    assert UNFORESEEN not in refused.value.diagnostics[0].message
