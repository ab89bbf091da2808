"""Picture files: what kind they are, how large, which way up, told from their headers alone; nothing is decoded.

Every reader stands any bytes: what is damaged before the picture data begins is no picture.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from drafter.pictures.tiff import Tiff

DPI = 96
"""Resolution of a file that says none, as Word and browsers take it."""
_SANE = range(30, 4801)
TWIPS = 1440


@dataclass(frozen=True, slots=True)
class Raster:
    """A picture: `kind` (png, jpg, gif, bmp, tiff), pixels, dots per inch, and how it must be turned to stand upright."""

    kind: str
    width: int
    height: int
    dpi: tuple[int, int] = (DPI, DPI)
    orientation: int = 1
    """As in EXIF: 1 upright, 3 upside down, 6 to be turned right, 8 left; even numbers below 5 and odd above: mirrored."""

    @property
    def sideways(self) -> bool:
        """Whether width and height change places when it is turned upright."""
        return self.orientation >= 5

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) upright, in twips."""
        across, up = (max(1, n * TWIPS // dpi) for n, dpi in zip((self.width, self.height), self.dpi, strict=True))
        return (up, across) if self.sideways else (across, up)


def raster(data: bytes) -> Raster | None:
    """The picture that a file is; None when it is none of the five kinds, or damaged."""
    kind = next((kind for kind, starts in _STARTS if data.startswith(starts)), "")
    found = _READERS[kind](data) if kind else None
    return found if found and found.width > 0 and found.height > 0 else None


_STARTS: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("png", (b"\x89PNG\r\n\x1a\n",)),
    ("jpg", (b"\xff\xd8\xff",)),
    ("gif", (b"GIF87a", b"GIF89a")),
    ("bmp", (b"BM",)),
    ("tiff", (b"II*\0", b"MM\0*")),
)
_OTHERS: tuple[tuple[str, int, tuple[bytes, ...]], ...] = (
    ("webp", 8, (b"WEBP",)),
    ("heic", 4, (b"ftyp",)),
    ("emf", 40, (b" EMF",)),
    ("wmf", 0, (b"\xd7\xcd\xc6\x9a",)),
    ("pdf", 0, (b"%PDF",)),
    ("psd", 0, (b"8BPS",)),
    ("svg", 0, (b"<svg", b"<?xml", b"\xef\xbb\xbf<svg", b"\xef\xbb\xbf<?xml")),
    ("Word", 0, (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")),
)


def stranger(data: bytes) -> str:
    """What a file is that is no picture of ours: webp, heic, svg, emf, pdf …; empty when nobody knows."""
    return next((kind for kind, at, signs in _OTHERS if data[at:].startswith(signs)), "")


def _number(data: bytes, at: int, size: int, order: str = "big") -> int:
    return int.from_bytes(data[at : at + size], "little" if order == "little" else "big")


def _sane(dpi: int) -> int:
    return dpi if dpi in _SANE else DPI


def chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """(kind, start, end) of the chunks of a PNG, as far as they are whole."""
    at = 8
    while at + 12 <= len(data):
        end = at + 12 + _number(data, at, 4)
        kind = data[at + 4 : at + 8]
        if end > len(data):
            return
        yield kind, at, end
        if kind == b"IEND":
            return
        at = end


def _png(data: bytes) -> Raster | None:
    found = {kind: at + 8 for kind, at, _ in chunks(data)}
    head = found.get(b"IHDR")
    if head is None or b"IDAT" not in found:
        return None
    dpi = (DPI, DPI)
    scale = found.get(b"pHYs")
    if scale is not None and data[scale + 8 : scale + 9] == b"\1":
        across, up = ((_number(data, scale + at, 4) * 254 + 5000) // 10000 for at in (0, 4))
        dpi = (_sane(across), _sane(up))
    return Raster("png", _number(data, head, 4), _number(data, head + 4, 4), dpi)


_ALONE = {0x01, *range(0xD0, 0xD8)}
"""Markers of a JPEG without a length."""
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
SCAN, END = 0xDA, 0xD9


def segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(marker, start, end) of the segments of a JPEG; those of a scan hold its data too. Ends at the end of the image."""
    at = 2
    while at + 2 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        end = at + 2 if marker in _ALONE or marker == END else at + 2 + _number(data, at + 2, 2)
        if end > len(data) or (end == at + 2 and marker not in _ALONE and marker != END):
            return
        end = _scanned(data, end) if marker == SCAN else end
        yield marker, at, end
        if marker == END:
            return
        at = end


def _scanned(data: bytes, at: int) -> int:
    """Where the data of a scan ends: at the next marker that is none of its own."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] != 0 and data[at + 1] not in _ALONE:
            return at
        at += 2
    return len(data)


def _jpg(data: bytes) -> Raster | None:
    size, dpi, orientation, scanned = (0, 0), (0, 0), 1, False
    for marker, at, end in segments(data):
        if marker in _FRAMES and end - at >= 9:
            size = (_number(data, at + 7, 2), _number(data, at + 5, 2))
        elif marker == 0xE0 and data[at + 4 : at + 9] == b"JFIF\0":
            dpi = _density(data, at)
        elif marker == 0xE1 and data[at + 4 : at + 10] == b"Exif\0\0":
            exif = Tiff(data[at + 10 : end])
            orientation = exif.orientation
            dpi = dpi if any(dpi) else exif.dpi
        elif marker == SCAN:
            scanned = True
            break
    return Raster("jpg", *size, (_sane(dpi[0]), _sane(dpi[1])), orientation) if scanned else None


def _density(data: bytes, at: int) -> tuple[int, int]:
    unit = data[at + 11 : at + 12]
    across, up = _number(data, at + 12, 2), _number(data, at + 14, 2)
    if unit == b"\2":
        return (across * 254 + 50) // 100, (up * 254 + 50) // 100
    return (across, up) if unit == b"\1" else (0, 0)


def _gif(data: bytes) -> Raster | None:
    whole = len(data) > 13 and b"," in data[13:]
    return Raster("gif", _number(data, 6, 2, "little"), _number(data, 8, 2, "little")) if whole else None


def _bmp(data: bytes) -> Raster | None:
    head = _number(data, 14, 4, "little")
    if len(data) < 26 or head < 12 or len(data) < 14 + head:
        return None
    if head == 12:
        return Raster("bmp", _number(data, 18, 2, "little"), _number(data, 20, 2, "little"))
    width, height = (abs(int.from_bytes(data[at : at + 4], "little", signed=True)) for at in (18, 22))
    across, up = ((_number(data, at, 4, "little") * 254 + 5000) // 10000 if head >= 40 else DPI for at in (38, 42))
    return Raster("bmp", width, height, (_sane(across), _sane(up)))


def _tiff(data: bytes) -> Raster | None:
    found = Tiff(data)
    across, up = found.dpi
    return Raster("tiff", found.value(256), found.value(257), (_sane(across), _sane(up)), found.orientation)


_READERS: dict[str, Callable[[bytes], Raster | None]] = {
    "png": _png, "jpg": _jpg, "gif": _gif, "bmp": _bmp, "tiff": _tiff,
}  # fmt: skip
