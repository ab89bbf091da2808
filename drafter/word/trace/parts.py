"""Parts of an opened file: found by their relationships, put in and taken out with relationship and content type.

Source: ISO/IEC 29500-2, 9.1 (names of parts), 9.3 (relationships), 10.1.2 (content types).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from itertools import count
from urllib.parse import quote, unquote

from drafter.word.archive import member_of
from drafter.word.element import Element, etree, xml
from drafter.word.trace.file import File, root_of

_TYPES = "[content_types].xml"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_SPACE = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROW = f"{{{_SPACE}}}Relationship"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_UNKNOWN = "application/octet-stream"
PACKAGE = ""
"""What the relationships of the whole package belong to."""


def parsed(file: File, entry: str) -> Element:
    """The root of an entry as it stands now. Errors: DraftError D103 for a damaged one."""
    return root_of(file.members[entry], file.name, entry)


def rels_of(part: str) -> str:
    """The name of the entry that holds the relationships of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def rows(file: File, part: str) -> list[Element]:
    """The relationships of a part."""
    entry = file.entry(member_of(rels_of(part)))
    return list(parsed(file, entry).iter(_ROW)) if entry in file.members else []


def sort_of(row: Element) -> str:
    """What kind of thing a relationship leads to: the last word of its type."""
    return str(row.get("Type", "")).rpartition("/")[2]


def is_outside(row: Element) -> bool:
    """Whether a relationship leads out of the file."""
    return row.get("TargetMode") == "External"


def leads(file: File, part: str, row: Element) -> str | None:
    """The entry that a relationship of a part leads to; None where it leads outside, or to nothing."""
    if is_outside(row):
        return None
    told = unquote(str(row.get("Target", ""))).split("#")[0].replace("\\", "/")
    path = told if told.startswith("/") else posixpath.join("/", posixpath.dirname(part), told)
    entry = file.entry(member_of(posixpath.normpath(path).lstrip("/")))
    return entry if entry in file.members else None


def target(file: File, part: str, key: str | None) -> str | None:
    """The entry that a relationship of a part leads to by its id; None where it leads to none."""
    row = next((one for one in rows(file, part) if one.get("Id") == key), None)
    return None if row is None else leads(file, part, row)


def related(file: File, sort: str, of: str = PACKAGE) -> list[str]:
    """The entries that a part leads to by relationships of a sort; those that are there."""
    found = (leads(file, of, row) for row in rows(file, of) if sort_of(row) == sort)
    return [entry for entry in dict.fromkeys(found) if entry is not None]


def relate(file: File, part: str, sort: str, entry: str, *, outside: bool = False) -> str:
    """Relate a part to an entry, or to an address outside; the id, an old one where they are related already.

    `sort`: the whole type of the relationship.
    """
    for row in rows(file, part):
        same = row.get("Target") == entry if outside else leads(file, part, row) == entry
        if same and row.get("Type") == sort and is_outside(row) is outside:
            return str(row.get("Id"))
    name = file.entry(member_of(rels_of(part)))
    name, root = (name, parsed(file, name)) if name in file.members else (rels_of(part), no_rows())
    taken = {str(row.get("Id")).lower() for row in root}
    key = next(f"rIdD{n}" for n in count(1) if f"ridd{n}" not in taken)
    row = etree.SubElement(root, _ROW, Id=key, Type=sort, Target=entry if outside else relative(entry, part))
    if outside:
        row.set("TargetMode", "External")
    file.members[name] = xml(root)
    return key


def relative(entry: str, part: str) -> str:
    """An entry as a relationship of a part names it."""
    return quote(posixpath.relpath(f"/{entry}", f"/{posixpath.dirname(part)}"), safe="/%._-~")


def no_rows() -> Element:
    """Relationships, none yet."""
    return etree.Element(f"{{{_SPACE}}}Relationships", nsmap={None: _SPACE})


def type_of(file: File, part: str) -> tuple[str, bool]:
    """The content type of a part, and whether it is the part's own and not that of its ending."""
    types = parsed(file, file.entry(_TYPES))
    for one in types.iter(f"{_TYPE}Override"):
        if _is_of(one, part):
            return str(one.get("ContentType")), True
    ending = part.rpartition(".")[2].lower()
    found = (one for one in types.iter(f"{_TYPE}Default") if str(one.get("Extension")).lower() == ending)
    return next((str(one.get("ContentType")) for one in found), _UNKNOWN), False


def declare(file: File, part: str, content_type: str, *, own: bool) -> None:
    """Say what a new part is: for itself, or for its ending where nothing is said of that yet."""
    if not own and type_of(file, part) == (content_type, False):
        return
    name = file.entry(_TYPES)
    root, ending = parsed(file, name), part.rpartition(".")[2]
    known = {str(one.get("Extension")).lower() for one in root.iter(f"{_TYPE}Default")}
    if own or ending.lower() in known:
        etree.SubElement(root, f"{_TYPE}Override", PartName=f"/{part}", ContentType=content_type)
    else:
        root.insert(0, etree.Element(f"{_TYPE}Default", Extension=ending, ContentType=content_type))
    file.members[name] = xml(root)


def put(file: File, name: str, content: bytes, content_type: str, sort: str) -> str:
    """A new part beside the text that the text leads to, under `name` or the first free one like it; its entry."""
    entry = free(file, posixpath.join(posixpath.dirname(file.main), name))
    file.members[entry] = content
    declare(file, entry, content_type, own=True)
    relate(file, file.main, _OFFICE + sort, entry)
    return entry


def free(file: File, name: str) -> str:
    """A name, or the first one like it that nothing in the file has: word/charts/chart3.xml."""
    taken = {member_of(known) for known in file.members}
    return next(one for one in _names(name) if member_of(one) not in taken)


def _names(name: str) -> Iterator[str]:
    yield name
    stem, ending = posixpath.splitext(name)
    stem = re.sub(r"\d+\Z", "", stem)
    yield from (f"{stem}{number}{ending}" for number in count(1))


def drop(file: File, entry: str) -> None:
    """A part goes: with its own relationships, those that lead to it, and its content type."""
    _untyped(file, entry)
    for rels in [name for name in file.members if name.lower().endswith(".rels")]:
        _unrelated(file, rels, entry)
    for gone in (entry, file.entry(member_of(rels_of(entry)))):
        file.members.pop(gone, None)
        file.parts.pop(gone, None)


def _untyped(file: File, entry: str) -> None:
    types = parsed(file, file.entry(_TYPES))
    gone = [one for one in types if _is_of(one, entry)]
    for one in gone:
        types.remove(one)
    if gone:
        file.members[file.entry(_TYPES)] = xml(types)


def _is_of(one: Element, part: str) -> bool:
    """Whether a content type is that of one part."""
    return member_of(str(one.get("PartName", ""))) == member_of(part)


def _unrelated(file: File, rels: str, entry: str) -> None:
    root, owner = parsed(file, rels), _owner(rels)
    gone = [row for row in root.iter(_ROW) if leads(file, owner, row) == entry]
    for row in gone:
        root.remove(row)
    if gone and not len(root) and owner:
        del file.members[rels]
    elif gone:
        file.members[rels] = xml(root)


def _owner(rels: str) -> str:
    """The part whose relationships an entry holds."""
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name[: -len(".rels")])
