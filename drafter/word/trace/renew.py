"""The record of an opened file becomes another one: in its custom XML and in its properties, wherever it has one."""

from __future__ import annotations

from drafter.trace import Record
from drafter.word.element import Element, xml
from drafter.word.trace import store
from drafter.word.trace.file import File
from drafter.word.trace.members import PACKAGE, parsed, related

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_FIRST = 2
"""The least number of a custom property."""


def renew(file: File, record: Record) -> None:
    """Put a record in place of the one that the file has."""
    content = store.written(record)
    for entry in related(file, "customXml", file.main):
        if parsed(file, entry).tag == store.TAG:
            file.members[entry] = content
    for entry in related(file, "custom-properties", PACKAGE):
        root = parsed(file, entry)
        others = [one for one in root if not store.is_piece(one)]
        if len(others) < len(root):
            file.members[entry] = _filled(root, others, content)
    file.record = record


def retitle(file: File, now: File) -> None:
    """The title among the properties becomes that of the new draft, where the file still has that of a report.

    Why only then: a clerk may have given it another one.
    """
    for entry in related(file, "core-properties", PACKAGE):
        root = parsed(file, entry)
        old, new = root.find(_TITLE), _title(now)
        texts = {paragraph.text for paragraph in file.record.paragraphs} if file.record else set()
        if old is not None and new and old.text in texts and old.text != new:
            old.text = new
            file.members[entry] = xml(root)


def _title(file: File) -> str:
    roots = (parsed(file, entry) for entry in related(file, "core-properties", PACKAGE))
    return next((root.findtext(_TITLE, "") for root in roots), "")


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
