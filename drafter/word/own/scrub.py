"""Cleaning a part of a 底稿: what tells of people, of how it was edited or of its old text goes, its look stays.

Tracked changes are accepted. Content controls, smart tags and the like are opened; controls bound to data are dropped,
for the data stay behind.
"""

from __future__ import annotations

import re

from drafter.word.element import SPACE, Element, R, W, etree
from drafter.word.parts import Parts

MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_VML = "urn:schemas-microsoft-com:vml"
_OFFICE = "urn:schemas-microsoft-com:office:office"
_SHAPES = {
    f"http://schemas.microsoft.com/office/word/2010/wordprocessing{what}" for what in ("Shape", "Group", "Canvas")
}
"""What a choice may need: every Word since 2010, WPS and LibreOffice know these."""
_SPACES = _SHAPES | {
    W, R, MC, _WP, _VML, _OFFICE,
    "urn:schemas-microsoft-com:office:word",
    "http://www.w3.org/XML/1998/namespace",
    "http://schemas.openxmlformats.org/officeDocument/2006/math",
    _A,
    "http://schemas.openxmlformats.org/drawingml/2006/picture",
}  # fmt: skip
"""Namespaces that stay."""
_GONE = """
    commentRangeStart commentRangeEnd commentReference annotationRef bookmarkStart bookmarkEnd proofErr permStart
    permEnd footnoteReference endnoteReference footnoteRef endnoteRef altChunk subDoc control lastRenderedPageBreak del
    moveFrom moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart
    customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd customXmlMoveFromRangeStart
    customXmlMoveFromRangeEnd customXmlMoveToRangeStart customXmlMoveToRangeEnd pPrChange rPrChange sectPrChange
    tblPrChange tblPrExChange tblGridChange tcPrChange trPrChange numberingChange cellIns cellDel cellMerge sdtPr
    sdtEndPr smartTagPr customXmlPr ffData binData movie contentPart rsid delText delInstrText sectPr"""
"""Elements that go with all that is in them."""
_OPENED = "ins moveTo sdt sdtContent smartTag customXml"
"""Elements that go, what is in them stays."""
_CUT, _UNWRAPPED = frozenset(_GONE.split()), frozenset(_OPENED.split())
_EXTENSIONS = f"{{{_A}}}extLst"
_LINKS = {None: ("href", "src", "target"), _OFFICE: ("href", "althref", "gfxdata")}
"""Attributes of VML that lead outside, or hold a package of their own, by namespace."""
_TOLD = ("descr", "title", "alt", "name", f"{{{_OFFICE}}}title")
"""Attributes in which Word keeps where a picture came from."""
_PATH = re.compile(r"^(?:file:|[A-Za-z]:[\\/]|\\\\|/|~/).*[\\/]")
_BLANKS = str.maketrans("\n\r\t", "   ")


def scrub(root: Element) -> list[str]:
    """Cleans a part in place; returns what of its content was left behind, in words."""
    alternatives(root)
    left = _controls(root)
    left += ["嵌入的对象"] * _drop(root, f"{{{W}}}object")
    left += _drawings(root)
    _deleted(root)
    for one in [e for e in root.iter() if _local(e) in _CUT or e.tag == _EXTENSIONS]:
        cut(one)
    for one in [e for e in root.iter() if _local(e) in _UNWRAPPED]:
        unwrap(one)
    _strangers(root)
    for one in root.iter():
        _attributes(one)
    return left


def cut(one: Element) -> None:
    """Takes an element out."""
    if (above := one.getparent()) is not None:
        above.remove(one)


def top(root: Element, *names: str) -> None:
    """Takes out elements that stand anywhere but at the top of a part."""
    for one in [e for e in root.iter() if _local(e) in names and e.getparent() is not root]:
        cut(one)


def unwrap(one: Element) -> None:
    """Puts what is in an element in its place."""
    if (above := one.getparent()) is not None:
        at = above.index(one)
        above[at : at + 1] = list(one)


def alternatives(root: Element) -> None:
    """Of every w:AlternateContent the first choice with content that all programs know, and the fallback; else that alone."""
    for one in list(root.iter(f"{{{MC}}}AlternateContent")):
        choices = [c for c in one if c.tag == f"{{{MC}}}Choice" and len(c) and _is_known(c)][:1]
        fallback = [c for c in one if c.tag == f"{{{MC}}}Fallback"][:1]
        if choices:
            one[:] = [*choices, *fallback]
        else:
            one[:] = [child for f in fallback for child in f]
            unwrap(one)


