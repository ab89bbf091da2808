"""The record of a file: a custom XML part for Word and WPS, and the same packed into custom properties.

Why twice: a save as .odt keeps properties and bookmarks and drops custom XML (measured with LibreOffice 7.4). Why in
pieces: Word shows and keeps 255 characters of a text property.
"""

from __future__ import annotations

import re
import zlib
from base64 import b85decode, b85encode
from collections.abc import Iterable, Iterator, Mapping
from uuid import NAMESPACE_URL, uuid5

from drafter.source import Basis, Origin, Span
from drafter.trace import NAME, OBJECT, Printed, Record, Spot, Traced
from drafter.word.element import Element, etree, legal, xml
from drafter.word.parts import ROOT, Parts

SPACE = "urn:drafter:record:1"
TAG = f"{{{SPACE}}}record"
"""The root of a record."""
PROPERTY = "drafter"
"""Custom properties drafter001, drafter002 … hold the pieces."""
PIECE = 240
MAX_RECORD = 16 * 1024 * 1024
"""Bytes of an unpacked record."""
MOST = 200_000
"""Paragraphs and figures of a record: more than any file holds that Word still opens."""
_ITEM = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_ITEM_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_PROPERTY_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
CUSTOM = "docProps/custom.xml"


def keep(record: Record, parts: Parts) -> None:
    """Put the record into a package that has none."""
    content = written(record)
    item = parts.put("customXml/item{}.xml", content, "")
    parts.relate(item, "customXml")
    parts.add(item.replace("item", "itemProps", 1), _about(record), _ITEM_TYPE, "customXmlProps", of=item)
    parts.add(CUSTOM, properties(content), _PROPERTY_TYPE, "custom-properties", of=ROOT)


def _about(record: Record) -> bytes:
    """What says whose the custom XML is; the same report always has the same number."""
    number = str(uuid5(NAMESPACE_URL, f"{SPACE}|{record.key}")).upper()
    root = etree.Element(f"{{{_ITEM}}}datastoreItem", {f"{{{_ITEM}}}itemID": f"{{{number}}}"}, {"ds": _ITEM})
    schemas = etree.SubElement(root, f"{{{_ITEM}}}schemaRefs")
    etree.SubElement(schemas, f"{{{_ITEM}}}schemaRef", {f"{{{_ITEM}}}uri": SPACE})
    return xml(root)


def properties(content: bytes) -> bytes:
    """docProps/custom.xml that holds nothing but a record."""
    root = etree.Element(f"{{{_PROPERTIES}}}Properties", nsmap={None: _PROPERTIES, "vt": _VALUES})
    for number, piece in enumerate(packed(content), start=1):
        append(root, f"{PROPERTY}{number:03d}", piece, number + 1)
    return xml(root)


def append(root: Element, name: str, text: str, number: int) -> None:
    """One more custom property; `number` is at least 2 and there once."""
    one = etree.SubElement(root, f"{{{_PROPERTIES}}}property", fmtid=_FORMAT, pid=str(number), name=name)
    etree.SubElement(one, f"{{{_VALUES}}}lpwstr").text = text


def packed(content: bytes) -> Iterator[str]:
    """The record in pieces of letters, digits and marks that XML takes as they are."""
    text = b85encode(zlib.compress(content, 9)).decode().translate(_OUT)
    for start in range(0, len(text), PIECE):
        yield text[start : start + PIECE]


_OUT = str.maketrans("&<>", ",.:")
_IN = str.maketrans(",.:", "&<>")
"""Three signs of base 85 that XML would escape, and three that it has not."""


def is_piece(one: Element) -> bool:
    """Whether a custom property is a piece of a record."""
    return re.fullmatch(rf"{PROPERTY}\d{{3,6}}", str(one.get("name", ""))) is not None


def unpacked(root: Element) -> bytes | None:
    """The record in custom properties; None where there is none that can be read."""
    found = {}
    for one in root:
        if is_piece(one):
            found[int(str(one.get("name")).removeprefix(PROPERTY))] = "".join(one.itertext()).strip()
    if not found:
        return None
    try:
        data = b85decode("".join(found[n] for n in sorted(found)).translate(_IN))
        tool = zlib.decompressobj()
        content = tool.decompress(data, MAX_RECORD)
    except (ValueError, zlib.error):
        return None
    return None if tool.unconsumed_tail or not tool.eof else content


_FIELDS = (
    ("fact", "fact"), ("period", "period"), ("formula", "formula"), ("office", "office"), ("unit", "unit"),
)  # fmt: skip
"""Attribute of the record → field of Origin."""


