"""A .docx as members, opened with suspicion: what is broken, hostile or no Word file is refused with a reason.

Source of the caps: largest real files seen had 291 entries, 2.4 MB inflated and 76,540 tags (reliability.md 2.4).
"""

from __future__ import annotations

import posixpath
import struct
import zlib
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile, ZipInfo

from drafter.diagnostic import Diagnostic, DraftError, error, warning
from drafter.source import Span
from drafter.word.element import Element, etree

MAX_ENTRIES = 1000
MAX_INFLATED = 100 * 1024 * 1024
"""Bytes of all entries together, inflated."""
MAX_PART = 32 * 1024 * 1024
"""Bytes of one XML part, inflated."""
MAX_TAGS = 1_000_000
"""Elements of the main part."""

REFUSALS = {
    "D101": ("不是 Word 文档（.docx）", "请用 Word 或 WPS 打开，另存为“Word 文档（*.docx）”"),
    "D102": ("是旧版 .doc 或加了密码的文件", "请用 Word 或 WPS 打开、去掉密码，另存为“Word 文档（*.docx）”"),
    "D103": ("文件已损坏", "请重新取得这个文件，或用 Word 打开修复后另存"),
    "D104": ("文件太大或内容多得反常", "单个文件解压后不超过100MB、1000个部件，正文不超过100万个标记"),
    "D105": ("文件结构可疑，不予读取", "请用 Word 打开确认无误后另存为新文件"),
    "D106": ("文件里没有正文", "请确认这是一份 Word 文档，用 Word 打开后另存"),
}
"""Why a file is not read: code → (what is told, what to do)."""

WARNINGS = {
    "D111": ("文件开头有多余的内容，已跳过", "建议用 Word 打开后另存"),
    "D112": ("文件带有宏，只读文字，宏不会运行", ""),
    "D113": ("文件缺少部件，文字照常读出", "建议用 Word 打开后另存"),
    "D114": ("文件是 Strict Open XML 格式", "建议另存为普通的“Word 文档（*.docx）”"),
    "D115": ("隐藏文字没有读入", "需要时请先取消隐藏"),
    "D116": ("自动编号没有读入", "请在 Word 中把自动编号转换为文本，或补上序数"),
}
"""What is told about a file that is read all the same."""

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError, RuntimeError, OverflowError)
"""What zipfile raises on damaged archives."""
_SYNTAX = (("depth", "D104"), ("huge", "D104"), ("amplification", "D105"), ("entity", "D105"))
"""Word in libxml2's message → refusal; anything else is damage."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(code: str, name: str, detail: str = "") -> DraftError:
    """The error that refuses a file."""
    message, hint = REFUSALS[code]
    return DraftError(error(code, f"{message}（{detail}）" if detail else message, Span(name, 1, 1), hint))


def remark(code: str, name: str, detail: str = "", line: int = 1) -> Diagnostic:
    """The warning about a file that is read all the same; `line` is a paragraph number."""
    message, hint = WARNINGS[code]
    return warning(code, f"{message}（{detail}）" if detail else message, Span(name, line, 1), hint)


@dataclass(slots=True)
class Package:
    """An opened .docx: its XML parts by member name, its main part, and what was odd about it."""

    name: str
    members: set[str]
    parts: dict[str, bytes]
    warnings: list[Diagnostic] = field(default_factory=list)

    def xml(self, member: str) -> Element:
        """The root of a part. Refuses damage, DTDs and depth beyond 256."""
        try:
            root = etree.fromstring(self.parts[member], _parser())
        except etree.XMLSyntaxError as problem:
            words = str(problem).lower()
            code = next((code for word, code in _SYNTAX if word in words), "D103")
            raise refusal(code, self.name, member) from problem
        if root.getroottree().docinfo.internalDTD is not None:
            raise refusal("D105", self.name, f"{member} 含有 DTD")
        return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                           remove_comments=True, remove_pis=True)  # fmt: skip


def opened(data: bytes, name: str) -> tuple[Package, Element]:
    """The package and the root of its main part. Errors: DraftError with one of REFUSALS."""
    package = _unzipped(data, name)
    for member in sorted(package.parts):
        if member.endswith(".rels") or member.startswith("docProps/") or member == "[Content_Types].xml":
            package.xml(member)
    main = _main_part(package)
    _relations(package, main)
    if package.parts[main].count(b"<") - package.parts[main].count(b"</") > MAX_TAGS:
        raise refusal("D104", name, main)
    return package, package.xml(main)


def _unzipped(data: bytes, name: str) -> Package:
    if data.startswith(_OLE):
        raise refusal("D102", name)
    try:
        with ZipFile(BytesIO(data)) as archive:
            package = _gathered(archive, name)
    except _BROKEN as problem:
        raise refusal("D103" if b"PK\x03\x04" in data[:4096] else "D101", name) from problem
    if not data.startswith(b"PK"):
        package.warnings.append(remark("D111", name))
    return package


def _gathered(archive: ZipFile, name: str) -> Package:
    """Every entry inflated and counted, only XML kept. Why: sizes in the directory of a zip can lie."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise refusal("D104", name)
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusal("D102", name)
    twice = [n for n, count in Counter(entry.filename.lower() for entry in entries).items() if count > 1]
    if twice:
        raise refusal("D105", name, f"{twice[0]} 出现了两次")
    package = Package(name, {entry.filename for entry in entries}, {})
    total = 0
    for entry in entries:
        size, kept = _inflated(archive, entry, name, MAX_INFLATED - total)
        total += size
        if kept is not None:
            package.parts[entry.filename] = kept
    return package


