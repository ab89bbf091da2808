"""A .docx as members, opened with suspicion: what is broken, hostile or no Word file is refused with a reason.

Source of the caps: largest real files seen had 291 entries, 2.4 MB inflated and 76,540 tags (reliability.md 2.4).
"""

from __future__ import annotations

import posixpath
import re
import struct
import zlib
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from drafter.diagnostic import Diagnostic, DraftError
from drafter.word.element import Element, etree
from drafter.word.kinds import attribute
from drafter.word.refusals import refusal, remark
from drafter.word.sniff import OLE, sniff

MAX_ENTRIES = 1000
MAX_INFLATED = 100 * 1024 * 1024
"""Bytes of all entries together, inflated."""
MAX_PART = 32 * 1024 * 1024
"""Bytes of one XML part, inflated."""
MAX_TAGS = 1_000_000
"""Elements of all parts that are read together."""
MAX_ATTRIBUTES = 1_000_000
"""Equals signs of all parts that are read together: attributes and namespaces take memory as elements do."""

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError, RuntimeError, OverflowError)
"""What zipfile raises on damaged archives."""
_SYNTAX = (("depth", "D104"), ("huge", "D104"), ("amplification", "D105"), ("entity", "D105"))
"""Word in libxml2's message → refusal; anything else is damage."""
_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<")
"""First bytes of an XML part, whatever its name."""
_DTD = re.compile(rb"(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
_TYPES, _ROOT = "[content_types].xml", "_rels/.rels"


@dataclass(frozen=True, slots=True)
class Relation:
    """One relationship of a part: its id, the last word of its type, the member or address it leads to."""

    id: str
    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Package:
    """An opened .docx: its XML parts by member name in small letters, its main part, and what was odd about it."""

    name: str
    members: set[str]
    parts: dict[str, bytes]
    main: str = ""
    warnings: list[Diagnostic] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    """Parts that are missing or damaged, though the text can be read without them."""
    tags: int = 0
    attributes: int = 0
    known: dict[str, tuple[Relation, ...]] = field(default_factory=dict)
    """Relationships that were read, by part."""

    def xml(self, member: str) -> Element:
        """The root of a part. Refuses damage, DTDs, depth beyond 256, and more than all parts may have together."""
        data = self.parts[member]
        self.tags += data.count(b"<") - data.count(b"</")
        self.attributes += data.count(b"=")
        if self.tags > MAX_TAGS or self.attributes > MAX_ATTRIBUTES:
            raise refusal("D104", self.name, member)
        try:
            root = etree.fromstring(data, _parser())
        except (etree.XMLSyntaxError, LookupError, ValueError) as problem:
            words = str(problem).lower()
            code = next((code for word, code in _SYNTAX if word in words), "D103")
            raise refusal(code, self.name, member) from problem
        if root.getroottree().docinfo.internalDTD is not None:
            raise refusal("D105", self.name, f"{member} 含有 DTD")
        return root

    def part(self, member: str) -> Element | None:
        """The root of a part that the text can be read without; None when it is missing or damaged, which is told.

        Errors: DraftError D104, D105 for what is hostile.
        """
        if member not in self.parts:
            return None
        try:
            return self.xml(member)
        except DraftError as refused:
            if refused.diagnostics[0].code != "D103":
                raise
            self.lost.append(member)
            return None

    def relations(self, member: str) -> tuple[Relation, ...]:
        """The relationships of a part; '' for those of the package. Errors: DraftError D105 for one that leaves it."""
        if member not in self.known:
            folder, name = posixpath.split(member)
            root = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
            found = () if root is None else root.iter(_RELATION)
            self.known[member] = tuple(_relation(self, folder, one) for one in found)
        return self.known[member]

    def related(self, kind: str) -> tuple[str, ...]:
        """The parts of a kind that belong to the main part: styles, numbering, header …"""
        found = (r.target for r in self.relations(self.main) if r.kind == kind and not r.external)
        return tuple(dict.fromkeys(target for target in found if target in self.parts))

    def only(self, kind: str) -> Element | None:
        """The root of the one part of a kind that belongs to the main part, None without it."""
        return next((self.part(member) for member in self.related(kind)), None)

    def remarks(self) -> list[Diagnostic]:
        """What was odd about the file, to be asked when all is read."""
        lost = list(dict.fromkeys(self.lost))
        return [*self.warnings, *([remark("D113", self.name, "、".join(lost[:3]))] if lost else [])]


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                           remove_comments=True, remove_pis=True)  # fmt: skip


def opened(data: bytes, name: str) -> tuple[Package, Element]:
    """The package and the root of its main part. Errors: DraftError with one of REFUSALS."""
    package = _unzipped(data, name)
    for member, content in package.parts.items():
        if member.endswith((".xml", ".rels")) and _has_dtd(content):
            raise refusal("D105", name, f"{member} 含有 DTD")
    package.main = _main_part(package)
    _relations(package)
    root = package.xml(package.main)
    return package, root


