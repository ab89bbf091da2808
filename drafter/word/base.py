"""The base package of a layout: every part of a .docx but the text, made once by python-docx and kept.

Why our own and not python-docx's template: that one is not schema-valid, weighs 800 kB and carries another's name and
a date of 2013.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from drafter.layout.model import CENTRE, DASHES, NOTHING, OUTER, Layout
from drafter.word.element import Element, etree, legal, run, w, xml
from drafter.word.own import own
from drafter.word.section import foot_distance, footer_distance
from drafter.word.styles import fonts, style, styles
from drafter.word.theme import theme

if TYPE_CHECKING:
    from docx.opc.part import Part
    from docx.package import Package

DOCUMENT = "word/document.xml"
CORE = "docProps/core.xml"


@cache
def base(layout: Layout) -> Mapping[str, bytes]:
    """Member name → content of a package without text; the text goes to DOCUMENT, the properties to CORE.

    With a 底稿 it is made from that file; errors as of `drafter.word.own.own`.
    """
    given = own(layout)
    return MappingProxyType(plain(layout)) if given is None else given.members


def plain(layout: Layout) -> dict[str, bytes]:
    """The package of a layout without 底稿."""
    from docx.opc.constants import CONTENT_TYPE as types  # noqa: N811
    from docx.opc.constants import RELATIONSHIP_TYPE as kinds  # noqa: N811
    from docx.package import Package

    package = Package()
    main = _part(package, "/word/document.xml", types.WML_DOCUMENT_MAIN, xml(w("document", w("body"))))
    package.relate_to(main, kinds.OFFICE_DOCUMENT)
    package.relate_to(_part(package, "/docProps/core.xml", types.OPC_CORE_PROPERTIES, core("", "", None)),
                      kinds.CORE_PROPERTIES)  # fmt: skip
    package.relate_to(_part(package, "/docProps/app.xml", types.OFC_EXTENDED_PROPERTIES, _app()),
                      kinds.EXTENDED_PROPERTIES)  # fmt: skip
    parts = (
        ("/word/styles.xml", types.WML_STYLES, kinds.STYLES, styles(layout)),
        ("/word/settings.xml", types.WML_SETTINGS, kinds.SETTINGS, _settings()),
        *_footers(layout, types.WML_FOOTER, kinds.FOOTER),
        ("/word/fontTable.xml", types.WML_FONT_TABLE, kinds.FONT_TABLE, fonts(layout)),
        ("/word/theme/theme1.xml", types.OFC_THEME, kinds.THEME, theme(layout)),
    )
    for name, content_type, kind, content in parts:
        main.relate_to(_part(package, name, content_type, content), kind)
    return _members(package)


def _part(package: Package, name: str, content_type: str, content: bytes) -> Part:
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    return Part(PackURI(name), content_type, content, package)


def _members(package: Package) -> dict[str, bytes]:
    stream = BytesIO()
    package.save(stream)
    with ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(members: dict[str, bytes]) -> bytes:
    """The package as bytes; same members, same bytes: fixed dates, order as given, no trace of the system."""
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in members.items():
            info = ZipInfo(name)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            archive.writestr(info, content, compresslevel=6)
    return stream.getvalue()


_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC = "http://purl.org/dc/elements/1.1/"
_TERMS = "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
PROPERTY_LIMIT = 255
"""Longest core property, in characters."""
FIXED_DAY = (2000, 1, 1)
"""Day written when none is given. Why: a clock would make every build different."""


def core(title: str, author: str, date: tuple[int, int, int] | None) -> bytes:
    """docProps/core.xml with title, author and (year, month, day) as created and modified."""
    names = {"cp": _CP, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    root = etree.Element(f"{{{_CP}}}coreProperties", nsmap=names)
    for tag, text in ((f"{{{_DC}}}title", title), (f"{{{_DC}}}creator", author), (f"{{{_CP}}}lastModifiedBy", author)):
        if text:
            etree.SubElement(root, tag).text = legal(text)[:PROPERTY_LIMIT]
    year, month, day = date or FIXED_DAY
    for tag in ("created", "modified"):
        stamp = etree.SubElement(root, f"{{{_TERMS}}}{tag}", {f"{{{_XSI}}}type": "dcterms:W3CDTF"})
        stamp.text = f"{year:04d}-{month:02d}-{day:02d}T00:00:00Z"
    return xml(root)


def _app() -> bytes:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    root = etree.Element(f"{{{space}}}Properties", nsmap={None: space})
    etree.SubElement(root, f"{{{space}}}Application").text = "drafter"
    return xml(root)


def _settings() -> bytes:
    modern = (
        ("compatibilityMode", 15),
        ("overrideTableStyleFontSizeAndJustification", 1),
        ("enableOpenTypeFeatures", 1),
        ("doNotFlipMirrorIndents", 1),
    )
    uri = "http://schemas.microsoft.com/office/word"
    return xml(
        w(
            "settings",
            w("zoom", percent=100),
            w("defaultTabStop", val=420),
            w("evenAndOddHeaders"),
            w("characterSpacingControl", val="compressPunctuation"),
            w("compat", w("useFELayout"), *(w("compatSetting", name=n, uri=uri, val=v) for n, v in modern)),
            w("themeFontLang", val="en-US", eastAsia="zh-CN"),
            w("decimalSymbol", val="."),
            w("listSeparator", val=","),
        )
    )


_SIDES = {OUTER: ("right", "left"), CENTRE: ("center", "center")}
"""Where the number stands on odd and on even pages; 居右: right on both."""


def _footers(layout: Layout, content_type: str, kind: str) -> Iterator[tuple[str, str, str, bytes]]:
    """The parts of odd and even pages; none where the layout has no page number."""
    if layout.numbers.form == NOTHING:
        return
    sides = _SIDES.get(layout.numbers.side, ("right", "right"))
    for number, side in enumerate(sides, start=1):
        yield f"/word/footer{number}.xml", content_type, kind, xml(w("ftr", page_number(layout, side)))


def page_number(layout: Layout, side: str) -> Element:
    """`— 1 —` at a side, one 字 in. Source: GB/T 9704-2012 7.5."""
    told = {side: layout.numbers.inset * layout.looks["页码"].size // 10} if side != "center" else {}
    margin = w("ind", **told) if told else None
    lifted = footer_distance(layout) - foot_distance(layout)
    after = w("spacing", after=lifted) if lifted else None
    look = w("pPr", w("pStyle", val=style("页码")), after, margin, w("jc", val=side))
    dashes = layout.numbers.form == DASHES
    edges = (run("— "), run(" —")) if dashes else (None, None)
    pieces = (edges[0], _field("begin"), _instruction(), _field("separate"), run("1"), _field("end"), edges[1])
    return w("p", look, *(_numbered(layout, piece) for piece in pieces if piece is not None))


def _field(kind: str) -> Element:
    return w("r", w("fldChar", fldCharType=kind))


def _instruction() -> Element:
    code = w("instrText")
    code.text = "PAGE"
    return w("r", code)


def _numbered(layout: Layout, piece: Element) -> Element:
    """The run with the page number's font on it. Why on every run: else the digits take the body's font."""
    for old in piece.findall(f"{{{piece.nsmap['w']}}}rPr"):
        piece.remove(old)
    look = layout.looks["页码"]
    font, size = look.font, look.size
    face = w("rFonts", hint="eastAsia", ascii=font, eastAsia=font, hAnsi=font, cs=font)
    piece.insert(0, w("rPr", face, w("spacing", val=0), w("sz", val=size), w("szCs", val=size)))
    return piece
