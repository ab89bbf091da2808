"""A .docx as members, opened with suspicion: what is broken, hostile or no Word file is refused with a reason.

Source of the cap: the largest real file seen had 76,540 tags (reliability.md 2.4).
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from drafter.diagnostic import Diagnostic, DraftError
from drafter.word.archive import XML, unzipped
from drafter.word.element import Element, etree
from drafter.word.kinds import attribute
from drafter.word.refusals import refusal, remark, stranger
from drafter.word.sniff import EXCEL, OPEN, SLIDES, ZIP

MAX_TAGS = 1_000_000
"""Elements of all parts that are read together."""
MAX_ATTRIBUTES = 1_000_000
"""Equals signs of all parts that are read together: attributes and namespaces take memory as elements do."""

_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_SYNTAX = (("depth", "D104"), ("huge", "D104"), ("amplification", "D105"), ("entity", "D105"))
"""Word in libxml2's message → refusal; anything else is damage."""
_DTD = re.compile(rb"(?>\s+|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
_OTHERS = (("content.xml", OPEN), ("ofd.xml", "OFD 文件"))
"""Member that gives away a package of another kind, and what it then is."""
_BINARY = (("xl/", EXCEL), ("ppt/", SLIDES))
"""Folder of a main part that is no XML (.xlsb), and what the file then is."""
_DECLARED = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)")
_ENCODINGS = re.compile(
    rb"utf-?(8|16(le|be)?)|(us-)?ascii|iso-?8859-\d+|latin-?1|windows-\d+|cp125\d|gb(2312|k|18030)|big5|shift_jis|euc-(jp|kr)",
    re.IGNORECASE,
)
"""In these < is one byte, or two that hold it: in others (UTF-7) tags could not be counted before they are read."""
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
        if (declared := _DECLARED.match(data)) and not _ENCODINGS.fullmatch(declared[1]):
            raise refusal("D105", self.name, f"{member} 的编码是 {declared[1].decode()}")
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
    found = unzipped(data, name)
    package = Package(name, found.members, found.parts, warnings=found.warnings, lost=found.lost)
    for member, content in package.parts.items():
        if member.endswith(XML) and _has_dtd(content):
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


def _main_part(package: Package) -> str:
    """The member that holds the text, by the package's relationships and not by its name."""
    if _TYPES not in package.parts or _ROOT not in package.parts:
        raise stranger(package.name, next((what for m, what in _OTHERS if m in package.members), ZIP))
    package.xml(_ROOT)
    for relation in package.relations(""):
        if relation.kind == "officeDocument" and not relation.external:
            if relation.target not in package.parts:
                other = next((what for folder, what in _BINARY if relation.target.startswith(folder)), "")
                raise stranger(package.name, other) if other else refusal("D106", package.name, relation.target)
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
