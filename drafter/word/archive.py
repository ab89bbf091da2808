"""The zip around a .docx: every entry inflated and counted, XML kept; hostile and damaged archives are refused.

Source of the caps: largest real files seen had 291 entries and 2.4 MB inflated (reliability.md 2.4).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Container
from contextlib import suppress
from dataclasses import dataclass, field
from io import BytesIO
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from drafter.diagnostic import Diagnostic
from drafter.word.refusals import refusal, remark, stranger
from drafter.word.sniff import OLE, sniff

MAX_ENTRIES = 1000
MAX_INFLATED = 100 * 1024 * 1024
"""Bytes of all entries together, inflated."""
MAX_PART = 32 * 1024 * 1024
"""Bytes of one XML part, inflated."""

_BROKEN = (BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, KeyError, RuntimeError, OverflowError)
"""What zipfile raises on damaged archives."""
_STARTS = (b"<", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00<")
"""First bytes of an XML part, whatever its name."""
XML = (".xml", ".rels")
"""How the names of XML parts end."""
_ZIP_END = b"PK\x05\x06"
_LOCAL = struct.Struct("<8xH8xII")
"""Method, packed and full size in the header in front of an entry."""
_STREAMED = 1 << 3
"""Flag of a zip entry: its sizes stand behind it."""
_UTF8 = 1 << 11
"""Flag of a zip entry: its name is UTF-8."""


@dataclass(slots=True)
class Unzipped:
    """The entries of an archive: names in small letters with forward slashes, and the content of XML parts."""

    name: str
    members: set[str] = field(default_factory=set)
    parts: dict[str, bytes] = field(default_factory=dict)
    warnings: list[Diagnostic] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    """Pictures and the like that could not be unpacked."""
    inflated: int = 0


def unzipped(data: bytes, name: str) -> Unzipped:
    """The entries of a .docx. Errors: DraftError D101–D105; what can be read all the same is told in `warnings`, `lost`."""
    if data.startswith(OLE):
        raise stranger(name, sniff(data))
    try:
        with ZipFile(BytesIO(data)) as archive:
            front = min((entry.header_offset for entry in archive.infolist()), default=0)
            if _ZIP_END in data[:front]:
                raise refusal("D105", name, "两个压缩包接在一起")
            found = _gathered(archive, name)
    except _BROKEN as problem:
        if b"PK\x03\x04" in data[:4096]:
            raise refusal("D103", name) from problem
        raise stranger(name, sniff(data)) from problem
    if front:
        found.warnings.append(remark("D111", name))
    return found


def contents(data: bytes, wanted: Container[str]) -> dict[str, bytes]:
    """The wanted entries of an archive that `unzipped` takes, by member name; what cannot be unpacked is left out."""
    found: dict[str, bytes] = {}
    with ZipFile(BytesIO(data)) as archive:
        for entry in archive.infolist():
            if (
                _member(entry) in wanted
                and not entry.flag_bits & 1
                and entry.compress_type in (ZIP_STORED, ZIP_DEFLATED)
            ):
                with suppress(*_BROKEN):
                    found[_member(entry)] = archive.read(entry)
    return found


def _gathered(archive: ZipFile, name: str) -> Unzipped:
    """Every entry inflated and counted, only XML kept. Why: sizes in the directory of a zip can lie."""
    entries = [entry for entry in archive.infolist() if not entry.filename.endswith("/")]
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise refusal("D104", name)
    found = Unzipped(name)
    for entry in entries:
        member, content = _member(entry), _content(archive, entry, found)
        if member in found.members and (content is not None or member in found.parts):
            raise refusal("D105", name, f"{member} 出现了两次")
        found.members.add(member)
        if content is not None:
            found.parts[member] = content
    return found


def _content(archive: ZipFile, entry: ZipInfo, found: Unzipped) -> bytes | None:
    """What an entry holds when it is XML. A picture or the like that cannot be unpacked is told and does no harm.

    Errors: DraftError for an XML part that is damaged, locked or packed in another way.
    """
    xml = entry.filename.lower().endswith(XML)
    if xml and not _agrees(archive, entry):
        raise refusal("D105", found.name, f"{entry.filename} 在压缩包里的两处说法不一")
    odd = ("D102", entry.filename) if entry.flag_bits & 1 else ("D105", "压缩方式不是 Word 用的")
    if not entry.flag_bits & 1 and entry.compress_type in (ZIP_STORED, ZIP_DEFLATED):
        try:
            return _inflated(archive, entry, found)
        except _BROKEN:
            odd = ("D103", entry.filename)
    if xml:
        raise refusal(odd[0], found.name, odd[1])
    found.lost.append(_member(entry))
    return None


def _agrees(archive: ZipFile, entry: ZipInfo) -> bool:
    """Whether an entry and the directory say the same of method and sizes: else another program reads another file.

    Sizes that the entry leaves out (0, or those of zip64) say nothing.
    """
    stream = archive.fp
    if stream is None or entry.flag_bits & _STREAMED:
        return True
    stream.seek(entry.header_offset)
    header = stream.read(_LOCAL.size)
    if len(header) < _LOCAL.size:
        return True
    method, packed, size = _LOCAL.unpack(header)
    known = ((packed, entry.compress_size), (size, entry.file_size))
    return method == entry.compress_type and all(said in (0, 0xFFFFFFFF, listed) for said, listed in known)


def _member(entry: ZipInfo) -> str:
    """The name of an entry as relationships are compared with it: small letters, forward slashes, %20 as blank."""
    filename = entry.filename
    if not entry.flag_bits & _UTF8:
        with suppress(UnicodeError):
            filename = filename.encode("cp437").decode()
    return member_of(filename)


def member_of(filename: str) -> str:
    """The name of an entry that is called so in an archive of good Unicode."""
    return unquote(filename).replace("\\", "/").lstrip("/").lower()


def _inflated(archive: ZipFile, entry: ZipInfo, found: Unzipped) -> bytes | None:
    """The content of an XML part; reads in pieces, counts them, and goes on to the end so that the CRC is compared."""
    wanted = entry.filename.lower().endswith(XML)
    pieces: list[bytes] = []
    size = 0
    with archive.open(entry) as stream:
        while piece := stream.read(1 << 18):
            wanted = wanted or (not size and piece.lstrip().startswith(_STARTS))
            size += len(piece)
            found.inflated += len(piece)
            if found.inflated > MAX_INFLATED or (wanted and size > MAX_PART):
                raise refusal("D104", found.name, entry.filename)
            if wanted:
                pieces.append(piece)
    return b"".join(pieces) if wanted or not size else None
