"""Figures that have another name now: the same words are printed around them, and neither name is known on the other side.

A fact that was missing and is filled in, one that moved to 公共, an indicator that got another 名称.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby

from drafter.merge.clauses import MARKS
from drafter.merge.keys import Key
from drafter.trace import Printed, Record

SHORT = 2
"""Words that are shorter tell nothing."""
_Line = tuple[str, tuple[tuple[str, ...], ...]]
"""The typed words of a paragraph, and the bookmarks of each of its blanks."""


def aliases(before: Record, now: Record, ones: Mapping[str, Key], others: Mapping[str, Key]) -> dict[Key, Key]:
    """Key now → key before."""
    known, those = set(ones.values()), set(others.values())
    lines = dict(_single(before))
    found: dict[Key, Key] = {}
    for words, blanks in _single(now):
        for mine, theirs in zip(lines.get(words, ()), blanks, strict=False):
            for name, other in zip(mine, theirs, strict=False):
                key, new = ones[name], others[other]
                if key not in those and new not in known and _is_plain(key) and _is_plain(new):
                    found.setdefault(new, key)
    taken = Counter(found.values())
    return {new: key for new, key in found.items() if taken[key] == 1}


def _is_plain(key: Key) -> bool:
    """Whether a key is of one fact, and not of an item or of one of many departments."""
    return "〔" not in key[0] and not key[3]


def _single(record: Record) -> Iterator[_Line]:
    """The lines of a record whose typed words stand there once, with as many blanks."""
    lines = [_line(paragraph, record) for paragraph in record.paragraphs if paragraph.spots]
    counts = Counter((words, len(blanks)) for words, blanks in lines)
    yield from (line for line in lines if counts[line[0], len(line[1])] == 1 and len(line[0]) >= SHORT)


def _line(paragraph: Printed, record: Record) -> _Line:
    words, at, blanks = "", 0, []
    spots = [s for s in paragraph.spots if s.name in record.figures]
    for _, together in groupby(spots, key=lambda s: record.figures[s.name].blank or s.name):
        group = list(together)
        first, last = record.figures[group[0].name], record.figures[group[-1].name]
        words += paragraph.text[at : max(group[0].start - len(first.lead), at)] + "\0"
        at = group[-1].end + len(last.tail)
        blanks.append(tuple(s.name for s in group))
    words += paragraph.text[at:]
    return "".join(sign for sign in words if sign not in MARKS), tuple(blanks)
