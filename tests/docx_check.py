"""A fast structural check of a .docx, our own, for every document the tests write; and how tests ask for tools."""

from __future__ import annotations

import os
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import pytest
from lxml import etree

from tests import drawing_check

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
OUTSIDE = "an address on the web"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

ORDER = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
        snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid
        vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em
        lang eastAsianLayout specVanish oMath rPrChange""",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing
        tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription""",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType
        pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings""",
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr""",
}
"""Children in the order of the schema (wml.xsd): Word calls a file with another order damaged."""
_SEVERAL = ("headerReference", "footerReference", "tblStylePr")
"""Children that may stand more than once."""
_PLACES = {f"{W}{parent}": {f"{W}{n}": i for i, n in enumerate(names.split())} for parent, names in ORDER.items()}


def need(condition: object, reason: str) -> None:
    """Skips the test when the condition fails; where DRAFTER_NO_SKIP is set that is a failure."""
    if condition:
        return
    if os.environ.get("DRAFTER_NO_SKIP"):
        pytest.fail(reason)
    pytest.skip(reason)


def problems(data: bytes) -> list[str]:
    """What is wrong with a .docx, one line each; empty when nothing is."""
    try:
        with ZipFile(BytesIO(data)) as archive:
            found = list(_container(archive))
            parts = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    except BadZipFile as error:
        return [f"no zip: {error}"]
    roots = {}
    for name, content in parts.items():
        if name.endswith(drawing_check.BINARY):
            continue
        try:
            roots[name] = etree.fromstring(content)
        except etree.XMLSyntaxError as error:
            found.append(f"{name}: {error}")
    if found or "word/document.xml" not in roots:
        return found or ["no word/document.xml"]
    for check in (
        _declared,
        _related,
        _styled,
        _ordered,
        _tables,
        _ids,
        _counted,
        _fields,
        _body,
        _values,
        _drawings,
        _foreign,
    ):
        found.extend(check(roots, parts))
    return found


Roots = dict[str, etree._Element]
Parts = dict[str, bytes]


def _container(archive: ZipFile) -> Iterator[str]:
    entries = archive.infolist()
    if bad := archive.testzip():
        yield f"CRC of {bad}"
    if not entries or entries[0].filename != "[Content_Types].xml":
        yield "[Content_Types].xml is not first"
    for name, count in Counter(entry.filename.lower() for entry in entries).items():
        if count > 1 or name.startswith("/") or "\\" in name or ".." in name.split("/"):
            yield f"name {name} ({count})"
    for entry in entries:
        if entry.date_time != (1980, 1, 1, 0, 0, 0) or entry.create_system or entry.compress_type != ZIP_DEFLATED:
            yield f"{entry.filename}: date, system or method tells of the machine"


def _declared(roots: Roots, parts: Parts) -> Iterator[str]:
    types = roots["[Content_Types].xml"]
    defaults = {t.get("Extension") for t in types.iter(f"{TYPES}Default")}
    overrides = [str(t.get("PartName")) for t in types.iter(f"{TYPES}Override")]
    for name, count in Counter(overrides).items():
        if count > 1 or name.lstrip("/") not in parts:
            yield f"content type of {name} ({count})"
    for name in parts:
        by_ending = name.endswith(".rels") or name.startswith("customXml/item")
        declared = (by_ending and name.rpartition(".")[2] in defaults) or f"/{name}" in overrides
        if not declared and name != "[Content_Types].xml":
            yield f"no content type of its own: {name}"


def _relations(roots: Roots, name: str) -> dict[str, str]:
    """Relationship id → target member of a part."""
    folder, base = posixpath.split(name)
    rels = roots.get(f"{folder}/_rels/{base}.rels" if folder else "_rels/.rels")
    rows = [] if rels is None else list(rels.iter(RELATION))
    ids = [str(r.get("Id")) for r in rows]
    assert len(set(ids)) == len(ids), f"{name}: relationship ids not unique"
    return {str(r.get("Id")): _leads(folder, r) for r in rows}


def _leads(folder: str, relation: etree._Element) -> str:
    """The member a relationship leads to, OUTSIDE for an address on the web."""
    target = str(relation.get("Target"))
    if relation.get("TargetMode") == "External":
        linked = str(relation.get("Type")).endswith("/hyperlink") and target.startswith(
            ("http://", "https://", "mailto:")
        )
        return OUTSIDE if linked else f"outside: {target}"
    return posixpath.normpath(posixpath.join(folder, target))


def _related(roots: Roots, parts: Parts) -> Iterator[str]:
    reached = {"[Content_Types].xml"} | {name for name in parts if name.endswith(".rels")}
    for name in ["", *parts]:
        targets = _relations(roots, name)
        reached.update(targets.values())
        yield from (f"{name}: {i} leads to missing {t}" for i, t in targets.items() if t not in parts and t != OUTSIDE)
        if name in roots:
            used = {str(v) for e in roots[name].iter() for k, v in e.attrib.items() if str(k).startswith(R)}
            yield from (f"{name}: no relationship {i}" for i in used - targets.keys())
    yield from (f"nothing leads to {name}" for name in parts.keys() - reached)


