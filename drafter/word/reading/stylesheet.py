"""word/styles.xml as far as the text depends on it: which number a style gives a paragraph, and what it hides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from drafter.word.element import Element
from drafter.word.kinds import attribute, child, found, kind, number, switch, value

MOST_STYLES = 64
"""Styles one above another; a longer chain is a loop or a trap."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a w:numPr says: list and level, None where it is silent. List 0 is "no number"."""

    list_id: str | None = None
    level: int | None = None


_SILENT = Given()


def given(properties: Element | None) -> Given:
    """The w:numPr of a w:pPr."""
    numbering = child(properties, "numPr") if properties is not None else None
    if numbering is None:
        return _SILENT
    said = {kind(one): attribute(one) for one in numbering}
    return Given(said.get("numId") or None, number(said.get("ilvl")))


@dataclass(frozen=True, slots=True)
class Style:
    """One style: what it is based on, the number it gives, and whether it hides (None: silent)."""

    above: str
    given: Given
    hidden: bool | None


@dataclass(slots=True)
class Styles:
    """The styles of a file by id, and that of a paragraph without one."""

    table: dict[str, Style] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """Style → the name that Word shows."""
    usual: str = ""
    hides_any: bool = False
    """Whether any style hides: most files have none, and then nothing need be looked up."""

    def chain(self, name: str | None) -> Iterator[tuple[str, Style]]:
        """The style and those it is based on, nearest first; loops end."""
        following = name or self.usual
        for _ in range(MOST_STYLES):
            if following not in self.table:
                return
            yield following, self.table[following]
            following = self.table[following].above

    def hides(self, name: str | None) -> bool:
        """Whether text in the style is hidden."""
        return next((bool(s.hidden) for _, s in self.chain(name) if s.hidden is not None), False)


def styles(root: Element | None) -> Styles:
    """The styles of a part; none without the part."""
    read = Styles()
    for _, element in found(root, ("style",)) if root is not None else ():
        name = attribute(element, "styleId") or ""
        properties = child(element, "pPr")
        above = value(element, ("basedOn",)) or ""
        read.names[name] = value(element, ("name",)) or ""
        read.table[name] = Style(above, given(properties), switch(element, ("rPr", "vanish")))
        if attribute(element, "type") == "paragraph" and attribute(element, "default") in ("1", "true", "on"):
            read.usual = name
        read.hides_any = read.hides_any or bool(read.table[name].hidden)
    return read
