"""The record of an opened file becomes another one: in its custom XML and in its properties, wherever it has one."""

from __future__ import annotations

from contextlib import suppress

from drafter.diagnostic import DraftError
from drafter.trace import Record
from drafter.word.element import Element, xml
from drafter.word.trace import store
from drafter.word.trace.file import File
from drafter.word.trace.parts import PACKAGE, parsed, related

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_FIRST = 2
"""The least number of a custom property."""


def renew(file: File, record: Record) -> None:
    """Put a record in place of the one that the file has."""
    content = store.written(record)
    for entry in related(file, "customXml", file.main):
        if is_record(file, entry):
            file.members[entry] = content
    for entry, root in _readable(file, "custom-properties"):
        others = [one for one in root if not store.is_piece(one)]
        if len(others) < len(root):
            file.members[entry] = _filled(root, others, content)
    file.record = record


def retitle(file: File, now: File) -> None:
    """The title among the properties becomes that of the new draft, where the file still has the one generated.

    Why only then: a clerk may have given it another one. A record of an earlier version knows no title: then it is
    that of a report where it stands in a paragraph.
    """
    new = now.record.title if now.record is not None and now.record.title else _title(now)
    known = set() if file.record is None else {file.record.title} - {""}
    if file.record is not None and not known:
        known = {paragraph.text for paragraph in file.record.paragraphs}
    for entry, root in _readable(file, "core-properties"):
        old = root.find(_TITLE)
        if old is not None and new and old.text in known and old.text != new:
            old.text = new
            file.members[entry] = xml(root)


def _title(file: File) -> str:
    return next((root.findtext(_TITLE, "") for _, root in _readable(file, "core-properties")), "")


def _readable(file: File, kind: str) -> list[tuple[str, Element]]:
    """The parts of the package of a kind with their roots. Why not the damaged ones: nothing of the text is in them."""
    found = []
    for entry in related(file, kind, PACKAGE):
        with suppress(DraftError):
            found.append((entry, parsed(file, entry)))
    return found


def is_record(file: File, entry: str) -> bool:
    """Whether a custom XML part is a record; a damaged one is by its words, or by what stands beside it."""
    try:
        return str(parsed(file, entry).tag) == store.TAG
    except DraftError:
        known = (entry, *related(file, "customXmlProps", entry))
        return any(store.SPACE.encode() in file.members[one] for one in known)


def _filled(root: Element, others: list[Element], content: bytes) -> bytes:
    """The properties with the pieces of a record behind the others."""
    for one in list(root):
        if one not in others:
            root.remove(one)
    taken = (str(one.get("pid", "")) for one in others)
    number = max((int(n) for n in taken if n.isdecimal() and len(n) < 10), default=_FIRST - 1)
    for at, piece in enumerate(store.packed(content), start=1):
        store.append(root, f"{store.PROPERTY}{at:03d}", piece, number + at)
    return xml(root)
