"""What headers, footers and lists of a 底稿 reach: pictures, fonts and web addresses come along, all else does not.

Why so few: objects, charts and controls carry files of their own, which nobody would look for in a header.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from drafter.pictures.privacy import clean
from drafter.pictures.raster import raster
from drafter.word.element import Element, R, W
from drafter.word.own.scrub import cut, unwrap
from drafter.word.package import Relation
from drafter.word.parts import Parts

_OFFICE = "urn:schemas-microsoft-com:office:office"
_SCHEMES = ("http://", "https://", "mailto:")
_TYPES = {"png": "image/png", "jpg": "image/jpeg", "gif": "image/gif", "bmp": "image/bmp", "tiff": "image/tiff"}
_VECTORS = (
    (0, b"\xd7\xcd\xc6\x9a", "wmf", "image/x-wmf"),
    (0, b"\x01\x00\x09\x00", "wmf", "image/x-wmf"),
    (40, b" EMF", "emf", "image/x-emf"),
    (0, b"\x1f\x8b", "emz", "image/x-emz"),
)
"""Where in a file which bytes stand → its extension and type: drawings that only Word's family knows."""
FONT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FRAMES = frozenset(f"{{{W}}}{name}" for name in ("drawing", "pict", "numPicBullet"))
_HYPERLINK = f"{{{W}}}hyperlink"


@dataclass(slots=True)
class Pictured:
    """The relationships of one part being taken over into `parts`, where it is called `of`."""

    relations: tuple[Relation, ...]
    contents: Mapping[str, bytes]
    parts: Parts
    of: str
    fonts: bool = False
    _new: dict[str, str] = field(default_factory=dict)
    """Old relationship id → new one."""

    def settle(self, root: Element) -> list[str]:
        """Renames the ids in a part, taking out what leads nowhere now; returns what that was, in words."""
        left: list[str] = []
        for one in list(root.iter()):
            if one is root or one.getroottree().getroot() is root:
                left += self._one(one)
        return left

    def _one(self, one: Element) -> list[str]:
        if one.tag == _HYPERLINK:
            return self._link(one)
        keys = [n for n in one.attrib if str(n).startswith(f"{{{R}}}") or n == f"{{{_OFFICE}}}relid"]
        good = {name: new for name in keys if (new := self._related(one.get(name) or ""))}
        for name in keys:
            if name in good:
                one.set(name, good[name])
            else:
                del one.attrib[name]
        if good or not keys:
            return []
        return _without(one)

    def _link(self, one: Element) -> list[str]:
        """A web address stays; of others, and of places in the old text, the words do."""
        new = self._related(one.get(f"{{{R}}}id") or "")
        for name in ("anchor", "docLocation", "tgtFrame"):
            one.attrib.pop(f"{{{W}}}{name}", None)
        if new:
            one.set(f"{{{R}}}id", new)
        else:
            unwrap(one)
        return []

    def _related(self, key: str) -> str:
        """The new id of a relationship, '' for one that stays behind."""
        if key not in self._new:
            found = next((one for one in self.relations if one.id == key), None)
            self._new[key] = self._take(found) if found is not None else ""
        return self._new[key]

    def _take(self, found: Relation) -> str:
        if found.external:
            safe = found.kind == "hyperlink" and found.target.strip().lower().startswith(_SCHEMES)
            return self.parts.link(found.target.strip(), of=self.of) if safe else ""
        data = self.contents.get(found.target)
        if not data:
            return ""
        if found.kind == "font" and self.fonts:
            return self.parts.once("word/fonts/font{}.odttf", data, FONT, "font", of=self.of)
        kind = _picture(data) if found.kind == "image" else None
        return (
            self.parts.once(f"word/media/image{{}}.{kind[0]}", clean(data), kind[1], "image", of=self.of)
            if kind
            else ""
        )


def _picture(data: bytes) -> tuple[str, str] | None:
    """(extension, type) of a picture by its bytes; None for what is none, and for SVG, which can hold anything."""
    found = raster(data)
    if found is not None:
        return ("jpeg" if found.kind == "jpg" else found.kind), _TYPES[found.kind]
    return next(((end, kind) for at, sign, end, kind in _VECTORS if data[at:].startswith(sign)), None)


def _without(one: Element) -> list[str]:
    """Takes out what has lost all it showed."""
    if str(one.tag).rpartition("}")[2].startswith(("hlink", "embed")):
        cut(one)
        return []
    frame = next((above for above in (one, *one.iterancestors()) if above.tag in _FRAMES), one)
    cut(frame)
    return ["图片（链接的，或认不出、损坏的）"]
