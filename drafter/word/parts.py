"""The parts of one document beside its text: charts, workbooks, pictures, with their content types and relationships.

A collector over the base package: what is added gets a name, a content type of its own and a relationship that collide
with nothing the base has. The same things added in the same order give the same members.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from drafter.word.element import Element, etree, legal, xml

DOCUMENT = "word/document.xml"
ROOT = ""
"""What the relationships of the whole package belong to."""
TYPES = "[Content_Types].xml"
_TYPE = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_OUTSIDE = "\0"
"""In front of a target that is an address and no part."""
_DRAWING_ID = re.compile(rb'<(?:\w+:)?docPr\b[^>]*?\bid="(\d+)"')


@dataclass(slots=True)
class Parts:
    """What is added to `base` (member name → content)."""

    base: Mapping[str, bytes]
    _added: dict[str, bytes] = field(default_factory=dict)
    _types: dict[str, str] = field(default_factory=dict)
    _relations: dict[str, list[tuple[str, str, str]]] = field(default_factory=dict)
    """Part that relates → (id, kind, target)."""
    _known: dict[tuple[str, bytes], str] = field(default_factory=dict)
    """(related part, content) → id, so that a picture shown twice is stored once."""
    _drawings: int = -1

    def add(self, name: str, content: bytes, content_type: str, kind: str, *, of: str = DOCUMENT) -> str:
        """Add a part and relate `of` to it; returns the relationship's id.

        `name` holds {} for a number: word/charts/chart{}.xml; the first free one is taken. `kind` is the last word of
        the relationship's type (chart, image, package, header, numbering).
        """
        return self.relate(self.put(name, content, content_type), kind, of=of)

    def set(self, name: str, content: bytes, content_type: str, kind: str) -> None:
        """A part of the document that there is once: the base's one with other content, else a new one."""
        if name in self.base:
            self._added[name] = content
        else:
            self.add(name, content, content_type, kind)

    def put(self, name: str, content: bytes, content_type: str) -> str:
        """Add a part that nothing leads to yet; returns its name. Without a type its ending says what it is."""
        taken = {known.lower() for known in (*self.base, *self._added)}
        number = 1
        while name.format(number).lower() in taken:
            assert "{" in name, f"{name} is there already"
            number += 1
        found = name.format(number)
        self._added[found] = content
        if content_type:
            self._types[found] = content_type
        return found

    def fill(self, name: str, content: bytes) -> None:
        """The content of a part that was put before what it says was known, or of one of the base that has more to say."""
        assert name in self._added or name in self.base, name
        self._added[name] = content

    def link(self, address: str, *, of: str) -> str:
        """Relate a part to an address on the web; returns the relationship's id."""
        return self.relate(_OUTSIDE + address, "hyperlink", of=of)

    def relate(self, target: str, kind: str, *, of: str = DOCUMENT) -> str:
        """Relate a part to another one; returns the relationship's id."""
        rows = self._relations.setdefault(of, [])
        taken = {*self._ids(of), *(row[0] for row in rows)}
        number = len(rows) + 1
        while f"rIdD{number}" in taken:
            number += 1
        rows.append((f"rIdD{number}", kind, target))
        return f"rIdD{number}"

    def once(self, name: str, content: bytes, content_type: str, kind: str, *, of: str = DOCUMENT) -> str:
        """As `add`, but the same content related to the same part again is the part that is there."""
        key = (of, content)
        if key not in self._known:
            self._known[key] = self.add(name, content, content_type, kind, of=of)
        return self._known[key]

    def drawing_id(self) -> int:
        """The next free id of a wp:docPr. Why not from 1: a base of one's own may have drawings in its header."""
        if self._drawings < 0:
            found = (int(n) for content in self.base.values() for n in _DRAWING_ID.findall(content))
            self._drawings = max(found, default=0)
        self._drawings += 1
        return self._drawings

    def members(self) -> dict[str, bytes]:
        """The whole package: the base, then what was added in order, content types and relationships extended."""
        done = {**self.base, **self._added}
        done[TYPES] = self._typed()
        for part in self._relations:
            done[_rels(part)] = self._related(part)
        return done

    def _ids(self, part: str) -> list[str]:
        content = self.base.get(_rels(part))
        return [] if content is None else [str(row.get("Id")) for row in etree.fromstring(content)]

    def _typed(self) -> bytes:
        root = etree.fromstring(self.base[TYPES])
        for name, content_type in self._types.items():
            etree.SubElement(root, f"{_TYPE}Override", PartName=f"/{name}", ContentType=content_type)
        return xml(root)

    def _related(self, part: str) -> bytes:
        content = self.base.get(_rels(part))
        root = (
            etree.Element(f"{_RELATION}Relationships", nsmap={None: _RELATION[1:-1]})
            if content is None
            else _root(content)
        )
        folder = part.rpartition("/")[0]
        for key, kind, target in self._relations[part]:
            row = etree.SubElement(
                root, f"{_RELATION}Relationship", Id=key, Type=_OFFICE + kind, Target=_path(target, folder)
            )
            if target.startswith(_OUTSIDE):
                row.set("TargetMode", "External")
        return xml(root)


def _root(content: bytes) -> Element:
    return etree.fromstring(content)


def _rels(part: str) -> str:
    """The member that holds a part's relationships."""
    folder, _, name = part.rpartition("/")
    if not folder:
        return f"_rels/{name}.rels"
    return f"{folder}/_rels/{name}.rels"


def _path(target: str, folder: str) -> str:
    """A target as seen from a folder: charts/chart1.xml, ../embeddings/chart1.xlsx; an address as it is."""
    if target.startswith(_OUTSIDE):
        return legal(target.removeprefix(_OUTSIDE))
    here, there = folder.split("/") if folder else [], target.split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "/".join([*[".."] * (len(here) - common), *there[common:]])
