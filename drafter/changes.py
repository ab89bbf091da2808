"""Where a formatted text differs from what was typed: lines, and places inside them, in words a clerk reads."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from drafter.numeral import CIRCLED
from drafter.shield import HAN
from drafter.source import BLANKS
from drafter.unseen import UNSEEN, without

SHORT = 8
"""Characters of context in a message."""
_NUMERALS = "一二三四五六七八九十百千〇零首先其次再最后"
_KEPT = re.compile(rf"(?![{_NUMERALS}])[{HAN}A-Za-zＡ-Ｚａ-ｚ]")
"""Words: what formatting keeps in number and order, and no marker is made of."""
_MARKER = frozenset("一二三四五六七八九十百千〇零0123456789０１２３４５６７８９()（）" + CIRCLED)
_BLANK = re.compile(f"[{BLANKS}\\s]+|{UNSEEN.pattern}")


@dataclass(frozen=True, slots=True)
class Place:
    """One difference: line and column (from 1) in the source, what stood there and what stands there now.

    `ahead` are the words that follow.
    """

    line: int
    column: int
    before: str
    after: str
    ahead: str

    @property
    def kind(self) -> str:
        """What was mended: 分段, 空格, 全半角 or 序数."""
        if "\n" in self.after and "\n" not in self.before:
            return "分段"
        before, after = (_BLANK.sub("", words) for words in (self.before, self.after))
        if before == after:
            return "空格"
        return "全半角" if _half(before) == _half(after) else "序数"

    def words(self) -> str:
        """What was mended, as a clerk would say it."""
        said = {
            "分段": f"在“{_short(self.after.split(chr(10))[-1] + self.ahead)}”前另起一段",
            "空格": self._blank_words(),
        }
        return f"{self.kind}：{said.get(self.kind) or f'“{self.before}”改为“{self.after}”'}"

    def _blank_words(self) -> str:
        words = _short(without(self._behind_blank()))
        where = f"“{words}”前" if words else "行末"
        if UNSEEN.search(self.before):
            return f"{where}去掉看不见的字符"
        return f"{where}{'去掉' if len(self.before) > len(self.after) else '加'}空格"

    def _behind_blank(self) -> str:
        """The words behind a blank that came or went: figures stand in the place itself."""
        leads = (self.before + self.after)[:1].strip(BLANKS) == "" or self.after[:1].strip(BLANKS) == ""
        return self.after + self.ahead if leads else self.ahead


def _short(words: str) -> str:
    return words.strip()[:SHORT]


_WIDE = str.maketrans({**{chr(c + 0xFEE0): chr(c) for c in range(0x21, 0x7F)}, "。": "."})


def _half(words: str) -> str:
    return words.translate(_WIDE)


def alike(places: tuple[Place, ...]) -> list[tuple[Place, int]]:
    """The places with how many of the same kind there are in their line: 全半角 and 空格 are told once a line."""
    told: dict[object, list[Place]] = {}
    for place in places:
        once = {"全半角": place.before, "空格": ""}.get(place.kind, str(place.column))
        told.setdefault((place.line, place.kind, once), []).append(place)
    return [(same[0], len(same)) for same in told.values()]


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines that changed: numbers of the first and last (from 1) and the lines, before and after, with every place."""

    reach: tuple[int, int]
    before: tuple[str, ...]
    after_reach: tuple[int, int]
    after: tuple[str, ...]
    places: tuple[Place, ...]


Numbered = tuple[int, int, str]
"""A line that is not blank: number, indent, text."""


def hunks(source: str, done: str) -> list[Hunk]:
    """What `done` (formatted from `source`) changed, by lines; blank lines and indents are look and do not count.

    Why no general diff: both hold the same words in the same order, so counting words lays them side by side, in
    linear time.
    """
    return list(_hunks(list(_numbered(source)), list(_numbered(done))))


def _numbered(source: str) -> Iterator[Numbered]:
    rows = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, row in enumerate(rows, start=1):
        text = row.strip(BLANKS)
        if text and not _RULE.fullmatch(text):
            yield number, len(row) - len(row.lstrip(BLANKS)), text