def written(record: Record) -> bytes:
    """The record as XML: a paragraph is text with its figures in place.

    Why short names: a report of 2,000 paragraphs has 5,000 of them.
    """
    root = _e("record", target=record.target, period=record.period)
    if record.told:
        root.set("told", " ".join(record.told))
    if record.title:
        root.set("title", legal(record.title))
    for paragraph in record.paragraphs:
        one = etree.SubElement(root, _q("p"))
        if paragraph.cell is not None:
            one.set("cell", " ".join(map(str, paragraph.cell)))
        _fill(one, paragraph, record.figures)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _fill(one: Element, paragraph: Printed, figures: Mapping[str, Traced]) -> None:
    at, last = 0, one
    for spot in paragraph.spots:
        _append(one, last, paragraph.text[at : spot.start])
        value = figures[spot.name]
        last = _figure(value)
        last.set("name", spot.name)
        last.text = None
        if value.drawn:
            last.set("drawn", value.text)
            last.extend(_figure(cell) for cell in value.drawn)
        else:
            last.text = _safe(paragraph.of(spot))
        one.append(last)
        at = spot.end
    _append(one, last, paragraph.text[at:])


def _append(one: Element, last: Element, text: str) -> None:
    if last is one:
        one.text = _safe(text) or None
    else:
        last.tail = _safe(text) or None


def _safe(text: str) -> str:
    """Text with line breaks that XML readers keep: they make one LF of every CR."""
    return legal(text)


def _figure(value: Traced) -> Element:
    origin = value.origin
    made = _e("f", **{key: legal(getattr(origin, name)) for key, name in _FIELDS if getattr(origin, name)})
    _set_place(made, origin.span)
    extra = {
        "missing": "1" if origin.missing else "",
        "blank": str(value.blank or ""),
        "lead": value.lead,
        "tail": value.tail,
    }
    for key, told in extra.items():
        if told:
            made.set(key, legal(told))
    made.text = _safe(value.text)
    made.extend(map(_operand, origin.basis))
    return made


def _operand(one: Basis) -> Element:
    """What a derived value is made of."""
    what, written, span = one
    made = _e("b", **{key: told for key, told in (("of", what), ("is", written)) if told})
    _set_place(made, span)
    return made


def _set_place(made: Element, span: Span | None) -> None:
    place = () if span is None else (span.file, span.line, span.column, span.cell)
    for key, told in zip(_PLACE, place, strict=False):
        if told:
            made.set(key, legal(str(told)))


_PLACE = ("file", "line", "column", "at")
"""Attributes of a place, as the fields of Span."""


def _e(tag: str, **values: str) -> Element:
    made = etree.Element(_q(tag), nsmap={None: SPACE})
    for key, told in values.items():
        made.set(key, legal(told))
    return made


def _q(tag: str) -> str:
    return f"{{{SPACE}}}{tag}"


def read(root: Element) -> Record | None:
    """The record of a root that `written` made, or that another program or a hand wrote anew; never raises.

    None for another's XML, for one without paragraphs and for one of more than MOST. A figure whose name is no bookmark
    of ours, or is there already, is text.
    """
    if root.tag != TAG:
        return None
    figures: dict[str, Traced] = {}
    paragraphs = tuple(_paragraph(one, figures) for one in root.iterchildren(_q("p")))
    if not 0 < len(paragraphs) + len(figures) <= MOST:
        return None
    told = tuple(root.get("told", "").split())
    return Record(root.get("target", ""), root.get("period", ""), paragraphs, figures, told, root.get("title", ""))


def _paragraph(one: Element, figures: dict[str, Traced]) -> Printed:
    text, spots = one.text or "", []
    for value in one:
        if value.tag != _q("f"):
            text += value.tail or ""
            continue
        name = value.get("name", "").upper()
        traced = _traced(value)
        shown = traced.text
        if "drawn" in value.attrib:
            drawn = tuple(_traced(cell) for cell in value.iterchildren(_q("f")))
            traced = Traced(value.get("drawn", ""), traced.origin, traced.blank, drawn=drawn)
            shown = OBJECT
        if NAME.fullmatch(name) and name not in figures:
            figures[name] = traced
            spots.append(Spot(name, len(text), len(text) + len(shown)))
        text += shown + (value.tail or "")
    return Printed(text, tuple(spots), _cell(one.get("cell", "")))


def _traced(one: Element) -> Traced:
    fact, period, formula, office, unit = (one.get(key, "") for key, _ in _FIELDS)
    basis = tuple((b.get("of", ""), b.get("is", ""), _span(b)) for b in one.iterchildren(_q("b")))
    missing = one.get("missing") == "1"
    origin = Origin(fact, _span(one), period, formula, missing, office, unit, basis=basis)
    return Traced(one.text or "", origin, _number(one.get("blank")), one.get("lead", ""), one.get("tail", ""))


def _span(one: Element) -> Span | None:
    file, line, column, cell = (one.get(key, "") for key in _PLACE)
    return Span(file, _number(line), _number(column), cell) if file else None


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0


_CELL = re.compile(r"([0-9]{1,7}) ([0-9]{1,7}) ([0-9]{1,7})")


def _cell(text: str) -> tuple[int, int, int] | None:
    found = _CELL.fullmatch(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def records(roots: Iterable[Element]) -> Record | None:
    """The first record among some custom XML parts."""
    return next((found for root in roots if (found := read(root)) is not None), None)