def _is_known(choice: Element) -> bool:
    needed = (choice.get("Requires") or "").split()
    return bool(needed) and all(choice.nsmap.get(prefix) in _SHAPES for prefix in needed)


def _local(element: Element) -> str:
    """The name of a w: element, '' of others."""
    space, _, name = str(element.tag)[1:].rpartition("}")
    return name if space == W else ""


def _drop(root: Element, tag: str) -> int:
    found = list(root.iter(tag))
    for one in found:
        cut(one)
    return len(found)


def _drawings(root: Element) -> list[str]:
    """Drawings that are neither pictures nor shapes: they show a file of their own."""
    left = []
    for one in list(root.iter(f"{{{_A}}}graphicData")):
        if one.get("uri") not in _SPACES:
            drawing = next((above for above in one.iterancestors() if _local(above) == "drawing"), one)
            left += ["图表"] if drawing.getparent() is not None else []
            cut(drawing)
    return left


def _controls(root: Element) -> list[str]:
    """Controls bound to data, and prompts that nobody has typed over."""
    left = []
    for one in list(root.iter(f"{{{W}}}sdt")):
        told = one.find(f"{{{W}}}sdtPr")
        bound = told is not None and told.find("{*}dataBinding") is not None
        if told is not None and (bound or told.find(f"{{{W}}}showingPlcHdr") is not None):
            left += ["连着文档属性的内容控件"] if bound else ["没有填的内容控件"]
            cut(one)
    return left


def _deleted(root: Element) -> None:
    """Rows and empty paragraphs whose deletion is tracked."""
    for mark in list(root.iter(f"{{{W}}}del")):
        above = mark.getparent()
        owner = above.getparent() if above is not None else None
        if above is None or owner is None:
            continue
        if _local(above) == "trPr":
            cut(owner)
        elif _local(above) == "rPr" and _local(owner) == "pPr":
            _empty(owner.getparent())


def _empty(paragraph: Element | None) -> None:
    """Takes out a paragraph with nothing but what is deleted, when another follows."""
    if paragraph is None or paragraph.getnext() is None:
        return
    if all(_local(one) in _CUT or _local(one) == "pPr" for one in paragraph):
        cut(paragraph)


def _strangers(root: Element) -> None:
    """Elements and attributes of namespaces that are no part of the standard, with the marks that let them be ignored."""
    for one in list(root.iter()):
        if etree.QName(one).namespace not in _SPACES:
            cut(one)
            continue
        for name in one.attrib.keys():  # noqa: SIM118 - a list of lxml's, so that what goes does not stop the walk
            space = etree.QName(name).namespace
            if space == MC or (space is not None and space not in _SPACES):
                del one.attrib[name]


def _attributes(one: Element) -> None:
    """Ids of editing sessions, places on somebody's disk, blanks that XML would lose."""
    for name in [n for n in one.attrib if str(n).startswith(f"{{{W}}}rsid")]:
        del one.attrib[name]
    if str(one.tag).startswith((f"{{{_VML}}}", f"{{{_OFFICE}}}")):
        for space, names in _LINKS.items():
            for name in names:
                one.attrib.pop(f"{{{space}}}{name}" if space else name, None)
    for name in _TOLD:
        if _PATH.match(told := one.get(name, "")):
            one.set(name, re.split(r"[\\/]", told)[-1])
    if one.tag == f"{{{W}}}t" and one.text and (one.text != one.text.strip() or set(one.text) & set("\n\r\t")):
        one.text = one.text.translate(_BLANKS)
        one.set(SPACE, "preserve")


def renumber(root: Element, parts: Parts) -> None:
    """Gives drawings ids of their own among those of all parts."""
    for one in root.iter(f"{{{_WP}}}docPr"):
        one.set("id", str(parts.drawing_id()))


def whole(root: Element) -> None:
    """Paragraphs where the schema wants them: in a part or cell without any, and behind a table at its end."""
    for cell in [root, *root.iter(f"{{{W}}}tc", f"{{{W}}}txbxContent")]:
        last = next((one for one in reversed(cell) if _local(one) in ("p", "tbl", "tcPr")), None)
        if last is None or _local(last) != "p":
            etree.SubElement(cell, f"{{{W}}}p")
