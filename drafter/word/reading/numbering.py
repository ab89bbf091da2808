"""word/numbering.xml: lists as they are defined, and counting them as Word does.

Source: ECMA-376 Part 1, 17.9. A count belongs to the definition and not to the list that uses it: lists of one
definition go on counting, and a list with a start of its own begins anew where it is first used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from drafter.word.element import Element
from drafter.word.kinds import attribute, child, found, number, switch, value
from drafter.word.reading.counting import written
from drafter.word.reading.stylesheet import Given, Styles

LEVELS = 9
"""Levels of a list."""
MOST_TEXT = 255
"""Characters of a level's text; Word's own limit."""
_MOST_LINKS = 8
"""Definitions that only name a list style, one behind another."""
_PLACE = re.compile("%([1-9])")
_IDEOGRAPH = re.compile("[\u3400-\u9fff]")
_WORD_END = re.compile(r"[\w%]$")
_SIGNS = re.compile("[\u2460-\u24ff\u3200-\u32ff\u2776-\u2793]$")


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    behind: str = "tab"
    """What stands between number and text: tab, space, nothing."""
    restart: int | None = None
    """0 never; n: only behind a level above n; None: behind every higher one."""
    digits: bool = False
    """All numbers in digits (isLgl)."""
    style: str = ""
    """The paragraph style that is tied to the level."""
    padded: int = 0
    """Places of a number with leading zeros."""
    hidden: bool = False


@dataclass(slots=True)
class Definition:
    """A w:abstractNum."""

    levels: dict[int, ListLevel]
    link: str = ""
    """The list style that holds the levels."""


@dataclass(slots=True)
class List:
    """A w:num: a definition, levels of its own and starts of its own."""

    definition: str
    levels: dict[int, ListLevel] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ladder:
    """The levels of one list as they hold in the end, and which of them begin anew at its first use."""

    definition: str
    levels: dict[int, ListLevel]
    anew: frozenset[int]
    usual: dict[int, int]
    """Level → its start without the list's own."""


@dataclass(slots=True)
class Numbering:
    """All lists of a file."""

    definitions: dict[str, Definition] = field(default_factory=dict)
    lists: dict[str, List] = field(default_factory=dict)
    styles: Styles = field(default_factory=Styles)
    ladders: dict[str, Ladder | None] = field(default_factory=dict)
    by_style: dict[str, Given] = field(default_factory=dict)

    def ladder(self, list_id: str) -> Ladder | None:
        """The levels of a list; None when it or its definition is not there."""
        if list_id not in self.ladders:
            self.ladders[list_id] = self._ladder(list_id)
        return self.ladders[list_id]

    def _ladder(self, list_id: str) -> Ladder | None:
        used = self.lists.get(list_id)
        name = self._holder(used.definition) if used else None
        if used is None or name is None:
            return None
        levels = self.definitions[name].levels | used.levels
        started = {d: replace(levels[d], start=n) for d, n in used.starts.items() if d in levels}
        usual = {depth: level.start for depth, level in levels.items()}
        return Ladder(name, levels | started, frozenset(started), usual)

    def _holder(self, name: str) -> str | None:
        """The definition that holds the levels, list styles followed; None when there is none."""
        for _ in range(_MOST_LINKS):
            one = self.definitions.get(name)
            if one is None or not one.link or one.levels:
                return None if one is None else name
            linked = next((s.given.list_id for _, s in self.styles.chain(one.link) if s.given.list_id), None)
            if linked not in self.lists:
                return None
            name = self.lists[linked].definition
        return None

    def placed(self, direct: Given, style: str | None) -> Given:
        """List and level of a paragraph from its own w:numPr and its styles; list None when it has no number."""
        key = style or ""
        if key not in self.by_style:
            self.by_style[key] = self._styled(key)
        named = self.by_style[key]
        list_id = named.list_id if direct.list_id is None else _wanted(direct.list_id)
        return Given(list_id, named.level if direct.level is None else direct.level)

    def _styled(self, style: str) -> Given:
        """What the styles say. The level tied to a style goes before the one the style asks for (17.9.23)."""
        chain = list(self.styles.chain(style))
        name = next((s.given.list_id for _, s in chain if s.given.list_id is not None), None)
        if name is None or _wanted(name) is None:
            return Given()
        ladder = self.ladder(name)
        tied = {v.style: k for k, v in ladder.levels.items() if v.style} if ladder else {}
        own = next((tied[i] for i, _ in chain if i in tied), None)
        asked = next((s.given.level for _, s in chain if s.given.level is not None), 0)
        return Given(name, asked if own is None else own)


def _wanted(name: str) -> str | None:
    return None if number(name) == 0 else name


def numbering(root: Element | None, styles: Styles) -> Numbering:
    """The lists of a part; none without the part."""
    read = Numbering(styles=styles)
    for name, element in found(root, ("abstractNum", "num")) if root is not None else ():
        if name == "num":
            read.lists.setdefault(attribute(element, "numId") or "", _list(element))
        else:
            link = value(element, ("numStyleLink",)) or ""
            read.definitions.setdefault(attribute(element, "abstractNumId") or "", Definition(_levels(element), link))
    return read


