"""Pictures without what tells of people and places: EXIF, positions, XMP, comments. The picture itself is not touched."""

from __future__ import annotations

from collections.abc import Callable

from drafter.pictures.raster import chunks, raster, segments
from drafter.pictures.tiff import without_private

_WORDS = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"dSIG", b"caBX"))
"""Chunks of a PNG that are no part of the picture."""
_KEPT = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
"""Application segments of a JPEG that say how its colours are meant, by how they begin."""


def clean(data: bytes, *, keep_turn: bool = False) -> bytes:
    """The picture file without metadata; a file that is no picture of ours is returned as it is.

    The resolution and colour profile stay. `keep_turn`: of a photo's EXIF the orientation alone stays, so that a browser,
    or `raster`, still knows how it must be turned.
    """
    found = raster(data)
    if found is None:
        return data
    done = _CLEANERS[found.kind](data)
    return _turned(done, found.orientation) if keep_turn and found.kind == "jpg" and found.orientation > 1 else done


def _turned(data: bytes, orientation: int) -> bytes:
    """A JPEG with an EXIF segment that says its orientation, behind its JFIF segment."""
    entry = (0x0112).to_bytes(2) + (3).to_bytes(2) + (1).to_bytes(4) + orientation.to_bytes(2) + bytes(2)
    exif = b"Exif\0\0MM\0*" + (8).to_bytes(4) + (1).to_bytes(2) + entry + bytes(4)
    behind = next((end for marker, _, end in segments(data) if marker == 0xE0), 2)
    return data[:behind] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2) + exif + data[behind:]


def _png(data: bytes) -> bytes:
    kept = (data[at:end] for kind, at, end in chunks(data) if kind not in _WORDS)
    return data[:8] + b"".join(kept)


def _jpg(data: bytes) -> bytes:
    """What stands behind the end of the image goes too: phones put films and further pictures there."""
    return data[:2] + b"".join(
        data[at:end] for marker, at, end in segments(data) if _is_picture(marker, data[at + 4 :][:12])
    )


def _is_picture(marker: int, begins: bytes) -> bool:
    if 0xE0 <= marker <= 0xEF:
        return begins.startswith(_KEPT.get(marker, b"\0never"))
    return marker != 0xFE


def _gif(data: bytes) -> bytes:
    """Without comments and application blocks but the one that says how often it plays."""
    table = 3 << ((data[10] & 7) + 1) if data[10] & 0x80 else 0
    at = 13 + table
    made = [data[:at]]
    while at < len(data) and data[at : at + 1] in (b"!", b","):
        end = _gif_block(data, at)
        comment = data[at : at + 2] == b"!\xfe"
        foreign = data[at : at + 2] == b"!\xff" and data[at + 3 : at + 14] != b"NETSCAPE2.0"
        if not comment and not foreign:
            made.append(data[at:end])
        at = end
    return b"".join(made) + b";"


def _gif_block(data: bytes, at: int) -> int:
    """Where a block of a GIF ends: behind its last sub-block."""
    if data[at : at + 1] == b",":
        flags = data[at + 9] if at + 9 < len(data) else 0
        at += 11 + (3 << ((flags & 7) + 1) if flags & 0x80 else 0)
    else:
        at += 2
    while at < len(data) and data[at]:
        at += 1 + data[at]
    return min(at + 1, len(data))


_CLEANERS: dict[str, Callable[[bytes], bytes]] = {
    "png": _png, "jpg": _jpg, "gif": _gif, "bmp": lambda data: data, "tiff": without_private,
}  # fmt: skip