def _inflated(archive: ZipFile, entry: ZipInfo, name: str, room: int) -> tuple[int, bytes | None]:
    """(bytes counted, content of an XML part); reads in pieces, and to the end so that the CRC is compared."""
    wanted = entry.filename.endswith((".xml", ".rels"))
    limit = min(MAX_PART, room) if wanted else room
    pieces: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while piece := stream.read(1 << 18):
            size += len(piece)
            if size > limit:
                raise refusal("D104", name, entry.filename)
            if wanted:
                pieces.append(piece)
    return size, b"".join(pieces) if wanted else None


def _main_part(package: Package) -> str:
    """The member that holds the text, by the package's relationships and not by its name."""
    if "[Content_Types].xml" not in package.parts or "_rels/.rels" not in package.parts:
        raise refusal("D101", package.name)
    for relation in package.xml("_rels/.rels").iter(_RELATIONS):
        if str(relation.get("Type")).endswith("/officeDocument"):
            member = _target(package, "", relation)
            if member not in package.parts:
                raise refusal("D106", package.name, member)
            return member
    raise refusal("D106", package.name)


def _relations(package: Package, main: str) -> None:
    """Looks at every relationship: none may leave the package, and those that lead nowhere are told."""
    lost = []
    for member in sorted(m for m in package.parts if m.endswith(".rels")):
        folder = posixpath.dirname(posixpath.dirname(member))
        for relation in package.xml(member).iter(_RELATIONS):
            if relation.get("TargetMode") != "External" and _target(package, folder, relation) not in package.members:
                lost.append(str(relation.get("Target")))
    if lost:
        package.warnings.append(remark("D113", package.name, "、".join(lost[:3])))
    if any(m.endswith("vbaProject.bin") for m in package.members) or _is_macro(package, main):
        package.warnings.append(remark("D112", package.name))


def _is_macro(package: Package, main: str) -> bool:
    types = package.xml("[Content_Types].xml")
    kinds = (t.get("ContentType", "") for t in types if t.get("PartName") == f"/{main}")
    return any("macroEnabled" in kind for kind in kinds)


def _target(package: Package, folder: str, relation: Element) -> str:
    """Member name a relationship leads to. Refuses one that leaves the package."""
    target = unquote(relation.get("Target", "")).split("#")[0]
    path = posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
    if path.startswith(".."):
        raise refusal("D105", package.name, "部件指向文件之外")
    return path
