"""分项: the items of chains (一是…二是…) inside a paragraph of a real file: by the mark before them and by their sequence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from drafter import style
from drafter.style import Found, Level, Marker
from drafter.text import slips
from drafter.text.surroundings import ENDS_WITH_ONE, Surroundings

Row = tuple[Level, str]
"""What items of one chain share: their row and noun."""
HEADING_REACH = 40
"""A heading without mark before its 一是 is at most so long."""
_MARKED = re.compile("[。；！？：:;]")
_PART_OF_A_WORD = re.compile(f"(?:{ENDS_WITH_ONE}|之|第|其|万|哪|这|那|每|某|逐|另|又|星期|礼拜|周|[，,、“（《])$")
"""Before 一是 that is the end of a word and what follows it: 统一是, 之一是, 星期一是."""
_CIRCLED = re.compile("[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]")


def row(marker: Marker) -> Row:
    """The chain a marker belongs to."""
    return marker.level, marker.noun


def candidates_of(text: str) -> list[Found]:
    """Whatever looks like an item, ① inside the text, and 二、 that was typed for 二是."""
    found = list(style.items(text))
    if slipped := slips.in_chain(text, found):
        found = sorted([*found, *slipped], key=lambda f: f[0])
    if _CIRCLED.search(text):
        circled = [f for f in style.sections(text) if f[1].level.depth == 5]
        found += [f for n, f in enumerate(circled) if f[0] and not _is_note(text, circled, n)]
        found.sort(key=lambda f: f[0])
    return found


_CLAUSE = re.compile(r"[。；！？：，:;,\s]")


def _is_note(text: str, circled: list[Found], n: int) -> bool:
    """Whether ① is the mark of a note: …增长5.6%①，… or 覆盖率①达到…，…②机制: no item begins there."""
    at, marker, end = circled[n]
    if text[end : end + 1] in ("", *"，。；：、）”"):
        return True
    if _CLAUSE.match(text, at - 1):
        return False
    near = [c for c in (*circled[max(n - 1, 0) : n], *circled[n + 1 : n + 2]) if abs(c[1].number - marker.number) == 1]
    parted = (_CLAUSE.search(text, min(end, c[2]), max(at, c[0])) for c in near)
    begins = marker.number == 1 and any(_CLAUSE.match(text, c[0] - 1) for c in near)
    return bool(near) and not begins and all(parted)


def present(texts: Iterable[str]) -> frozenset[tuple[Level, int]]:
    """Rows and numbers of all that looks like an item in a text, for Chains."""
    return frozenset((marker.level, marker.number) for text in texts for _, marker, _ in style.items(text))


@dataclass(slots=True)
class Chains:
    """Follows the chains of a text: what numbers they have come to. One paragraph at a time, in order."""

    present: frozenset[tuple[Level, int]] = frozenset()
    last: dict[Row, int] = field(default_factory=dict)
    quoted: bool = False
    """Whether the paragraph before left a quotation open."""

    def find(self, text: str, *, opens: bool, headed: bool = False) -> list[Found]:
        """The items of a paragraph, in order.

        opens: an item may stand at its start. headed: the paragraph is what stands behind a section marker, so that a
        heading without mark may come before 一是 (加强监管一是…).
        """
        start = self._unquoted(text)
        candidates = [f for f in candidates_of(text) if f[0] >= start and (opens or f[0])]
        if not candidates:
            return []
        around = Surroundings(text)
        seconds = {row(marker): at for at, marker, _ in candidates if marker.number == 2}
        found: list[Found] = []
        for at, marker, end in candidates:
            if around.inside(at, end) == "quoted" or (found and at < found[-1][2]):
                continue
            place = around.place(at) if at else "start"
            followed = seconds.get(row(marker), -1) > at
            if self._belongs(text, at, marker, place, followed=followed, headed=headed and not found):
                self.last[row(marker)] = marker.number
                found.append((at, marker, end))
        return found

    def _unquoted(self, text: str) -> int:
        """Where the paragraph comes out of a quotation that an earlier one left open; 0 when there is none."""
        opened, closed = text.find("“"), text.find("”")
        start = closed + 1 if self.quoted and closed >= 0 and not 0 <= opened < closed else 0
        self.quoted = text.rfind("“") > text.rfind("”")
        return start

    def _belongs(self, text: str, at: int, marker: Marker, place: str, *, followed: bool, headed: bool) -> bool:
        """Whether a candidate is an item."""
        number, running = marker.number, self.last.get(row(marker), 0)
        if marker.level.numerals == "词" and not self._worded(number):
            return False
        if place in ("start", "ended"):
            return True
        if place == "listed":
            return number <= 1 or number == running + 1 or text[at - 1] in "；;"
        if place == "closed" and not marker.is_item:
            return False
        if number > 1:
            return number == running + 1 and (place != "loose" or not _in_word(text, at))
        if place == "comma" or followed:
            return place in ("comma", "blank") or not _in_word(text, at)
        return headed and self._behind_heading(text[:at].rstrip())

    def _worded(self, number: int) -> bool:
        """首先 needs 其次 or 第二 somewhere, 最后 a chain before it: in speech both stand alone and are no items."""
        if number == 1:
            return any(n in (2, 3) and _is_worded(level) for level, n in self.present)
        return number == 2 or any(_is_worded(level) for level, _ in self.last)

    def _behind_heading(self, head: str) -> bool:
        """Whether the words right before 一是 may be a heading."""
        return 2 <= len(head) <= HEADING_REACH and not _in_word(head, len(head)) and not _MARKED.search(head)


def _is_worded(level: Level) -> bool:
    return level.numerals == "词" or level.opens == ("第",)


def _in_word(text: str, at: int) -> bool:
    return bool(_PART_OF_A_WORD.search(text, max(at - 2, 0), at))
