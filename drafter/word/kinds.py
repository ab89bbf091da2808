"""Elements of WordprocessingML by their short names, Strict or not, and walking through what wraps them."""

from __future__ import annotations

from collections.abc import Container, Iterator
from functools import lru_cache

from drafter.word.element import Element, W

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_SPACES = {
    W: "",
    STRICT: "",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a:",
    "http://purl.oclc.org/ooxml/drawingml/main": "a:",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c:",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c:",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm:",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm:",
    "urn:schemas-microsoft-com:vml": "v:",
    "urn:schemas-microsoft-com:office:office": "o:",
}
"""Namespace → prefix of the short names; w: has none."""
SKIPPED = frozenset((
    "del", "moveFrom", "delText", "delInstrText",
    "pPr", "rPr", "tblPr", "tblGrid", "tblPrEx", "trPr", "tcPr", "sectPr", "sdtPr", "sdtEndPr", "rubyPr",
    "m:ctrlPr", "m:rPr", "customXmlPr", "smartTagPr",
))  # fmt: skip
"""Elements with nothing to read in them: properties, and what a tracked change took away."""
_GONE = ("del", "moveFrom")
_TEXTS = ("t", "m:t", "a:t")


def kind(element: Element) -> str:
    """Short name: local for w:, Strict or not, with a prefix for its neighbours, the full name elsewhere."""
    return _kind(str(element.tag))


@lru_cache(2048)
def _kind(tag: str) -> str:
    space, _, name = tag[1:].rpartition("}")
    return f"{_SPACES[space]}{name}" if space in _SPACES else tag


def attribute(element: Element, name: str = "val") -> str | None:
    """An attribute by its local name, whatever its namespace; None when it is not there."""
    usual = element.get(_qualified(name))
    if usual is not None:
        return usual
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), None)


@lru_cache(64)
def _qualified(name: str) -> str:
    return f"{{{W}}}{name}"


def child(element: Element | None, name: str) -> Element | None:
    """The first child of a kind; None also below None."""
    for one in element if element is not None else ():
        own = kind(one)
        if own == name:
            return one
        if own == "mc:AlternateContent" and (within := child(branch(one), name)) is not None:
            return within
    return None


def properties(element: Element, name: str) -> Element | None:
    """The properties of an element: its first child when it is of that kind."""
    return element[0] if len(element) and kind(element[0]) == name else None


def value(element: Element | None, path: tuple[str, ...], name: str = "val") -> str | None:
    """An attribute of the element down a path; '' when it stands without, None when it is not there."""
    for step in path:
        element = child(element, step)
    return None if element is None else attribute(element, name) or ""


_OFF = ("0", "false", "off")


def switch(element: Element | None, path: tuple[str, ...]) -> bool | None:
    """Whether an on/off property is on; None when it is not there."""
    found = value(element, path)
    return None if found is None else found not in _OFF


def number(text: str | None) -> int | None:
    """A whole number of an attribute; None for what is none or no file would hold."""
    bare = (text or "").strip().removeprefix("+")
    digits = bare.removeprefix("-")
    return int(bare) if digits.isascii() and digits.isdecimal() and len(digits) < 10 else None


def branch(alternate: Element) -> Element:
    """The branch that is read: the first choice that holds anything, else the fallback.

    Why one: a text box stands there twice.
    """
    return next((one for one in alternate if len(one)), alternate)


def found(parent: Element, wanted: Container[str], skipped: Container[str] = SKIPPED) -> Iterator[tuple[str, Element]]:
    """(kind, element) of the nearest wanted elements below, in document order, through controls and insertions.

    Why a stack and no recursion: nesting is as deep as a file likes.
    """
    stack = [iter(parent)]
    while stack:
        one = next(stack[-1], None)
        if one is None:
            stack.pop()
            continue
        name = kind(one)
        if name in wanted:
            yield name, one
        elif name == "mc:AlternateContent":
            stack.append(iter(branch(one)))
        elif name not in skipped:
            stack.append(iter(one))


def texts(parent: Element) -> int:
    """How many elements below hold text that is seen: all choices count, what a tracked change took away does not."""
    count, stack = 0, [parent]
    while stack:
        one = stack.pop()
        name = kind(one)
        if name == "mc:AlternateContent":
            read = branch(one)
            stack.extend(each for each in one if each is read or kind(each) != "mc:Fallback")
        elif name not in _GONE:
            count += bool(name in _TEXTS and one.text and one.text.strip())
            stack.extend(one)
    return count
