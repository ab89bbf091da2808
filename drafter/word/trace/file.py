"""A .docx opened to be traced or edited: its members as they are, the stories that hold figures, what was generated."""

from __future__ import annotations

import posixpath
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile

from drafter.diagnostic import DraftError
from drafter.trace import Record
from drafter.word.archive import contents, member_of
from drafter.word.base import zipped
from drafter.word.element import Element, W, etree, xml
from drafter.word.package import Package, opened
from drafter.word.refusals import refusal
from drafter.word.trace import store
from drafter.word.trace.strand import Strand, strands

_EDGES = ("header",)
_CUSTOM = "custom-properties"


@dataclass(slots=True)
class File:
    """An opened file. What is changed in `roots` and `members` is in it when it is saved; all else stays byte for byte."""

    name: str
    package: Package
    members: dict[str, bytes]
    """Content of every entry by its name in the archive, in their order."""
    main: str
    """The entry that holds the text."""
    roots: dict[str, Element]
    """Roots of the parts that are read as stories, by entry: the text first, then headers."""
    record: Record | None
    strands: list[Strand] = field(default_factory=list)
    """Paragraphs of all stories; those of the text come first."""
    parts: dict[str, Element] = field(default_factory=dict)
    """Roots of other parts that are edited (comments), by entry."""

    @property
    def root(self) -> Element:
        """The root of the text."""
        return self.roots[self.main]

    def entry(self, member: str) -> str:
        """The entry of a member as relationships name it; the member itself where there is none."""
        return next((name for name in self.members if member_of(name) == member), member)

    def read(self) -> None:
        """Read the paragraphs again, after the stories were changed."""
        self.strands = [one for name, root in self.roots.items() for one in strands(root, name)]

    def saved(self) -> bytes:
        """The file as bytes."""
        for name, root in (*self.roots.items(), *self.parts.items()):
            self.members[name] = xml(root)
        return zipped(self.members)


def open_file(data: bytes, name: str) -> File:
    """A .docx for tracing. Errors: DraftError D101–D106 as of `word.read`; D105 for one that names an entry twice."""
    package, _ = opened(data, name)
    members = _entries(data)
    by_member = {member_of(entry): entry for entry in members}
    main = by_member[package.main]
    parts = [main, *(by_member[part] for kind in _EDGES for part in package.related(kind) if part in by_member)]
    roots = {entry: root_of(members[entry], name, entry) for entry in dict.fromkeys(parts)}
    file = File(name, package, members, main, roots, _record(package))
    file.read()
    if file.record is not None:
        from drafter.word.trace.heal import heal

        heal(file, file.record)
    return file


def _entries(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        names = [entry.filename for entry in archive.infolist() if not entry.filename.endswith("/")]
        wanted = {member_of(name) for name in names}
    found = contents(data, wanted)
    return {name: found[member_of(name)] for name in names if member_of(name) in found}


def root_of(content: bytes, name: str, entry: str) -> Element:
    """The root of a part, with all that is in it: comments and blanks too. Errors: DraftError D103 for a damaged one."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise refusal("D103", name, entry) from problem


def _record(package: Package) -> Record | None:
    """What was generated: from the custom XML, else from the properties."""
    parts = (package.part(member) for member in package.related("customXml"))
    found = store.records(part for part in parts if part is not None)
    return found or _unpacked(package)


def _unpacked(package: Package) -> Record | None:
    targets = (r.target for r in package.relations("") if r.kind == _CUSTOM and not r.external)
    for member in targets:
        root = package.part(posixpath.normpath(member))
        content = store.unpacked(root) if root is not None else None
        if content is not None:
            with suppress(DraftError):
                return store.read(root_of(content, package.name, member))
    return None


def is_strict(file: File) -> bool:
    """Whether the file is of the Strict kind, whose elements have other names."""
    return not str(file.root.tag).startswith(f"{{{W}}}")
