"""The directories of a TIFF file, which EXIF is too: a few of its tags, and taking out what tells of people and places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Type of a tag's values → bytes of each."""
_ORIENTATION, _ACROSS, _UP, _UNIT = 274, 282, 283, 296
PRIVATE = frozenset(
    (
        269,
        270,
        271,
        272,
        285,
        305,
        306,
        315,
        316,
        700,
        33432,
        33723,
        34377,
        34665,
        34853,
        37510,
        40965,
        42033,
        42036,
        42037,
    )
)
"""Tags that tell of the camera, its owner, the place, the time and the programs: names, EXIF, GPS, XMP, IPTC."""
_BELOW = (34665, 34853, 40965)
"""Tags that lead to a directory of their own."""
_MOST = 8
"""Directories that are looked into."""


class Tiff:
    """A TIFF file in memory; every answer stands any bytes."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.order: Literal["little", "big"] = "little" if data[:2] == b"II" else "big"

    def number(self, at: int, size: int) -> int:
        """The number at an offset; 0 beyond the end."""
        return int.from_bytes(self.data[at : at + size], self.order)

    def entries(self, at: int) -> Iterator[tuple[int, int]]:
        """(tag, offset) of the entries of the directory at an offset, as far as they are whole."""
        for number in range(self.number(at, 2)):
            entry = at + 2 + 12 * number
            if entry + 12 > len(self.data):
                return
            yield self.number(entry, 2), entry

    @property
    def first(self) -> int:
        """Offset of the first directory."""
        return self.number(4, 4)

    def place(self, entry: int) -> tuple[int, int]:
        """(offset, length) of the values of an entry."""
        size = _SIZES.get(self.number(entry + 2, 2), 1) * self.number(entry + 4, 4)
        return (entry + 8, size) if size <= 4 else (self.number(entry + 8, 4), size)

    def value(self, tag: int) -> int:
        """The first value of a tag of the first directory, a fraction rounded down; 0 when it is not there."""
        entry = next((entry for found, entry in self.entries(self.first) if found == tag), None)
        if entry is None:
            return 0
        at, _ = self.place(entry)
        kind = self.number(entry + 2, 2)
        if kind == 5:
            return self.number(at, 4) // max(self.number(at + 4, 4), 1)
        return self.number(at, _SIZES.get(kind, 1))

    @property
    def orientation(self) -> int:
        """1–8; 1 where nothing valid is said."""
        found = self.value(_ORIENTATION)
        return found if 1 <= found <= 8 else 1

    @property
    def dpi(self) -> tuple[int, int]:
        """Dots per inch; 0 where nothing is said."""
        unit = self.value(_UNIT) or 2
        across, up = self.value(_ACROSS), self.value(_UP)
        return ((across * 254 + 50) // 100, (up * 254 + 50) // 100) if unit == 3 else (across, up)


def without_private(data: bytes) -> bytes:
    """The file with its private tags taken out of every directory and their values blotted out; all else stays in place."""
    made = bytearray(data)
    tiff = Tiff(data)
    at = tiff.first
    for _ in range(_MOST):
        if not at or at + 2 > len(data):
            break
        following = at + 2 + 12 * tiff.number(at, 2)
        for tag, entry in tiff.entries(at):
            if tag in PRIVATE:
                _blot(made, tiff, tag, entry, depth=0)
        _close_up(made, tiff, at)
        at = tiff.number(following, 4)
    return bytes(made)


def _blot(made: bytearray, tiff: Tiff, tag: int, entry: int, *, depth: int) -> None:
    """Zeros over the values of an entry, and over the directory it leads to. Why no further down: EXIF has two floors."""
    if tag in _BELOW and depth < 2:
        for below, inner in tiff.entries(tiff.number(entry + 8, 4)):
            _blot(made, tiff, below, inner, depth=depth + 1)
            _zero(made, inner, 12)
    else:
        _zero(made, *tiff.place(entry))


def _zero(made: bytearray, at: int, size: int) -> None:
    end = min(at + size, len(made))
    if 8 <= at < end:
        made[at:end] = bytes(end - at)


def _close_up(made: bytearray, tiff: Tiff, at: int) -> None:
    """The directory without its private entries: the others move up, with the pointer to the next directory."""
    kept = [tiff.data[entry : entry + 12] for tag, entry in tiff.entries(at) if tag not in PRIVATE]
    count = tiff.number(at, 2)
    end = at + 2 + 12 * count
    if len(kept) == count or end + 4 > len(made):
        return
    pointer = tiff.data[end : end + 4]
    rows = b"".join(kept) + pointer
    made[at : end + 4] = len(kept).to_bytes(2, tiff.order) + rows + bytes(end + 4 - at - 2 - len(rows))
