"""Where the tags of a template are, and full-width punctuation inside them made half-width."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from drafter.source import Span

PLACE, VALUE, END = "\ufdd0", "\ufdd1", "\ufdd2"
"""Noncharacters that carry marks through Jinja: PLACE n END = text of place n, VALUE n END = value n."""
TWINS = str.maketrans("，（）：＋－＊／＝｜！＜＞．［］｛｝％　；～", ",():+-*/=|!<>.[]{}% ;~")
"""Full-width marks and their half-width twins inside {{ }} and {% %}; quotes are paired separately."""
QUOTES = {"“": "”", "”": "”", "‘": "’", "’": "’", '"': '"', "'": "'"}
_OPEN = re.compile(r"\{\{|\{%|\{#")
_CLOSE = {"{{": "}}", "{%": "%}", "{#": "#}"}
WIDE = re.compile(r"｛\s*[｛{％%#＃]|\{\s*[｛％]|\{＃")
"""Full-width braces: an error with its place, since they would be printed as text."""


@dataclass(frozen=True, slots=True)
class Tag:
    """One {{ }}, {% %} or {# #}: offsets of its first character and behind its last, and the opening."""

    start: int
    end: int
    opening: str


@dataclass(frozen=True, slots=True)
class Scan:
    """A template's source with half-width tags, its tags, and where its lines begin."""

    file: str
    source: str
    tags: tuple[Tag, ...]
    starts: tuple[int, ...]
    unclosed: Tag | None = None

    def span(self, offset: int) -> Span:
        """The place of an offset."""
        line = bisect_right(self.starts, offset)
        return Span(self.file, line, offset - self.starts[line - 1] + 1)

    def line_of(self, offset: int) -> int:
        """The line of an offset, from 1."""
        return bisect_right(self.starts, offset)

    def segments(self) -> list[tuple[int, int]]:
        """(start, end) of the text between the tags, in order."""
        edges = [0, *(e for t in self.tags for e in (t.start, t.end)), len(self.source)]
        return list(zip(edges[::2], edges[1::2], strict=True))

    def tags_on(self, line: int) -> list[Tag]:
        """Tags that begin on a line, or reach into it."""
        return [t for t in self.tags if self.line_of(t.start) <= line <= self.line_of(max(t.end - 1, t.start))]

    def find_anywhere(self, word: str) -> Span:
        """The place of a word inside any tag; the beginning when it stands in none (an included file)."""
        places = (self.source.find(word, t.start, t.end) for t in self.tags)
        return self.span(next((p for p in places if p >= 0), 0))

    def find(self, word: str, line: int) -> Span:
        """The place of a word inside a tag on a line; the first tag's place when it is not there."""
        for tag in self.tags_on(line):
            at = self.source.find(word, tag.start, tag.end)
            if word and at >= 0:
                return self.span(at)
        tags = self.tags_on(line)
        return self.span(tags[0].start) if tags else Span(self.file, min(line, len(self.starts)), 1)


def scan(source: str, file: str) -> Scan:
    """Find the tags and translate them; line ends become LF. Never fails: an open tag ends the list."""
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    starts = (0, *(m.end() for m in re.finditer("\n", source)))
    tags: list[Tag] = []
    done: list[str] = []
    at = 0
    while opening := _OPEN.search(source, at):
        done.append(source[at : opening.start()])
        inside, end = _tag(source, opening.end(), opening[0])
        if end < 0:
            rest = source[opening.start() :]
            unclosed = Tag(opening.start(), len(source), opening[0])
            return Scan(file, "".join(done) + rest, tuple(tags), starts, unclosed)
        tags.append(Tag(opening.start(), end, opening[0]))
        done.append(opening[0] + inside + _CLOSE[opening[0]])
        at = end
    return Scan(file, "".join(done) + source[at:], tuple(tags), starts)


def _tag(source: str, start: int, opening: str) -> tuple[str, int]:
    """(inside with half-width marks, offset behind the tag), or ("", -1) when it is not closed."""
    if opening == "{#":
        end = source.find("#}", start)
        return (source[start:end], end + 2) if end >= 0 else ("", -1)
    inside: list[str] = []
    depth, at = 0, start
    while at < len(source):
        character = source[at]
        if character in QUOTES:
            text, at = _string(source, at)
            if at < 0:
                return "", -1
            inside.append(text)
            continue
        half = character.translate(TWINS)
        if depth <= 0 and half in "}%" and source[at : at + 2].translate(TWINS) == _CLOSE[opening]:
            return "".join(inside), at + 2
        depth += (half in "([{") - (half in ")]}")
        inside.append(half)
        at += 1
    return "", -1


def _string(source: str, start: int) -> tuple[str, int]:
    """(the literal in half-width quotes of the same length, offset behind it), or ("", -1) when it is not closed."""
    closing = QUOTES[source[start]]
    end = source.find(closing, start + 1)
    while closing in "\"'" and end > 0 and source[end - 1] == "\\":
        end = source.find(closing, end + 1)
    if end < 0 or "\n" in source[start:end]:
        return "", -1
    text = source[start + 1 : end]
    if closing in "\"'":
        return source[start : end + 1], end + 1
    quote = '"' if '"' not in text else "'"
    return quote + text + quote, end + 1
