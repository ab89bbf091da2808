"""A 底稿 that is open: its parts, checked, what they reach, and what its last section says of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from drafter.diagnostic import DraftError, error
from drafter.source import Span
from drafter.word.archive import contents
from drafter.word.element import Element, R, W
from drafter.word.kinds import STRICT, child, kind
from drafter.word.own.pictured import Pictured
from drafter.word.own.scrub import alternatives
from drafter.word.package import Package, opened
from drafter.word.parts import Parts
from drafter.word.refusals import refusal

NAME = "底稿"
"""What the file is called in its own findings: they are told at the place that names it."""
_STRICT = ("它是 Strict Open XML 格式", "用 Word 打开，另存为普通的“Word 文档（*.docx）”")


@dataclass(slots=True)
class Given:
    """One own file."""

    data: bytes
    package: Package
    root: Element
    """w:document."""
    left: list[str] = field(default_factory=list)
    """What could not be taken, in words."""

    def part(self, name: str, root: str) -> Element | None:
        """The root of the one part of a kind, None without it. Errors: DraftError D103 when it is damaged or another thing."""
        member = self.member(name)
        return self.read(member, root) if member else None

    def member(self, name: str) -> str:
        """Where the one part of a kind stands; '' without it."""
        return next(iter(self.package.related(name)), "")

    def read(self, member: str, root: str) -> Element:
        """The root of a part, which must be called so."""
        found = self.package.xml(member)
        if str(found.tag).rpartition("}")[2] != root or (root != "theme" and found.tag != f"{{{W}}}{root}"):
            raise refusal("D103", NAME, member)
        return found

    def reach(self, root: Element, parts: Parts, of: str, member: str, *, fonts: bool = False) -> None:
        """Brings along what a part reaches, `of` being its new name, and takes out of it what is not brought."""
        relations = self.package.relations(member)
        wanted = {one.target for one in relations if not one.external and one.kind in ("image", "font")}
        found = contents(self.data, wanted) if wanted else {}
        self.left += Pictured(relations, found, parts, of, fonts=fonts).settle(root)
        alternatives(root)

    def says(self, name: str) -> bool:
        """Whether a setting is on."""
        return is_on(self.part("settings", "settings"), name)

    @property
    def setup(self) -> Element | None:
        """The page set-up of the last section."""
        return next(iter(reversed(list(self.setups()))), None)

    def setups(self) -> Iterator[Element]:
        """Those of all sections, but what a tracked change put away."""
        return (one for one in self.root.iter(f"{{{W}}}sectPr") if _is_live(one))

    def references(self) -> dict[tuple[str, str], str]:
        """(element, kind) → member of the headers and footers of the last section.

        A section that names none has those of the one before it.
        """
        found: dict[tuple[str, str], str] = {}
        targets = {one.id: one.target for one in self.package.relations(self.package.main) if not one.external}
        for one in (one for setup in self.setups() for one in setup):
            tag = str(one.tag).rpartition("}")[2]
            member = targets.get(one.get(f"{{{R}}}id") or "", "")
            if tag in ("headerReference", "footerReference") and member in self.package.parts:
                found[tag, one.get(f"{{{W}}}type") or "default"] = member
        return found


def given(data: bytes) -> Given:
    """An own file, opened. Errors: DraftError D101–D106, Y108 for the strict form, whose parts Word's own cannot take."""
    package, root = opened(data, NAME)
    if str(root.tag).startswith(f"{{{STRICT}}}"):
        raise DraftError(error("Y108", _STRICT[0], Span(NAME, 1, 1), _STRICT[1]))
    if kind(root) != "document" or child(root, "body") is None:
        raise refusal("D106", NAME)
    return Given(data, package, root)


def is_on(parent: Element | None, name: str) -> bool:
    """Whether an on/off property is on; not when it is not there."""
    found = child(parent, name)
    return found is not None and found.get(f"{{{W}}}val", "1") not in ("0", "false", "off")


def _is_live(setup: Element) -> bool:
    above = setup.getparent()
    return above is None or above.tag != f"{{{W}}}sectPrChange"
