"""What stands around a place in a line: the mark before it, the sentence it is in, quotation marks that are open."""

from __future__ import annotations

import re
from bisect import bisect_left

ENDS_WITH_ONE = "(?<![系传])统|唯|(?<!合)同"
"""统一, 唯一, 同一: pattern of what 一 ends a word with, wherever 一 might be a numeral; others add what they meet."""
QUOTE_REACH = 80
"""An opening quotation mark or bracket that is not closed is forgotten after so many characters."""

_DOT = "(?<=[\u4e00-\u9fff%％）)”])[.．](?![0-9.．])"
"""A half-width full stop."""
_STOPS = re.compile(f'(?:[。！？!?…]|{_DOT})+[”’）》】)」』〉"]*')
_COLONS = re.compile("[：:]")
_DOTTED = re.compile("[\u4e00-\u9fff%％）)”][.．]$")
_OPENS = re.compile("[“‘（(《【「『〈]")
_CLOSES = re.compile("[”’）)》】」』〉]")
_CLOSERS = '”’）》】)」』〉"'
_WORD = re.compile("[0-9０-９A-Za-z]")
_BLANK = " \t\u3000\u00a0"


class Surroundings:
    """One line, looked at once, so that every question about a place takes the same time."""

    def __init__(self, text: str, markers: frozenset[int] = frozenset()) -> None:
        """`markers`: offsets of what may be markers, whose own brackets open nothing."""
        self.text = text
        self._stops = [m.end() for m in _STOPS.finditer(text)]
        self._colons = [m.start() for m in _COLONS.finditer(text)]
        opens = [m.start() for m in _OPENS.finditer(text) if m.start() not in markers]
        closes = [m.start() for m in _CLOSES.finditer(text)]
        straight = _straight(text)
        self._opens = sorted([*opens, *straight[0]]) if straight[0] else opens
        self._closes = sorted([*closes, *straight[1]]) if straight[1] else closes

    def stop(self, at: int) -> int:
        """Offset behind the last sentence end at or before a place, 0 when there is none."""
        return max(_last(self._stops, at + 1), 0)

    def colon(self, at: int) -> int:
        """Offset of the last ： before a place, -1 when there is none."""
        return _last(self._colons, at)

    def inside(self, at: int, end: int) -> str:
        """Whether what stands from `at` to `end` is in “…”, 《…》 or （…）: quoted, perhaps (it is never closed, and a sentence has ended), or ''."""
        opened = _last(self._opens, at)
        if opened < 0 or at - opened > QUOTE_REACH or _last(self._closes, at) > opened:
            return ""
        return "perhaps" if self.stop(at) > opened and not self._is_closed(end) else "quoted"

    def _is_closed(self, at: int) -> bool:
        """Whether a closing mark follows near, before anything is opened again."""
        close, opened = _next(self._closes, at), _next(self._opens, at)
        return close >= 0 and close - at <= QUOTE_REACH and (opened < 0 or close < opened)

    def place(self, at: int) -> str:
        """What stands right before a place inside the line.

        ended (。！？ and closing marks behind them), listed (；：), comma (，、), blank, closed (a closing mark with no
        stop before it), word (a digit or Latin letter), loose (anything else).
        """
        text = self.text
        bare = at
        while bare and text[bare - 1] in _BLANK and at - bare < 8:
            bare -= 1
        last = bare
        while last > 1 and text[last - 1] in _CLOSERS and at - last < 12:
            last -= 1
        for marks, name in (("。！？!?…", "ended"), ("；;：:", "listed"), ("，,、", "comma")):
            if text[(last if name == "ended" else bare) - 1] in marks:
                return name
        if _DOTTED.match(text, max(last - 2, 0), last):
            return "ended"
        if bare < at:
            return "blank"
        if text[at - 1] in _CLOSERS:
            return "closed"
        return "word" if _WORD.match(text, at - 1) else "loose"


def _last(places: list[int], before: int) -> int:
    """The last of sorted offsets below one, -1 when there is none."""
    at = bisect_left(places, before)
    return places[at - 1] if at else -1


def _next(places: list[int], at: int) -> int:
    """The first of sorted offsets from one on, -1 when there is none."""
    index = bisect_left(places, at)
    return places[index] if index < len(places) else -1


def _straight(text: str) -> tuple[list[int], list[int]]:
    """Offsets of the " that open and of those that close.

    One that follows a stop closes; one in the next sentence opens anew, since the one before was never closed.
    """
    opens: list[int] = []
    closes: list[int] = []
    at, opened = text.find('"'), -1
    while at >= 0:
        stopped = at > 0 and text[at - 1] in "。！？；"
        near = opened >= 0 and at - opened <= QUOTE_REACH
        if stopped or (near and text.find("。", opened, at) < 0):
            closes.append(at)
            opened = -1
        else:
            opens.append(at)
            opened = at
        at = text.find('"', at + 1)
    return opens, closes