_RULE = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")
"""The line below the head of a pipe table: look too, and Word files have none."""


def _hunks(olds: list[Numbered], news: list[Numbered]) -> Iterator[Hunk]:
    at = new = 0
    while at < len(olds) or new < len(news):
        end, new_end = _block(olds, news, at, new)
        before, after = tuple(o[2] for o in olds[at:end]), tuple(n[2] for n in news[new:new_end])
        if before != after:
            places = tuple(_places(olds[at:end], "\n".join(after)))
            yield Hunk(_reach(olds[at:end]), before, _reach(news[new:new_end]), after, places)
        at, new = end, new_end


def _reach(lines: list[Numbered]) -> tuple[int, int]:
    return (lines[0][0], lines[-1][0]) if lines else (1, 1)


def _block(olds: list[Numbered], news: list[Numbered], at: int, new: int) -> tuple[int, int]:
    """Ends of the fewest lines, at least one, from two starts on, that hold equally many words."""
    ahead = 0
    taken = False
    while ahead or not taken:
        needs_old = ahead < 0 or not taken
        if needs_old and at < len(olds):
            ahead += _count(olds[at][2])
            at += 1
        if (ahead > 0 or not taken) and new < len(news):
            ahead -= _count(news[new][2])
            new += 1
        elif ahead and (at == len(olds) or new == len(news)):
            return len(olds), len(news)
        taken = True
    return _with_wordless(olds, at, news, new), _with_wordless(news, new, olds, at)


def _with_wordless(lines: list[Numbered], at: int, others: list[Numbered], other: int) -> int:
    """Past the lines without words that the other text has no line for: what was parted from a line before them."""
    if other < len(others) and not _count(others[other][2]):
        return at
    while at < len(lines) and not _count(lines[at][2]):
        at += 1
    return at


def _count(text: str) -> int:
    return len(text) - len(_KEPT.sub("", text))


def _places(olds: list[Numbered], done: str) -> Iterator[Place]:
    """The differences inside some lines, told by the words that stand between them."""
    source = "\n".join(text for _, _, text in olds)
    starts = [0, *accumulate(len(text) + 1 for _, _, text in olds)][: len(olds)]
    for start, end, new_start, new_end in _gaps(source, done):
        at = bisect(starts, start) - 1
        line, indent = olds[at][:2] if olds else (1, 0)
        column = indent + start - (starts[at] if olds else 0) + 1
        yield Place(line, column, source[start:end], done[new_start:new_end], source[end : end + SHORT + 4])


Gap = tuple[int, int, int, int]
"""Start and end in the source, start and end in the formatted text."""


def _gaps(source: str, done: str) -> Iterator[Gap]:
    """What stands between the same words and differs, and words whose width differs."""
    at = new = 0
    olds = [*(m.start() for m in _KEPT.finditer(source)), len(source)]
    news = [*(m.start() for m in _KEPT.finditer(done)), len(done)]
    for old_word, new_word in zip(olds, news, strict=False):
        if source[at:old_word] != done[new:new_word]:
            yield _trimmed(source, done, (at, old_word, new, new_word))
        if source[old_word : old_word + 1] != done[new_word : new_word + 1]:
            yield old_word, old_word + 1, new_word, new_word + 1
        at, new = old_word + 1, new_word + 1


def _trimmed(source: str, done: str, gap: Gap) -> Gap:
    """The gap without what is the same at its ends, but with the whole of a marker."""
    start, end, new_start, new_end = gap
    left = _same(source[start:end], done[new_start:new_end])
    right = _same(source[start + left : end][::-1], done[new_start + left : new_end][::-1])
    if _half(source[start + left : end - right]) != _half(done[new_start + left : new_end - right]):
        while left and source[start + left - 1] in _MARKER:
            left -= 1
        while right and source[end - right] in _MARKER:
            right -= 1
    return start + left, end - right, new_start + left, new_end - right


def _same(one: str, other: str) -> int:
    """How many characters the two begin alike with."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
