"""目录: lines of a table of contents look like sections and are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from drafter.text.evidence import Candidate

ENTRY_LIMIT = 60
"""Longest entry, in characters."""
MOST_ENTRIES = 200
REPEATED = 4
"""So many characters of a heading find it again behind the contents."""

_DOTTED = re.compile(
    rf"[^。；;\n]{{1,{ENTRY_LIMIT}}}?(?:…{{2,}}|[.．]{{4,}}|·{{3,}}|(?:[.．·] ){{3,}})[\s.．…·]{{0,200}}[（(]?\d{{1,3}}(?!\d)"
)
"""Words, a row of dots, the number of a page."""
_TABBED = re.compile(rf"[^。；;\t\n]{{1,{ENTRY_LIMIT}}}\t+\s*\d{{1,3}}(?![\d.．%％\t])")
"""Words, a tab, the number of a page; right behind it the line ends or the next marker begins."""
_TITLE = re.compile(r"目\s{0,4}[录錄次](?:$|\s*(?=[一第（(]))")


def without_contents(lines: Sequence[str], candidates: list[Candidate]) -> list[Candidate]:
    """The candidates but those of a table of contents: with the number of a page, or named again behind 目录.

    Time: linear.
    """
    if not any("…" in line or "\t" in line or "...." in line or "··" in line or "目" in line for line in lines):
        return candidates
    paged = {at for at, candidate in enumerate(candidates) if _is_paged(lines, candidates, at)}
    named = set(_named_again(lines, candidates, paged))
    return [candidate for at, candidate in enumerate(candidates) if at not in paged and at not in named]


def _is_paged(lines: Sequence[str], candidates: list[Candidate], at: int) -> bool:
    """Whether the number of a page stands behind an entry, with dots or a tab before it."""
    candidate = candidates[at]
    text, start = lines[candidate.line], candidate.found[2]
    if _DOTTED.match(text, start):
        return True
    tabbed = _TABBED.match(text, start)
    if tabbed is None:
        return False
    following = candidates[at + 1] if at + 1 < len(candidates) else None
    end = following.found[0] if following is not None and following.line == candidate.line else len(text)
    return not text[tabbed.end() : min(end, tabbed.end() + 8)].strip()


def _named_again(lines: Sequence[str], candidates: list[Candidate], paged: set[int]) -> Iterator[int]:
    """The candidates right behind 目录 whose words follow a marker of the same depth once more."""
    at = _behind_title(lines, candidates)
    if at < 0:
        return
    later: dict[tuple[int, str], list[int]] = {}
    for index in range(at, len(candidates)):
        later.setdefault(_key(lines, candidates[index]), []).append(index)
    for index in range(at, min(at + MOST_ENTRIES, len(candidates))):
        words = _words(lines, candidates, index)
        again = later[_key(lines, candidates[index])][-1]
        place = candidates[again]
        if index in paged:
            continue
        if again == index or len(words) < 2 or not lines[place.line].startswith(words, place.found[2]):
            return
        yield index


def _behind_title(lines: Sequence[str], candidates: list[Candidate]) -> int:
    """The first candidate right behind 目录, -1 when there is none."""
    for at, candidate in enumerate(candidates):
        before = lines[candidate.line][max(0, candidate.found[0] - 8) : candidate.found[0]]
        if not candidate.found[0]:
            before = next((line for line in reversed(lines[max(0, candidate.line - 3) : candidate.line]) if line), "")
        if _TITLE.search(before.strip()[-8:] + ("" if before else " ")):
            return at
    return -1


def _key(lines: Sequence[str], candidate: Candidate) -> tuple[int, str]:
    _, marker, end = candidate.found
    return marker.level.depth, lines[candidate.line][end : end + REPEATED].strip()


def _words(lines: Sequence[str], candidates: list[Candidate], at: int) -> str:
    """The words of an entry: up to the next candidate or the end of the line."""
    candidate = candidates[at]
    text, start = lines[candidate.line], candidate.found[2]
    following = candidates[at + 1] if at + 1 < len(candidates) else None
    end = following.found[0] if following is not None and following.line == candidate.line else len(text)
    return text[start : min(end, start + ENTRY_LIMIT)].strip()