def _styled(roots: Roots, parts: Parts) -> Iterator[str]:
    known = Counter((s.get(f"{W}type"), s.get(f"{W}styleId")) for s in roots["word/styles.xml"].iter(f"{W}style"))
    yield from (f"style {key} stands {count} times" for key, count in known.items() if count > 1)
    ids = {key for _, key in known}
    uses = {"pStyle": "paragraph", "rStyle": "character", "tblStyle": "table", "basedOn": "", "next": "", "link": ""}
    for name, root in roots.items():
        for tag, kind in uses.items():
            for element in root.iter(f"{W}{tag}"):
                key = element.get(f"{W}val")
                if (kind and (kind, key) not in known) or key not in ids:
                    yield f"{name}: {tag} {key} is no style"


def _ordered(roots: Roots, parts: Parts) -> Iterator[str]:
    for name, root in roots.items():
        for element in root.iter(*_PLACES):
            places = [_PLACES[str(element.tag)].get(str(child.tag), -1) for child in element]
            several = [_PLACES[str(element.tag)].get(f"{W}{name}", -1) for name in _SEVERAL]
            once = [place for place in places if place not in several]
            if -1 in places or places != sorted(places) or _twice(once):
                yield f"{name}: {element.tag} has {[str(c.tag).rpartition('}')[2] for c in element]}"


def _twice(places: list[int]) -> bool:
    return len(places) != len(set(places))


def _tables(roots: Roots, parts: Parts) -> Iterator[str]:
    for table in roots["word/document.xml"].iter(f"{W}tbl"):
        widths = [int(str(c.get(f"{W}w"))) for c in table.iter(f"{W}gridCol")]
        styled, room = table.find(f"{W}tblPr/{W}tblStyle") is not None, _text_width(table)
        if not 1 <= len(widths) <= 63 or min(widths) < 1 or sum(widths) > room or (styled and sum(widths) < room):
            yield f"table columns {widths} in {room}"
        yield from _rows(table.findall(f"{W}tr"), widths)
        if any(cell[-1].tag != f"{W}p" for cell in table.iter(f"{W}tc")):
            yield "cell without paragraph at its end"
        marks = (f"{W}bookmarkStart", f"{W}bookmarkEnd")
        following = next((one for one in table.itersiblings() if one.tag not in marks), None)
        if following is None or following.tag != f"{W}p":
            yield "table touches the next table or the end"


def _text_width(table: etree._Element) -> int:
    """Width of the text on the pages that a table stands on, in twips; 0 where nothing says it.

    A table in a text box stands where the paragraph does that holds the box.
    """
    for box in table.iterancestors(f"{W}txbxContent"):
        table = next(box.iterancestors(f"{W}p"))
    setups = (
        s
        for after in table.itersiblings()
        for s in ([after] if after.tag == f"{W}sectPr" else after.iter(f"{W}sectPr"))
    )
    setup = next(setups, None)
    if setup is None:
        return 0
    paper, margins = setup.find(f"{W}pgSz"), setup.find(f"{W}pgMar")
    assert paper is not None and margins is not None
    return int(str(paper.get(f"{W}w"))) - sum(int(str(margins.get(f"{W}{side}"))) for side in ("left", "right"))