def _has_dtd(content: bytes) -> bool:
    """Whether a DTD stands before the root, in any width of characters."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in content[:8]:
        content = content[: 1 << 20].replace(b"\0", b"")
    content = content.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return b"<!DOCTYPE" in content and _DTD.match(content) is not None


def _unzipped(data: bytes, name: str) -> Package:
    if data.startswith(OLE):
        raise refusal("D102", name, sniff(data))
    try:
        with ZipFile(BytesIO(data)) as archive:
            package = _gathered(archive, name)
    except _BROKEN as problem:
        if b"PK\x03\x04" in data[:4096]:
            raise refusal("D103", name) from problem
        raise refusal("D101", name, sniff(data)) from problem
    if not data.startswith(b"PK"):
        package.warnings.append(remark("D111", name))
    return package


def _gathered(archive: ZipFile, name: str) -> Package:
    """Every entry inflated and counted, only XML kept. Why: sizes in the directory of a zip can lie."""
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise refusal("D104", name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusal("D102", name, "加了密码的压缩文件")
    if any(entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for entry in entries):
        raise refusal("D105", name, "压缩方式不是 Word 用的")
    members = [_member(entry.filename) for entry in entries]
    twice = [member for member, count in Counter(members).items() if count > 1]
    if twice:
        raise refusal("D105", name, f"{twice[0]} 出现了两次")
    package = Package(name, set(members), {})
    total = 0
    for member, entry in zip(members, entries, strict=True):
        size, kept = _inflated(archive, entry, name, MAX_INFLATED - total)
        total += size
        if kept is not None:
            package.parts[member] = kept
    return package


def _member(filename: str) -> str:
    """The name of an entry as relationships are compared with it: small letters, forward slashes."""
    return filename.replace("\\", "/").lstrip("/").lower()


def _inflated(archive: ZipFile, entry: ZipInfo, name: str, room: int) -> tuple[int, bytes | None]:
    """(bytes counted, content of an XML part); reads in pieces, and to the end so that the CRC is compared."""
    wanted = entry.filename.lower().endswith((".xml", ".rels"))
    pieces: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while piece := stream.read(1 << 18):
            wanted = wanted or (not size and piece.lstrip().startswith(_STARTS))
            size += len(piece)
            if size > (min(MAX_PART, room) if wanted else room):
                raise refusal("D104", name, entry.filename)
            if wanted:
                pieces.append(piece)
    return size, b"".join(pieces) if wanted or not size else None


def _main_part(package: Package) -> str:
    """The member that holds the text, by the package's relationships and not by its name."""
    if _TYPES not in package.parts or _ROOT not in package.parts:
        raise refusal("D101", package.name, "压缩文件")
    package.xml(_ROOT)
    for relation in package.relations(""):
        if relation.kind == "officeDocument":
            if relation.target not in package.parts or relation.external:
                raise refusal("D106", package.name, relation.target)
            return relation.target
    raise refusal("D106", package.name)


def _relations(package: Package) -> None:
    """Looks at every relationship: none may leave the package, and those that lead nowhere are told."""
    for member in sorted(m for m in package.parts if m.endswith(".rels")):
        folder = posixpath.dirname(posixpath.dirname(member))
        owner = posixpath.join(folder, posixpath.basename(member).removesuffix(".rels"))
        for relation in package.relations("" if member == _ROOT else owner):
            if not relation.external and relation.target not in package.members and relation.target:
                package.lost.append(relation.target)
    if any(m.endswith("vbaproject.bin") for m in package.members) or _is_macro(package):
        package.warnings.append(remark("D112", package.name))


def _is_macro(package: Package) -> bool:
    types = package.xml(_TYPES)
    kinds = (t.get("ContentType", "") for t in types if (t.get("PartName") or "").lower() == f"/{package.main}")
    return any("macroEnabled" in kind for kind in kinds)


def _relation(package: Package, folder: str, element: Element) -> Relation:
    external = element.get("TargetMode") == "External"
    target = str(element.get("Target", "")) if external else _target(package, folder, element)
    kind = str(element.get("Type", "")).rpartition("/")[2]
    return Relation(attribute(element, "Id") or "", kind, target, external)


def _target(package: Package, folder: str, element: Element) -> str:
    """Member name a relationship leads to. Refuses one that leaves the package."""
    target = unquote(element.get("Target", "")).split("#")[0].replace("\\", "/")
    if not target:
        return ""
    path = posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
    if path.startswith(".."):
        raise refusal("D105", package.name, "部件指向文件之外")
    return path.lower()