def _list(element: Element) -> List:
    made = List(value(element, ("abstractNumId",)) or "")
    for _, override in found(element, ("lvlOverride",)):
        depth = number(attribute(override, "ilvl"))
        start = number(value(override, ("startOverride",)))
        if depth is not None and 0 <= depth < LEVELS:
            made.levels.update((depth, level) for level in list(_levels(override).values())[:1])
            made.starts.update([(depth, start)] if start is not None else [])
    return made


def _levels(parent: Element) -> dict[int, ListLevel]:
    read: dict[int, ListLevel] = {}
    for _, element in found(parent, ("lvl",)):
        depth = number(attribute(element, "ilvl"))
        if depth is not None and 0 <= depth < LEVELS and depth not in read:
            read[depth] = _level(element)
    return read


def _level(element: Element) -> ListLevel:
    form = child(element, "numFmt")
    start = number(value(element, ("start",)))
    sample = (attribute(form, "format") or "").split(",")[0] if form is not None else ""
    name = (attribute(form, "val") or "decimal") if form is not None else "decimal"
    padded = len(sample) if name == "custom" and re.fullmatch("0*1", sample) and len(sample) < LEVELS else 0
    return ListLevel(
        form="decimal" if padded else name,
        text=value(element, ("lvlText",)) or "",
        start=1 if start is None and child(element, "start") is not None else start or 0,
        behind=value(element, ("suff",)) or "tab",
        restart=number(value(element, ("lvlRestart",))),
        digits=bool(switch(element, ("isLgl",))),
        style=value(element, ("pStyle",)) or "",
        padded=padded,
        hidden=bool(switch(element, ("rPr", "vanish"))),
    )


@dataclass(slots=True)
class Counter:
    """The counts of one story (the body, a footnote) while it is read."""

    numbering: Numbering
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    """Definition → level → the number used last."""
    begun: set[tuple[str, int]] = field(default_factory=set)
    """Lists and levels whose own start has been used."""

    def next(self, place: Given) -> str | None:
        """The number of the next paragraph of a list, with what parts it from the text; '' for a bullet.

        None where it cannot be worked out: the list, its definition or its format is not there, or its text too long.
        """
        ladder = self.numbering.ladder(place.list_id or "")
        depth = min(max(place.level or 0, 0), LEVELS - 1)
        level = ladder.levels.get(depth) if ladder else None
        if ladder is None or level is None or len(level.text) > MOST_TEXT:
            return None
        self._count(place.list_id or "", ladder, depth)
        return _spaced(self._text(ladder, level), level)

    def _count(self, list_id: str, ladder: Ladder, depth: int) -> None:
        """Counts one use of a level. A level above that was passed over counts as used, the deeper ones begin anew."""
        counts = self.counts.setdefault(ladder.definition, {})
        for above in range(depth):
            counts.setdefault(above, ladder.usual.get(above, 1))
        fresh = depth in ladder.anew and (list_id, depth) not in self.begun
        counts[depth] = ladder.levels[depth].start if fresh or depth not in counts else counts[depth] + 1
        if fresh:
            self.begun.add((list_id, depth))
        for below in [d for d in counts if d > depth]:
            if below not in ladder.levels or _restarts(ladder.levels[below], below, depth):
                del counts[below]

    def _text(self, ladder: Ladder, level: ListLevel) -> str | None:
        if level.form == "bullet":
            return level.text if _IDEOGRAPH.search(level.text) else ""
        if level.hidden:
            return ""
        pieces = [self._number(ladder, int(piece) - 1, level) if at % 2 else piece
                  for at, piece in enumerate(_PLACE.split(level.text))]  # fmt: skip
        return None if None in pieces else "".join(piece or "" for piece in pieces)

    def _number(self, ladder: Ladder, depth: int, asking: ListLevel) -> str | None:
        """The number a %n stands for; a level not yet used shows its start."""
        level = ladder.levels.get(depth)
        if level is None or level.form == "bullet":
            return ""
        count = self.counts[ladder.definition].get(depth, level.start)
        if asking.digits and level.form != "none":
            return str(count)
        words = written(count, level.form)
        return words.zfill(level.padded) if words else words


def _restarts(lower: ListLevel, below: int, used: int) -> bool:
    """Whether a level begins anew behind a higher one. A restart that names no higher level counts as none."""
    if lower.restart is None or lower.restart > below:
        return True
    return used < lower.restart


def _spaced(text: str | None, level: ListLevel) -> str | None:
    """The number and what parts it from the text: nothing behind 、 . ） and signs, one space behind letters and digits.

    Why: the outline reads 一、标题 （一）标题 1.标题, and 第一章标题 or 1.1标题 would run together.
    """
    text = text.strip() if text else text
    if not text or level.behind == "nothing" or not _WORD_END.search(text) or _SIGNS.search(text):
        return text
    return f"{text} "
