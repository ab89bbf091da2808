"""Picture files made byte by byte: small, whole, with whatever metadata a test wants to see gone."""

from __future__ import annotations

import struct
import zlib

SECRET = b"SECRET-31.2304N-121.4737E"
"""Stands in every piece of metadata: no output may hold it."""


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int = 40, height: int = 20, dpi: int = 0, *, private: bool = False, color: int = 0x99) -> bytes:
    rows = b"".join(b"\0" + bytes([color, color // 2, 200]) * width for _ in range(height))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    scale = chunk(b"pHYs", struct.pack(">IIB", *[dpi * 10000 // 254] * 2, 1)) if dpi else b""
    notes = chunk(b"tEXt", b"Comment\0" + SECRET) + chunk(b"eXIf", tiff(private=True)) if private else b""
    after = SECRET if private else b""
    pixels = chunk(b"IDAT", zlib.compress(rows))
    return b"\x89PNG\r\n\x1a\n" + head + scale + notes + pixels + chunk(b"IEND", b"") + after


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(content) + 2) + content


def jpg(width: int = 40, height: int = 20, dpi: int = 0, *, orientation: int = 0, private: bool = False) -> bytes:
    """A JPEG whose scan holds no picture: enough for everything that reads headers."""
    made = [
        b"\xff\xd8",
        segment(0xE0, b"JFIF\0\1\1" + struct.pack(">BHHBB", 1 if dpi else 0, dpi or 1, dpi or 1, 0, 0)),
    ]
    if orientation or private:
        made.append(segment(0xE1, b"Exif\0\0" + tiff(orientation=orientation, private=private, order=">")))
    if private:
        made += [
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
            segment(0xED, SECRET),
            segment(0xFE, SECRET),
        ]
    made.append(segment(0xE2, b"ICC_PROFILE\0\1\1kept"))
    made.append(segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"))
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"".join([*made, scan, b"\xff\xd9", SECRET if private else b""])


def gif(width: int = 40, height: int = 20, *, private: bool = False) -> bytes:
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    loop = b"!\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    notes = (
        b"!\xfe"
        + bytes([len(SECRET)])
        + SECRET
        + b"\0"
        + b"!\xff\x0bXMP DataXMP"
        + bytes([len(SECRET)])
        + SECRET
        + b"\0"
    )
    image = b"," + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\0"
    return head + loop + (notes if private else b"") + image + b";"


def bmp(width: int = 40, height: int = 20, dpi: int = 96) -> bytes:
    row = (width * 3 + 3) // 4 * 4
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, row * height, *[dpi * 10000 // 254] * 2, 0, 0)
    return b"BM" + struct.pack("<IHHI", 54 + row * height, 0, 0, 54) + head + b"\x80" * (row * height)


def tiff(
    width: int = 4, height: int = 2, dpi: int = 0, *, orientation: int = 0, private: bool = False, order: str = "<"
) -> bytes:
    """One directory, perhaps with a name and a directory of positions below it; the pixels are grey."""
    pixels = b"\x80" * (width * height)
    blobs: list[bytes] = []
    start = 8 + 2 + 14 * 12 + 4

    def blob(content: bytes) -> int:
        blobs.append(content)
        return start + sum(map(len, blobs[:-1]))

    entries = [(256, 3, 1, width), (257, 3, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]
    if private:
        entries.append((270, 2, len(SECRET), blob(SECRET)))
    entries.append((273, 4, 1, blob(pixels)))
    if orientation:
        entries.append((274, 3, 1, orientation))
    entries += [(277, 3, 1, 1), (278, 3, 1, height), (279, 4, 1, len(pixels))]
    if dpi:
        entries += [
            (282, 5, 1, blob(struct.pack(f"{order}II", dpi, 1))),
            (283, 5, 1, blob(struct.pack(f"{order}II", dpi, 1))),
        ]
    if private:
        where = blob(SECRET)
        below = struct.pack(f"{order}HHHIII", 1, 2, 2, len(SECRET), where, 0)
        entries.append((34853, 4, 1, blob(below)))
    assert len(entries) <= 14
    rows = b"".join(_entry(order, *one) for one in entries)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    body = head + struct.pack(f"{order}H", len(entries)) + rows + struct.pack(f"{order}I", 0)
    return body.ljust(start, b"\0") + b"".join(blobs)


def _entry(order: str, tag: int, kind: int, count: int, value: int) -> bytes:
    held = struct.pack(f"{order}HH", value, 0) if kind == 3 and count == 1 else struct.pack(f"{order}I", value)
    return struct.pack(f"{order}HHI", tag, kind, count) + held


KINDS = {"png": png, "jpg": jpg, "gif": gif, "bmp": bmp, "tiff": tiff}
