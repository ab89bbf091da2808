"""Parts of an opened file: found by their relationships, put in and taken out with relationship and content type."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from drafter.word.archive import member_of
from drafter.word.element import Element, etree, xml
from drafter.word.refusals import refusal
from drafter.word.trace.file import File

_TYPES = "[content_types].xml"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE = ""
"""What the relationships of the whole package belong to."""


def parsed(file: File, entry: str) -> Element:
    """The root of an entry as it stands now. Errors: DraftError D103 for a damaged one."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(file.members[entry], parser)
    except etree.XMLSyntaxError as problem:
        raise refusal("D103", file.name, entry) from problem


def related(file: File, kind: str, of: str = PACKAGE) -> list[str]:
    """The entries that a part leads to by relationships whose type ends in `kind`; those that are there."""
    rows = _relations(file, of)
    found = (_leads(file, of, row) for row in rows if str(row.get("Type", "")).rpartition("/")[2] == kind)
    return [entry for entry in dict.fromkeys(found) if entry in file.members]


def put(file: File, name: str, content: bytes, content_type: str, kind: str) -> str:
    """A new part beside the text that the text leads to, under `name` or the first free one like it; its entry."""
    folder, _, (stem, dot, end) = posixpath.dirname(file.main), "", name.rpartition(".")
    taken = {member_of(entry) for entry in file.members}
    entry, number = posixpath.join(folder, name), 0
    while member_of(entry) in taken:
        number += 1
        entry = posixpath.join(folder, f"{stem}{number}{dot}{end}")
    file.members[entry] = content
    types = parsed(file, file.entry(_TYPES))
    etree.SubElement(types, f"{_TYPE}Override", PartName=f"/{entry}", ContentType=content_type)
    file.members[file.entry(_TYPES)] = xml(types)
    _relate(file, posixpath.basename(entry), kind)
    return entry


def _relate(file: File, target: str, kind: str) -> None:
    entry = _rels(file, file.main)
    root = parsed(file, entry) if entry in file.members else _no_relations()
    taken = {str(row.get("Id")) for row in root}
    number = next(n for n in range(1, len(taken) + 2) if f"rIdD{n}" not in taken)
    etree.SubElement(root, f"{_RELATION}Relationship", Id=f"rIdD{number}", Type=_OFFICE + kind, Target=target)
    file.members[entry] = xml(root)


def _no_relations() -> Element:
    return etree.Element(f"{_RELATION}Relationships", nsmap={None: _RELATION[1:-1]})


def drop(file: File, entry: str) -> None:
    """A part goes: with its own relationships, those that lead to it, and its content type."""
    _untyped(file, entry)
    for rels in [name for name in file.members if name.lower().endswith(".rels")]:
        _unrelated(file, rels, entry)
    for gone in (entry, _rels(file, entry)):
        file.members.pop(gone, None)
        file.parts.pop(gone, None)


def _untyped(file: File, entry: str) -> None:
    types = parsed(file, file.entry(_TYPES))
    gone = [t for t in types if member_of(str(t.get("PartName", ""))) == member_of(entry)]
    for one in gone:
        types.remove(one)
    if gone:
        file.members[file.entry(_TYPES)] = xml(types)


def _unrelated(file: File, rels: str, entry: str) -> None:
    root, owner = parsed(file, rels), _owner(rels)
    gone = [row for row in root.iterchildren(f"{_RELATION}Relationship") if _leads(file, owner, row) == entry]
    for row in gone:
        root.remove(row)
    if gone and not len(root) and owner:
        del file.members[rels]
    elif gone:
        file.members[rels] = xml(root)


def _relations(file: File, of: str) -> Iterator[Element]:
    entry = _rels(file, of)
    if entry in file.members:
        yield from parsed(file, entry).iterchildren(f"{_RELATION}Relationship")


def _rels(file: File, of: str) -> str:
    """The entry that holds a part's relationships."""
    folder, name = posixpath.split(of)
    return file.entry(member_of(posixpath.join(folder, "_rels", f"{name}.rels")))


def _owner(rels: str) -> str:
    """The part whose relationships an entry holds."""
    folder, name = posixpath.split(rels)
    return posixpath.join(posixpath.dirname(folder), name[: -len(".rels")])


def _leads(file: File, of: str, row: Element) -> str:
    """The entry that a relationship leads to; nothing for one that leads outside."""
    if row.get("TargetMode") == "External":
        return ""
    target = unquote(str(row.get("Target", ""))).split("#")[0].replace("\\", "/")
    path = target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(of), target)
    return file.entry(member_of(posixpath.normpath(path)))
