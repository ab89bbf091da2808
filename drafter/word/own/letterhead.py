"""Headers and footers of a 底稿 in a package of ours: cleaned, renamed, related to the text.

Those of its last section hold on every page of ours, upright or not; another first page is that of the report, since
in later sections it would print the letterhead again. Without a footer that shows anything the page numbers are ours.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from drafter.layout.model import NOTHING, Layout
from drafter.word.element import Element, W, w, xml
from drafter.word.kinds import child, kind
from drafter.word.own.fields import settle
from drafter.word.own.given import Given, is_on
from drafter.word.own.lists import without_lists
from drafter.word.own.merge import Merged
from drafter.word.own.order import order
from drafter.word.own.scrub import renumber, scrub, whole
from drafter.word.parts import Parts

Reference = tuple[str, str, str]
"""(element, kind, relationship id)."""
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_EDGES = {"headerReference": ("header", "hdr"), "footerReference": ("footer", "ftr")}
"""Element of a page set-up → kind of part, its root."""
_SEEN = ("t", "instrText", "fldSimple", "drawing", "pict", "tbl", "sym", "pgNum")
"""What of a footer can be seen."""
_Edge = tuple[str, str]
"""(element, kind): headerReference, even."""


@dataclass(slots=True)
class Letterhead:
    """The headers and footers of one own file; reading them cleans them."""

    given: Given
    layout: Layout
    even: bool = field(init=False)
    """Whether even pages have their own."""
    titled: bool = field(init=False)
    """Whether the first page has its own."""
    has_footer: bool = field(init=False)
    roots: dict[_Edge, tuple[str, Element]] = field(init=False)
    """Member and root of every one that is taken."""

    def __post_init__(self) -> None:
        self.even, self.titled = self.given.says("evenAndOddHeaders"), is_on(self.given.setup, "titlePg")
        kinds = ("default", *(("even",) if self.even else ()), *(("first",) if self.titled else ()))
        found = {key: member for key, member in self.given.references().items() if key[1] in kinds}
        self.roots = {key: (member, self._read(member, _EDGES[key[0]][1])) for key, member in sorted(found.items())}
        self.has_footer = any(tag == "footerReference" and _is_seen(one) for (tag, _), (_, one) in self.roots.items())
        if not self.has_footer:
            self.roots = {key: one for key, one in self.roots.items() if key[0] != "footerReference"}

    @property
    def numbered(self) -> bool:
        """Whether the page numbers are ours."""
        return not self.has_footer and self.layout.numbers.form != NOTHING

    def _read(self, member: str, name: str) -> Element:
        root = self.given.read(member, name)
        self.given.left += scrub(root)
        self.given.left += [f"域 {code or '（空）'}" for code in settle(root)]
        return root

    def add(
        self, parts: Parts, styles: Merged, lists: set[str], numbers: tuple[str, str]
    ) -> tuple[tuple[Reference, ...], tuple[Reference, ...]]:
        """(references of every section, those of the first page); `numbers`: ids of our own footers, odd and even."""
        keys = {key: self._add(key, *one, parts, styles, lists) for key, one in self.roots.items()}
        if self.numbered:
            keys |= {("footerReference", "default"): numbers[0], ("footerReference", "even"): numbers[1]}
            if not self.even and ("headerReference", "default") in keys:
                keys["headerReference", "even"] = keys["headerReference", "default"]
        if self.titled:
            self._title(keys, parts, styles)
        rows = [(tag, name, key) for (tag, name), key in keys.items()]
        return tuple(r for r in rows if r[1] != "first"), tuple(r for r in rows if r[1] == "first")

    def _title(self, keys: dict[_Edge, str], parts: Parts, styles: Merged) -> None:
        """A first page of its own shows our number where others do; without a header or footer it has an empty one."""
        if self.numbered and self.layout.numbers.first:
            keys["footerReference", "first"] = keys["footerReference", "default"]
        for tag, (_, root) in _EDGES.items():
            if (tag, "first") not in keys:
                keys[tag, "first"] = self._add((tag, "first"), "", w(root), parts, styles, set())

    def _add(self, key: _Edge, member: str, root: Element, parts: Parts, styles: Merged, lists: set[str]) -> str:
        """Adds a header or footer with what it reaches; returns the relationship's id."""
        name, _ = _EDGES[key[0]]
        put = parts.put(f"word/{name}{{}}.xml", b"", f"{_TYPE}{name}+xml")
        styles.rename(root)
        if member:
            self.given.reach(root, parts, put, member)
        without_lists(root, lists)
        renumber(root, parts)
        whole(root)
        order(root)
        parts.fill(put, xml(root))
        return parts.relate(put, name)

    def distances(self) -> tuple[int | None, int | None]:
        """How far headers and footers stand from the edge of the paper, in twips; None where that leaves no room."""
        margins, page = child(self.given.setup, "pgMar"), self.layout.page
        return _within(margins, "header", page.top), _within(margins, "footer", page.bottom)

    def form(self) -> str:
        """w:fmt of its page numbers."""
        count = child(self.given.setup, "pgNumType")
        return "" if count is None else count.get(f"{{{W}}}fmt") or ""

    def grid(self) -> tuple[tuple[str, str], ...]:
        """Its grid of lines as attributes of w:docGrid; empty without one.

        Why no grid of characters: it would part the 28 字 of a line anew.
        """
        grid = child(self.given.setup, "docGrid")
        pitch = (grid.get(f"{{{W}}}linePitch") or "") if grid is not None else ""
        lines = grid is not None and grid.get(f"{{{W}}}type") not in (None, "default") and pitch.isdecimal()
        return (("type", "lines"), ("linePitch", pitch)) if lines else ()


def _is_seen(root: Element) -> bool:
    """Whether anything of a footer can be seen."""
    found = (one for one in root.iter() if kind(one) in _SEEN)
    return any(kind(one) != "t" or (one.text or "").strip() for one in found)


def _within(margins: Element | None, name: str, most: int) -> int | None:
    said = "" if margins is None else margins.get(f"{{{W}}}{name}") or ""
    return int(said) if said.isdecimal() and len(said) < 6 and int(said) < most else None
