"""编号: 自动: markers as Word's own multilevel list.

Numbers are positions in the outline; Word counts for itself. The planner counts along and says of every marker which
list and level prints it: the list in use where Word would come to that very number, a list with a start of its own
where it would not, and none where Word has no such number: that marker is written out.
Source: ECMA-376 Part 1, 17.9. Lists of one definition go on counting each other; a start of its own (17.9.27) holds
where a list first uses the level.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from drafter.layout.model import AUTOMATIC, Layout
from drafter.numeral import ORDINAL_LIMIT
from drafter.style import Marker
from drafter.typeset.sheet import Item, Para, Sheet
from drafter.word.element import Element, W, etree, w, xml
from drafter.word.parts import Parts
from drafter.word.styles import faces

PART = "word/numbering.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
FORMS = (
    ("chineseCountingThousand", "%1、", ORDINAL_LIMIT),
    ("chineseCountingThousand", "（%2）", ORDINAL_LIMIT),
    ("decimal", "%3.", 999),
    ("decimal", "（%4）", 999),
    ("decimalEnclosedCircle", "%5", 20),
)
"""(format, text, largest number) of the levels. Why 20: behind ⑳ Word goes on with plain digits."""
MOST_LISTS = 1000
"""Lists of one document; markers beyond are written out. Why: Word knows some 2,000."""
_NAME = "6B0D7A41"
"""w:nsid: by it Word knows the list again where text is copied from one report into another."""
ATTACHMENT = "附件"
"""Look of the paragraph that opens an 附件, which counts for itself."""


@dataclass(frozen=True, slots=True)
class Place:
    """Which list (from 1) and level (from 0) prints a marker."""

    number: int
    level: int


@dataclass(frozen=True, slots=True)
class Planned:
    """For every marker its place, None where it is written out; and (level, start) of lists 2, 3, …"""

    places: tuple[Place | None, ...]
    starts: tuple[tuple[int, int], ...]


def planned(markers: Iterable[Marker | None]) -> Planned:
    """The plan of markers in reading order; None begins a list that counts for itself."""
    count = _Count()
    places = tuple(count.place(marker) for marker in markers)
    return Planned(places, tuple(count.starts))


def is_counted(marker: Marker) -> bool:
    """Whether Word can print the marker as the table of styles writes it."""
    depth = marker.level.depth
    return 1 <= depth <= len(FORMS) and 1 <= marker.number <= FORMS[depth - 1][2]


@dataclass(slots=True)
class _Count:
    """What Word has counted so far; None for a level that was passed over, which programs count in different ways."""

    reached: dict[int, int | None] = field(default_factory=dict)
    starts: list[tuple[int, int]] = field(default_factory=list)
    fresh: bool = False
    """The next marker begins a list of its own."""

    def place(self, marker: Marker | None) -> Place | None:
        """Where the marker is printed; counts it."""
        if marker is None:
            self.fresh = bool(self.reached)
        if marker is None or not is_counted(marker):
            return None
        level = marker.level.depth - 1
        if self.fresh or self.following(level) != marker.number:
            if len(self.starts) + 1 >= MOST_LISTS:
                return None
            self.starts.append((level, marker.number))
            self.fresh = False
        above: dict[int, int | None] = {depth: self.reached.get(depth) for depth in range(level)}
        self.reached = above | {level: marker.number}
        return Place(len(self.starts) + 1, level)

    def following(self, level: int) -> int | None:
        """What the list in use would print next; None where that is not sure."""
        if level not in self.reached:
            return dict(self.starts[-1:]).get(level, 1)
        last = self.reached[level]
        return None if last is None else last + 1


class Plan:
    """The lists of one document. Adds word/numbering.xml to `parts` where numbers are Word's and there are any."""

    def __init__(self, sheet: Sheet, layout: Layout, parts: Parts) -> None:
        self.places: dict[int, Place] = {}
        self.before = 0
        """The largest w:numId of a 底稿."""
        if layout.numbering == AUTOMATIC:
            self._plan(sheet.items, parts)

    def number(self, item: Para) -> Element | None:
        """w:numPr of a paragraph of the sheet; None where its marker, if it has one, is written out."""
        place = self.places.get(id(item))
        if place is None:
            return None
        return w("numPr", w("ilvl", val=place.level), w("numId", val=place.number + self.before))

    def _plan(self, items: Sequence[Item], parts: Parts) -> None:
        asked = [p for p in items if isinstance(p, Para) and (p.marker is not None or p.look == ATTACHMENT)]
        plan = planned(p.marker for p in asked)
        self.places = {id(p): place for p, place in zip(asked, plan.places, strict=True) if place is not None}
        if not self.places:
            return
        there = parts.base.get(PART)
        root = w("numbering") if there is None else etree.fromstring(there)
        self.before = _largest(root, "num", "numId")
        _add(root, plan.starts, self.before)
        if there is None:
            parts.add(PART, xml(root), _TYPE, "numbering")
        else:
            parts.fill(PART, xml(root))


def number_face(item: Para, layout: Layout) -> Element | None:
    """w:rPr of the paragraph's end: the number of a run-in heading takes its face from there, others from the style."""
    if not item.run_in or not item.runs or not item.runs[0].look:
        return None
    look = layout.looks[item.runs[0].look]
    bold, colour = w("b") if look.bold else None, w("color", val=look.color) if look.color else None
    return w("rPr", faces(look.font, look.latin or layout.latin), bold, colour)


def _add(root: Element, starts: tuple[tuple[int, int], ...], before: int) -> None:
    """The definition, and a w:num for every list, each behind those of its kind: the schema wants them in this order."""
    key = _largest(root, "abstractNum", "abstractNumId") + 1
    _insert(root, ("numPicBullet", "abstractNum"), [_definition(key)])
    nums = [_num(before + n, key, start) for n, start in enumerate((None, *starts), start=1)]
    _insert(root, ("numPicBullet", "abstractNum", "num"), nums)


def _insert(root: Element, kinds: tuple[str, ...], made: list[Element]) -> None:
    """Puts elements behind the last one of the kinds."""
    tags = {f"{{{W}}}{kind}" for kind in kinds}
    at = max((place for place, one in enumerate(root, start=1) if one.tag in tags), default=0)
    root[at:at] = made


def _largest(root: Element, tag: str, attribute: str) -> int:
    """The largest id of the elements of a kind; 0 without any."""
    found = (str(one.get(f"{{{W}}}{attribute}", "")) for one in root.iter(f"{{{W}}}{tag}"))
    return max((int(n) for n in found if n.isascii() and n.isdecimal()), default=0)


def _definition(key: int) -> Element:
    """w:abstractNum. Why no indent of its own: the styles of the paragraphs have them."""
    head = (w("nsid", val=_NAME), w("multiLevelType", val="multilevel"))
    return w("abstractNum", *head, *_levels(), abstractNumId=key)


def _levels() -> Iterator[Element]:
    """Why the hint: else Word takes ① from the Latin font, as in runs."""
    for depth, (form, text, _) in enumerate(FORMS):
        told = (w("start", val=1), w("numFmt", val=form), w("suff", val="nothing"), w("lvlText", val=text))
        yield w("lvl", *told, w("lvlJc", val="left"), w("rPr", w("rFonts", hint="eastAsia")), ilvl=depth)


def _num(number: int, key: int, start: tuple[int, int] | None) -> Element:
    own = w("lvlOverride", w("startOverride", val=start[1]), ilvl=start[0]) if start else None
    return w("num", w("abstractNumId", val=key), own, numId=number)
