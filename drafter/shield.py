"""What formatting must not touch: template tags, addresses, file names, quotations of Latin text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〇"
"""汉字, as the inside of a character class."""
TAG, TOKEN = "\ue000-\ue0ff", "\ue100-\ue1ff"
"""Signs that stand for a template tag or picture, and for a word that is kept whole, as the inside of a class."""
NAME_LIMIT = 60
"""Longest file name that is recognised."""
QUOTE_LIMIT = 300

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Shielded:
    """A text with a sign in place of every piece that must not be touched."""

    text: str
    sign: str
    pieces: tuple[str, ...]

    def restored(self, text: str) -> str:
        """The text with the pieces back in place of the signs; the signs must all be there, in order."""
        if not self.pieces:
            return text
        parts = text.split(self.sign)
        assert len(parts) == len(self.pieces) + 1
        return "".join(part + piece for part, piece in zip(parts, (*self.pieces, ""), strict=True))


def tags(text: str) -> Shielded:
    """The text without Jinja tags ({{ }}, {% %}, {# #}, over line ends too) and pictures ![…](…)."""
    return _shielded(text, _merged(_tags(text)), TAG)


def tokens(line: str) -> Shielded:
    """The line without addresses, file names, telephone numbers and quotations of Latin text."""
    found = [place for finder in _FINDERS for place in finder(line)]
    return _shielded(line, _merged(found), TOKEN)


def _shielded(text: str, places: list[Place], signs: str) -> Shielded:
    first, last = signs.split("-")
    free = (chr(code) for code in range(ord(first), ord(last) + 1))
    sign = next((sign for sign in free if sign not in text), "") if places else ""
    if not sign:
        return Shielded(text, "", ())
    parts, at = [], 0
    for start, end in places:
        parts.append(text[at:start])
        at = end
    return Shielded(sign.join((*parts, text[at:])), sign, tuple(text[start:end] for start, end in places))


def _merged(places: list[Place] | Iterator[Place]) -> list[Place]:
    """The places in order, those that overlap as one."""
    done: list[Place] = []
    for start, end in sorted(places):
        if done and start < done[-1][1]:
            done[-1] = (done[-1][0], max(end, done[-1][1]))
        else:
            done.append((start, end))
    return done


_OPENING = re.compile(
    r"\{[{%#]"
    r"|!\[[^\]\n]{0,200}\]\((?:[^()\n]|\([^()\n]{0,100}\)){0,300}\)(?:\{宽=[^{}\n]{0,20}\})?"
)
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}


def _tags(text: str) -> Iterator[Place]:
    """Tags with both ends; an opening without its closing is text. Each missing closing is looked for once."""
    at, lacking = 0, set()
    for found in _OPENING.finditer(text):
        kind = found[0] if found[0] in _CLOSING else ""
        if found.start() < at or kind in lacking:
            continue
        end = text.find(_CLOSING[kind], found.end()) if kind else found.end() - 2
        if end < 0:
            lacking.add(kind)
            continue
        at = end + 2
        yield found.start(), at


_ADDRESS = re.compile(
    r"(?i:https?://|ftp://|www\.)[!-~]{0,2000}[A-Za-z0-9/=&#%_~+\-]"
    r"|\(0\d{2,3}\)[ -]?\d{7,8}(?!\d)|(?i:yahoo)!"
)
_EXTENSION = re.compile(
    r"\.(?i:docx?|docm|wps|et|dps|xlsx?|xlsm|csv|pptx?|pdf|ofd|txt|md|ya?ml|json|xml|html?|jpe?g|png|gif|bmp|tiff?|zip|rar|7z"
    r"|mp[34]|avi|exe|py|ini|log)(?![A-Za-z0-9])"
)
_NAME = re.compile(rf"[{HAN}A-Za-z0-9_.&+~\\/\[\]【】—-]")
_QUOTE = re.compile(rf"“([^“”]{{2,{QUOTE_LIMIT}}})”")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_HAN = re.compile(f"[{HAN}]")


def _addresses(line: str) -> Iterator[Place]:
    return (found.span() for found in _ADDRESS.finditer(line))


def _files(line: str) -> Iterator[Place]:
    """File names: back from the extension over what names are made of, brackets only in pairs."""
    return ((_name_start(line, found.start()), found.end()) for found in _EXTENSION.finditer(line))


def _name_start(line: str, end: int) -> int:
    closed: list[int] = []
    start = end
    while start > max(0, end - NAME_LIMIT):
        character = line[start - 1]
        if character in ")）":
            closed.append(start)
        elif character in "(（" and closed:
            closed.pop()
        elif not _NAME.match(character):
            break
        start -= 1
    return closed[0] if closed else start


def _quotations(line: str) -> Iterator[Place]:
    """“…” that holds a phrase of Latin words and at most a few 汉字."""
    return (found.span() for found in _QUOTE.finditer(line) if _is_latin(found[1]))


def _is_latin(words: str) -> bool:
    latin = _LATIN_WORD.findall(words)
    return len(latin) > 1 and sum(map(len, latin)) > 2 * len(_HAN.findall(words))


_FINDERS: tuple[Callable[[str], Iterator[Place]], ...] = (_addresses, _files, _quotations)