def _rows(rows: list[etree._Element], widths: list[int]) -> Iterator[str]:
    """Every row covers all columns, each cell as wide as its columns; a merge that goes on has begun right above."""
    above: dict[int, int] = {}
    for row in rows:
        column, begun = 0, {}
        for cell in row.findall(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            columns = 1 if span is None else int(str(span.get(f"{W}val")))
            wide = cell.find(f"{W}tcPr/{W}tcW")
            if wide is None or int(str(wide.get(f"{W}w"))) != sum(widths[column : column + columns]):
                yield "cell of another width than its columns"
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None:
                begun[column] = columns
                if merge.get(f"{W}val") != "restart" and above.get(column) != columns:
                    yield "cell merged with none above"
            column += columns
        if column != len(widths):
            yield "table row with another number of cells"
        above = begun
    heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
    if not rows or heads != sorted(heads, reverse=True):
        yield "no rows, or a head row below others"


def _drawings(roots: Roots, parts: Parts) -> Iterator[str]:
    """Every picture is one, every chart shows what the workbook it leads to holds."""
    yield from drawing_check.binaries(parts)
    yield from drawing_check.drawings(roots["word/document.xml"])
    for name in (n for n in roots if n.startswith("word/charts/chart")):
        books = [t for t in _relations(roots, name).values() if t.endswith(".xlsx")]
        if len(books) != 1 or books[0] not in parts:
            yield f"{name} has no workbook"
        else:
            yield from (f"{name}: {said}" for said in drawing_check.chart(roots[name], parts[books[0]]))


def _ids(roots: Roots, parts: Parts) -> Iterator[str]:
    starts = [e.get(f"{W}id") for e in roots["word/document.xml"].iter(f"{W}bookmarkStart")]
    names = [e.get(f"{W}name") for e in roots["word/document.xml"].iter(f"{W}bookmarkStart")]
    ends = [e.get(f"{W}id") for e in roots["word/document.xml"].iter(f"{W}bookmarkEnd")]
    if sorted(map(str, starts)) != sorted(map(str, ends)) or len(set(starts)) < len(starts):
        yield "bookmarks are not paired"
    if len(set(names)) < len(names):
        yield "bookmark names are not unique"


def _counted(roots: Roots, parts: Parts) -> Iterator[str]:
    """Every number a paragraph asks for is that of a list with that level; definitions stand before lists."""
    root = roots.get("word/numbering.xml")
    order = ["numPicBullet", "abstractNum", "num", "numIdMacAtCleanup"]
    kinds = [order.index(etree.QName(one).localname) for one in root] if root is not None else []
    if kinds != sorted(kinds):
        yield "word/numbering.xml: definitions and lists are mixed"
    definitions = {} if root is None else {d.get(f"{W}abstractNumId"): d for d in root.iter(f"{W}abstractNum")}
    lists = {} if root is None else {n.get(f"{W}numId"): n for n in root.iter(f"{W}num")}
    if root is not None and len(lists) < len(list(root.iter(f"{W}num"))):
        yield "w:num ids are not unique"
    for one in roots["word/document.xml"].iter(f"{W}numPr"):
        level, name = (_said(one, what) for what in ("ilvl", "numId"))
        used = lists.get(name)
        definition = definitions.get(_said(used, "abstractNumId")) if used is not None else None
        levels = [] if definition is None else [lvl.get(f"{W}ilvl") for lvl in definition.iter(f"{W}lvl")]
        if name != "0" and level not in levels:
            yield f"list {name} has no level {level}"


def _said(element: etree._Element, child: str) -> str | None:
    found = element.find(f"{W}{child}")
    return None if found is None else found.get(f"{W}val")


def _fields(roots: Roots, parts: Parts) -> Iterator[str]:
    """Fields begin and end in turn; what they and links lead to is there; TC fields are hidden, else Word shows them."""
    root = roots["word/document.xml"]
    names = {e.get(f"{W}name") for e in root.iter(f"{W}bookmarkStart")}
    depth = 0
    for sign in root.iter(f"{W}fldChar"):
        depth += {"begin": 1, "end": -1}.get(sign.get(f"{W}fldCharType"), 0)
        if depth < 0:
            yield "a field ends that did not begin"
    if depth > 0:
        yield "a field does not end"
    wanted = [link.get(f"{W}anchor") for link in root.iter(f"{W}hyperlink") if link.get(f"{W}anchor")]
    for code in root.iter(f"{W}instrText"):
        words = (code.text or "").split()
        wanted += (
            words[1:2] if words[:1] == ["PAGEREF"] else words[words.index("\\b") + 1 :][:1] if "\\b" in words else []
        )
        if words[:1] == ["TC"] and code.getparent().find(f"{W}rPr/{W}vanish") is None:
            yield "a TC field is not hidden"
    for name in wanted:
        if name not in names:
            yield f"no bookmark {name}"


def _body(roots: Roots, parts: Parts) -> Iterator[str]:
    body = roots["word/document.xml"].find(f"{W}body")
    if body is None or len(body) == 0 or body[-1].tag != f"{W}sectPr":
        yield "sectPr is not last in the body"
    for name, root in roots.items():
        if any(t.text and t.text != t.text.strip() and "preserve" not in t.attrib.values() for t in root.iter(f"{W}t")):
            yield f"{name}: blanks at the edge of a text are not preserved"


_COLOUR = re.compile("[0-9A-F]{6}|auto")


def _values(roots: Roots, parts: Parts) -> Iterator[str]:
    """Colours are colours, lengths of the page are none below 0."""
    for name, root in roots.items():
        for element in root.iter():
            for key in ("color", "fill") if element.tag != f"{W}color" else ("val",):
                if not _COLOUR.fullmatch(str(element.get(f"{W}{key}", "auto"))):
                    yield f"{name}: colour {element.get(f'{W}{key}')!r}"
        for margins in root.iter(f"{W}pgMar", f"{W}pgSz"):
            yield from (f"{name}: {key} {value}" for key, value in margins.attrib.items() if str(value).startswith("-"))


def _foreign(roots: Roots, parts: Parts) -> Iterator[str]:
    for name, content in parts.items():
        if b"python-docx" in content or b"<!DOCTYPE" in content:
            yield f"{name}: another's name, or a DTD"
    if b">2013-" in parts.get("docProps/core.xml", b""):
        yield "docProps/core.xml: date of python-docx's template"
