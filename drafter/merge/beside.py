"""What a hand typed beside a figure: 1 in front of 6起 makes 16起, whatever the bookmark says; 下降 may have become 增长."""

from __future__ import annotations

import re

from drafter.merge.clauses import MARKS
from drafter.trace import Traced

_SIGNS = "0-9０-９.．%％‰"
_LEFT = re.compile(rf"(?:[{_SIGNS}]|[,，](?=[{_SIGNS}]))*[0-9０-９][{_SIGNS},，]*$|[+＋−-]$")
_RIGHT = re.compile(rf"(?:[{_SIGNS}]|[,，](?=[0-9０-９]))+")
_DIGITS = re.compile("[0-9０-９]")
UP = re.compile("增长|增加|上升|提高|提升|上涨|扩大|增多|加快|快于|高于|多于|增幅|增")
DOWN = re.compile("下降|减少|降低|回落|下滑|下跌|缩小|收窄|减缓|放缓|慢于|低于|少于|降幅|降|减")
_NO = re.compile("未|没|不|无|非|并非")


def widened(text: str, start: int, end: int, before: str, behind: str) -> tuple[int, int]:
    """A figure with the digits that adjoin it and were not generated there.

    `before` and `behind` are what was generated on either side of it, in its paragraph.
    """
    if _DIGITS.match(text[start:end]):
        start = _left(text, start, before)
    if _ends_in_digit(text[start:end]):
        found, known = _RIGHT.match(text, end), _RIGHT.match(behind)
        if found and _DIGITS.search(found[0]) and (known is None or found[0] != known[0]):
            end = found.end()
    return start, end


def _left(text: str, start: int, before: str) -> int:
    found, known = _LEFT.search(text, 0, start), _LEFT.search(before)
    if found is None or (known is not None and known[0] == found[0]):
        return start
    return found.start()


def _ends_in_digit(text: str) -> bool:
    return bool(text) and _DIGITS.match(text[-1]) is not None


def contradicts(value: Traced, before: str, generated: str) -> bool:
    """Whether the words in front of a figure no longer say the direction that was generated: `before` is the text of the
    paragraph up to the figure, `generated` the same as it was generated.
    """
    was = _sense(value.lead)
    if not was or before.endswith(value.lead):
        return bool(was) and bool(_NO.search(_clause(before))) != bool(_NO.search(_clause(generated)))
    clause = _clause(before)
    return _sense(clause) != was or bool(_NO.search(clause)) != bool(_NO.search(_clause(generated)))


def _clause(text: str) -> str:
    """The last clause of a text."""
    at = max((text.rfind(mark) for mark in MARKS), default=-1)
    return text[at + 1 :]


def _sense(words: str) -> str:
    """Up or down, by the last word that says so; nothing where none does."""
    up = max((m.end() for m in UP.finditer(words)), default=-1)
    down = max((m.end() for m in DOWN.finditer(words)), default=-1)
    return "" if up == down else "up" if up > down else "down"
