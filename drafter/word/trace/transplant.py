"""Parts beside the text that come along with what is put in: charts with their workbooks, pictures.

Source: ISO/IEC 29500-2, 9.1 (names of parts), 9.3 (relationships), 10.1.2 (content types).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

from drafter.word.archive import member_of
from drafter.word.element import Element, R, etree, xml
from drafter.word.kinds import kind
from drafter.word.trace.file import File
from drafter.word.trace.marks import Numbers

TYPES = "[Content_Types].xml"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROW = f"{{{_RELATIONS}}}Relationship"
_ATTRIBUTES = (f"{{{R}}}id", f"{{{R}}}embed", f"{{{R}}}link", f"{{{R}}}pict")


def parsed(content: bytes) -> Element:
    """The root of a part of an opened file."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return etree.fromstring(content, parser)


def rels_of(part: str) -> str:
    """The entry that holds the relationships of a part."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def entry(file: File, name: str) -> str | None:
    """How an entry is written in the archive, without regard to case; None where there is none."""
    found = file.entry(member_of(name))
    return found if found in file.members else None


def rows(file: File, part: str) -> list[Element]:
    """The relationships of a part."""
    found = entry(file, rels_of(part))
    return [] if found is None else list(parsed(file.members[found]).iter(_ROW))


def leads(part: str, row: Element) -> str:
    """The entry that a relationship of a part leads to; '' for an address outside."""
    if row.get("TargetMode") == "External":
        return ""
    target = unquote(str(row.get("Target", "")))
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")


def target(file: File, part: str, key: str | None) -> str | None:
    """The entry that a relationship leads to by its id; None where it leads to no part of the file."""
    row = next((one for one in rows(file, part) if one.get("Id") == key), None)
    return None if row is None else entry(file, leads(part, row)) if leads(part, row) else None


def relate(file: File, part: str, kind_of: str, where: str, *, outside: bool = False) -> str:
    """Relate a part to another entry, or to an address outside; returns the id, one that is there for the same thing."""
    told = where if outside else quote(posixpath.relpath(f"/{where}", f"/{posixpath.dirname(part)}"), safe="/%._-~")
    for one in rows(file, part):
        same = one.get("Target") == where if outside else leads(part, one).lower() == where.lower()
        if same and one.get("Type") == kind_of and (one.get("TargetMode") == "External") is outside:
            return str(one.get("Id"))
    name = entry(file, rels_of(part)) or rels_of(part)
    content = file.members.get(name)
    root = (
        etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
        if content is None
        else parsed(content)
    )
    taken = {str(one.get("Id")).lower() for one in root}
    key = next(f"rIdD{n}" for n in range(1, len(taken) + 2) if f"ridd{n}" not in taken)
    made = etree.SubElement(root, _ROW, Id=key, Type=kind_of, Target=told)
    if outside:
        made.set("TargetMode", "External")
    file.members[name] = xml(root)
    return key


def type_of(file: File, part: str) -> tuple[str, bool]:
    """The content type of a part, and whether it is the part's own and not that of its ending."""
    types = parsed(file.members[entry(file, TYPES) or TYPES])
    for one in types.iter(f"{_TYPE}Override"):
        if str(one.get("PartName")).lstrip("/").lower() == part.lower():
            return str(one.get("ContentType")), True
    ending = part.rpartition(".")[2].lower()
    found = (one for one in types.iter(f"{_TYPE}Default") if str(one.get("Extension")).lower() == ending)
    return next((str(one.get("ContentType")) for one in found), "application/octet-stream"), False


def declare(file: File, part: str, content_type: str, *, own: bool) -> None:
    """Say what a new part is: for itself, or for its ending where nothing is said of that yet."""
    if not own and type_of(file, part) == (content_type, False):
        return
    name = entry(file, TYPES) or TYPES
    root = parsed(file.members[name])
    ending = part.rpartition(".")[2]
    known = {str(one.get("Extension")).lower() for one in root.iter(f"{_TYPE}Default")}
    if own or ending.lower() in known:
        etree.SubElement(root, f"{_TYPE}Override", PartName=f"/{part}", ContentType=content_type)
    else:
        root.insert(0, etree.Element(f"{_TYPE}Default", Extension=ending, ContentType=content_type))
    file.members[name] = xml(root)


@dataclass(slots=True)
class Transplant:
    """Brings parts of one file into another; a part that is asked for again is the one that was brought."""

    now: File
    """Where the parts come from."""
    file: File
    """Where they go."""
    numbers: Numbers
    brought: dict[str, str] = field(default_factory=dict)

    def settle(self, copied: Element, source: str, part: str) -> None:
        """Make what stands in a copy lead to parts of the file. `source`, `part`: entries it was in and is put into."""
        for one in list(copied.iter()):
            for name in _ATTRIBUTES:
                if (key := one.get(name)) is not None:
                    self._lead(one, name, key, source, part)
            if kind(one).endswith("}docPr"):
                one.set("id", str(self.numbers.drawing()))

    def _lead(self, one: Element, name: str, key: str, source: str, part: str) -> None:
        row = next((row for row in rows(self.now, source) if row.get("Id") == key), None)
        found = None if row is None else self._related(row, source, part)
        if found is None:
            del one.attrib[name]
        else:
            one.set(name, found)

    def _related(self, row: Element, source: str, part: str) -> str | None:
        """The id by which a part of the file is related to what a relationship led to; None where that is not there."""
        sort = str(row.get("Type"))
        if row.get("TargetMode") == "External":
            return relate(self.file, part, sort, str(row.get("Target")), outside=True)
        there = entry(self.now, leads(source, row))
        return None if there is None else relate(self.file, part, sort, self.bring(there))

    def bring(self, there: str) -> str:
        """The entry in the file that has the content of one of the other file, and all that this is related to."""
        if there not in self.brought:
            content = self.now.members[there]
            content_type, own = type_of(self.now, there)
            found = self._same(there, content) if not rows(self.now, there) else None
            self.brought[there] = found or free(self.file, there)
            if found is None:
                self.file.members[self.brought[there]] = content
                declare(self.file, self.brought[there], content_type, own=own)
                self._along(there, self.brought[there])
        return self.brought[there]

    def _same(self, there: str, content: bytes) -> str | None:
        """A picture that the file has already."""
        if "/media/" not in there:
            return None
        ending = there.rpartition(".")[2]
        return next((n for n, known in self.file.members.items() if known == content and n.endswith(ending)), None)

    def _along(self, there: str, here: str) -> None:
        """The relationships of a part that was brought, under their ids."""
        found = rows(self.now, there)
        if not found:
            return
        root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
        for row in found:
            made = deepcopy(row)
            beyond = entry(self.now, leads(there, row)) if leads(there, row) else None
            if beyond is not None:
                made.set("Target", posixpath.relpath(f"/{self.bring(beyond)}", f"/{posixpath.dirname(here)}"))
            if beyond is not None or row.get("TargetMode") == "External":
                root.append(made)
        self.file.members[rels_of(here)] = xml(root)


def free(file: File, name: str) -> str:
    """The first name of this kind that nothing in the file has: word/charts/chart3.xml."""
    taken = {known.lower() for known in file.members}
    return next(one for one in _numbered(name) if one.lower() not in taken)


def _numbered(name: str) -> Iterator[str]:
    stem, ending = posixpath.splitext(name)
    stem = re.sub(r"\d+\Z", "", stem)
    number = 1
    while True:
        yield f"{stem}{number}{ending}"
        number += 1
