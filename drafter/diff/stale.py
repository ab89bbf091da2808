"""没改的期间: words of the earlier period that still stand in the later text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from drafter import period as periods
from drafter.diagnostic import Diagnostic, note, warning
from drafter.diff.passages import SIGNATURE, TITLE, Passage
from drafter.diff.tokens import PERIOD, Token, tokens
from drafter.period import Period
from drafter.source import Span

REACH = 60
"""Characters beside a word in which a 《 or 自 belongs to it."""
CONTEXT = 10
"""Characters shown before and behind a stale word."""
_UNTIL = re.compile(r"截[至止]到?")
_DAY = re.compile(r"(?P<month>月)(?:[上中下]旬(?:\d{1,2}[日号])?|\d{1,2}[日号])$")
_END = re.compile(r"[底末初]$")
_HAS_YEAR = re.compile(r"^(?:\d{4}|二.{3})年")
_RANGE = re.compile(r"[—~至到-]")
_BASE = re.compile(r"(?:比|较|与|同|和|相比|高于|低于|[去上]年)$")
_SINCE = re.compile(r"(?:自|从|于)$")
_SINCE_BEHIND = re.compile(r"以来|起|版|年均|建成|出台|印发")
_SOFT = ("季", "半年", "年")


@dataclass(frozen=True, slots=True)
class Said:
    """A word of a period: the period as a report on `base` would mean it, and how it is written."""

    period: Period
    dated: bool
    """It names its year."""
    event: bool
    """It is a day or 旬, and not one until which something is counted."""
    until: bool
    """截至 stands before it, 底 behind it, or it is a run of months."""


def said(word: str, base: Period) -> Said | None:
    """What a word of a period means in a report on a period; None for a range of years and what is no period."""
    until = _UNTIL.match(word)
    bare = _UNTIL.sub("", word, count=1)
    dated = _HAS_YEAR.match(bare) is not None
    core = _DAY.sub(r"\g<month>", bare)
    end = _END.search(core)
    found = periods.read(core[: end.start()] if end else core, base)
    if found is None:
        return None
    event = core != bare and until is None
    return Said(found, dated, event, bool(until or end or found.run))


def is_stale(word: str, earlier: Period, later: Period, *, base: bool = False, sign: bool = False) -> bool:
    """Whether a word of the earlier report, left as it was, is wrong in the later one.

    It is when it names the earlier period, or one from it on and before the later one. A word without a year means
    another year in the later report: 10月 stays right when both are reports on a September. A day or 旬 of the same
    year is an event that a later report may still tell. `base`: 比 stands before it, so that 上期 and 上年同期 of the
    earlier period are stale too; `sign`: it stands in the title or the date.
    """
    one, other = said(word, earlier), said(word, later)
    if one is None or other is None:
        return False
    if one.event and not sign and earlier.year == later.year:
        return False
    if base and not one.event and _is_base(one.period, earlier, later):
        return True
    last = one.period.last
    within = earlier.first <= last < later.first and (one.dated or earlier.year == later.year)
    passed = within or earlier.last <= last < later.last
    if one.dated:
        return passed
    return passed and other.period.last != later.last and (other.period.last < later.last or _names(one, earlier))


def _names(one: Said, period: Period) -> bool:
    return one.period.last == period.last


def _is_base(word: Period, earlier: Period, later: Period) -> bool:
    """Whether a word of comparison is the earlier report's base and not the later one's."""

    def bases(period: Period) -> set[tuple[int, int]]:
        known = (periods.previous(period), periods.last_year(period), periods.part(period.year - 1, 12, 1))
        return {(p.first, p.last) for p in known}

    return (word.first, word.last) in bases(earlier) - bases(later)


def is_sure(word: str, earlier: Period) -> bool:
    """Whether nothing but the earlier period can be meant: a monthly report may well give the figures of a 季度."""
    one = said(word, earlier)
    return one is not None and not (one.period.kind in _SOFT[:2] and one.period.kind != earlier.kind and not one.until)


def left(passage: Passage, token: Token, earlier: Period, later: Period) -> Diagnostic | None:
    """C101 for a word of a period that was left as it was; None when it is right."""
    line = passage.line.text
    before, behind = _beside(line, token)
    if _told_of(before, behind):
        return None
    sign = passage.kind in (TITLE, SIGNATURE)
    if not is_stale(token.text, earlier, later, base=_BASE.search(before) is not None, sign=sign):
        return None
    make = warning if is_sure(token.text, earlier) else note
    message = f"{passage.address}“{token.text}”和上一份一样，没有改：{_around(line, token)}"
    return make("C101", message, _place(passage, token), _hint(earlier, later), token.text)


def written(passage: Passage, token: Token, earlier: Period, later: Period) -> Diagnostic | None:
    """C101 for 截至8月底, 1—8月 in words that are new: perhaps taken over from elsewhere; None for other words."""
    line = passage.line.text
    found = said(token.text, earlier)
    if found is None or not found.until or found.event or not is_stale(token.text, earlier, later):
        return None
    before, behind = _beside(line, token)
    if _told_of(before, behind) or _BASE.search(before):
        return None
    message = f"{passage.address}新写的文字里有“{token.text}”：{_around(line, token)}"
    return note("C101", message, _place(passage, token), _hint(earlier, later), token.text)


def words(text: str, earlier: Period, later: Period) -> list[str]:
    """The words of a text written for the earlier report that are wrong in the later one, in order, each once."""
    found = (token for token in tokens(text) if token.kind == PERIOD and _is_left(text, token, earlier, later))
    return list(dict.fromkeys(text[token.start : token.end] for token in found))


def _is_left(line: str, token: Token, earlier: Period, later: Period) -> bool:
    before, behind = _beside(line, token)
    base = _BASE.search(before) is not None
    return not _told_of(before, behind) and is_stale(token.text, earlier, later, base=base)


def _beside(line: str, token: Token) -> tuple[str, str]:
    """What stands close before and behind a word."""
    return line[max(token.start - REACH, 0) : token.start], line[token.end : token.end + REACH]


def _hint(earlier: Period, later: Period) -> str:
    return f"上一份是{periods.name(earlier)}的，这一份是{periods.name(later)}的，核对这里该是哪一期"


def _told_of(before: str, behind: str) -> bool:
    """Whether the word is a name or a beginning that stays what it is: 《2021年…》, 〔2021〕, 自2021年, 2021年以来."""
    quoted = any(before.rfind(a) > before.rfind(b) for a, b in ("《》", "〔〕"))
    return quoted or _SINCE.search(before) is not None or _SINCE_BEHIND.match(behind) is not None


def _place(passage: Passage, token: Token) -> Span:
    return passage.line.at(token.start) or passage.span


def _around(line: str, token: Token) -> str:
    start, end = max(token.start - CONTEXT, 0), token.end + CONTEXT
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"
