"""A file without our traces: what a finished report is sent out as, whoever edited it with what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafter.trace import NAME
from drafter.word.base import zipped
from drafter.word.element import Element, xml
from drafter.word.kinds import attribute, kind
from drafter.word.trace import store
from drafter.word.trace.comments import AUTHORS, Comments, remove
from drafter.word.trace.file import File, open_file
from drafter.word.trace.parts import PACKAGE, drop, parsed, related
from drafter.word.trace.renew import is_record

_TRACE = re.compile(rb"_D[A-Z2-7]{6}_\d", re.IGNORECASE)
"""What a part with our bookmarks holds: notes and feet of pages are no stories that are read, but are looked through."""
_PROPERTY = re.compile(rf"{store.PROPERTY}\d{{3,6}}")


def stripped(data: bytes, name: str) -> tuple[bytes, int]:
    """The file without bookmarks of figures, record and comments of ours, and how many figures it lost: those of its
    record, every one that a chart shows too; without a record, its bookmarks.

    The text and all else stay; so do comments of ours that somebody answered. A file without any is returned byte for
    byte. Errors: as of `open_file`.
    """
    file = open_file(data, name)
    found = sum(_unmarked(file, entry) for entry in _marked(file))
    comments = Comments(file)
    cleared = sum(comments.clear(author) for author in AUTHORS)
    if cleared:
        file.members[file.main] = xml(file.root)
    dropped = _unrecorded(file) + _without_properties(file)
    if not (found or cleared or dropped):
        return data, 0
    for entry, root in file.parts.items():
        file.members[entry] = xml(root)
    figures = file.record.figures.values() if file.record else ()
    return zipped(file.members), sum(len(one.drawn) or 1 for one in figures) or found


def _marked(file: File) -> Iterator[str]:
    """The entries that hold bookmarks of ours."""
    for entry, content in file.members.items():
        if entry.lower().endswith(".xml") and _TRACE.search(content) and not entry.lower().startswith("customxml/"):
            yield entry


def _unmarked(file: File, entry: str) -> int:
    """Take our bookmarks out of a part; how many there were."""
    root = file.roots[entry] if entry in file.roots else parsed(file, entry)
    marks = list(_ours(root))
    for one in marks:
        remove(one)
    if marks:
        file.members[entry] = xml(root)
    return sum(kind(one) == "bookmarkStart" for one in marks)


def _ours(root: Element) -> Iterator[Element]:
    """Both ends of our bookmarks. Why in pairs: a file put together of two may use an id twice."""
    opened: dict[str, list[bool]] = {}
    for one in root.iter("{*}bookmarkStart", "{*}bookmarkEnd"):
        key = attribute(one, "id") or ""
        if kind(one) == "bookmarkStart":
            ours = NAME.fullmatch(attribute(one, "name") or "") is not None
            opened.setdefault(key, []).append(ours)
        else:
            ours = bool(opened.get(key)) and opened[key].pop()
        if ours:
            yield one


def _unrecorded(file: File) -> int:
    """Take out the record kept as custom XML, with what says whose it is; how many there were."""
    entries = [entry for of in (file.main, PACKAGE) for entry in related(file, "customXml", of)]
    found = [entry for entry in dict.fromkeys(entries) if is_record(file, entry)]
    for entry in found:
        for beside in related(file, "customXmlProps", entry):
            drop(file, beside)
        drop(file, entry)
    return len(found)


def _without_properties(file: File) -> int:
    """Take out the properties that hold the record; other ones stay. How many there were."""
    count = 0
    for entry in related(file, "custom-properties"):
        root = parsed(file, entry)
        gone = [one for one in root if _PROPERTY.fullmatch(str(one.get("name", "")))]
        for one in gone:
            remove(one)
        if gone and not len(root):
            drop(file, entry)
        elif gone:
            file.members[entry] = xml(root)
        count += len(gone)
    return count
