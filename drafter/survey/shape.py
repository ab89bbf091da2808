"""A report's templates as text without facts: every blank a word, both sides of a condition there, every loop run twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from drafter.source import BLANKS, Line, Mark, Origin, Span, Text
from drafter.template.scan import Scan, Tag, scan

WORD = "某某"
"""What stands for a value: no digit, no mark, no marker of any row."""
MAX_DEPTH = 40
"""Tags inside one another, and includes, that are followed."""
TURNS, DOUBLED = 2, 3
"""How often a loop is run, and how many loops inside one another are run more than once."""
BLOCKS = {"macro": "endmacro", "call": "endcall", "filter": "endfilter", "set": "endset"}
"""Tags whose inside is not printed where it stands."""


@dataclass(frozen=True, slots=True)
class Loop:
    """One {% for %}: from its tag to its end, the names it sets, and whether its body may print different words."""

    start: Span
    end: Span
    names: tuple[str, ...]
    varies: bool

    def holds(self, place: Span | None) -> bool:
        """Whether a place lies in its body."""
        return place is not None and place.file == self.start.file and self.start < place < self.end


@dataclass(frozen=True, slots=True)
class Shape:
    """What a report's sections come to: their lines, and the loops they came out of."""

    text: Text
    loops: tuple[Loop, ...]
    sources: Mapping[str, str]
    """The texts of the templates by file, included ones among them."""
    whole: bool = True
    """False where a tag is not closed: what stands behind it was not read."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of typed text, or a blank (`asks` is what stands in its braces)."""

    text: str
    span: Span
    asks: str = ""


def shape(sections: Iterable[str], source: Callable[[str], str | None], folder: str) -> Shape:
    """The shape of sections, by their names below the template folder; one that is not there holds nothing."""
    reader = _Reader(source, folder)
    pieces = [piece for name in sections for piece in [*reader.file(name, ()), _Piece("\n", Span("", 1, 1))]]
    loops = tuple(dict.fromkeys(reader.loops))
    return Shape(tuple(_lines(pieces)), loops, reader.sources, reader.whole)


@dataclass(slots=True)
class _Reader:
    """Follows the tags of templates and of those they include."""

    source: Callable[[str], str | None]
    folder: str
    loops: list[Loop] = field(default_factory=list)
    sources: dict[str, str] = field(default_factory=dict)
    whole: bool = True
    doubled: int = 0

    def file(self, name: str, above: tuple[str, ...]) -> list[_Piece]:
        """The pieces of a template; nothing of one that includes itself."""
        text = None if name in above or len(above) > MAX_DEPTH else self.source(name)
        if text is None:
            return []
        found = scan(text, f"{self.folder}/{name}")
        self.sources[found.file] = text
        self.whole = self.whole and found.unclosed is None
        return _Body(self, found, (*above, name)).pieces()


@dataclass(slots=True)
class _Body:
    """One template: its text between the tags and the tags themselves, in turn."""

    reader: _Reader
    found: Scan
    above: tuple[str, ...]
    depth: int = 0

    def pieces(self) -> list[_Piece]:
        return self.until(0, ())[0]

    def until(self, at: int, ends: Collection[str]) -> tuple[list[_Piece], int]:
        """The pieces before tag number `at` and behind it up to a tag that ends them, and that tag's number."""
        done = [self.typed(at)]
        while at < len(self.found.tags) and _word(self.found, at) not in ends:
            inside, behind = self.tag(at)
            at = min(behind, len(self.found.tags))
            done += [*inside, self.typed(at)]
        return done, at

    def typed(self, number: int) -> _Piece:
        """The text before a tag; a - in the tag beside it takes its blanks away."""
        tags, source = self.found.tags, self.found.source
        start = tags[number - 1].end if number else 0
        end = tags[number].start if number < len(tags) else len(source)
        if self.found.unclosed is not None and number == len(tags):
            end = self.found.unclosed.start
        text = source[start:end]
        if number and source[start - 3] == "-":
            start += len(text) - len(text.lstrip())
        if number < len(tags) and source[end + 2 : end + 3] == "-":
            end = max(start, end - len(text) + len(text.rstrip()))
        return _Piece(source[start:end], self.found.span(start))

    def tag(self, at: int) -> tuple[list[_Piece], int]:
        """What a tag stands for, and the number of the tag behind it."""
        tag, word = self.found.tags[at], _word(self.found, at)
        if tag.opening == "{{":
            asks = self.found.source[tag.start + 2 : tag.end - 2].strip("- \n")
            return [_Piece(WORD, self.found.span(tag.start), asks or WORD)], at + 1
        if self.depth >= MAX_DEPTH:
            return [], at + 1
        if word == "include":
            return self.included(tag), at + 1
        self.depth += 1
        done = self.block(at, word)
        self.depth -= 1
        return done

    def block(self, at: int, word: str) -> tuple[list[_Piece], int]:
        """What a tag that may have an end stands for."""
        if word == "for":
            return self.loop(at)
        if word == "if":
            inside, at = self.until(at + 1, ("endif",))
            return inside, at + 1
        if word in BLOCKS and not (word == "set" and "=" in _inside(self.found, at)):
            return [], self.until(at + 1, (BLOCKS[word],))[1] + 1
        return [], at + 1

    def loop(self, at: int) -> tuple[list[_Piece], int]:
        """The body of a loop, turn by turn, and what stands behind its {% else %}."""
        self.reader.doubled += 1
        first, end = self.until(at + 1, ("else", "endfor"))
        turns = TURNS if self.reader.doubled <= DOUBLED else 1
        again = first if turns > 1 else []
        self.reader.doubled -= 1
        self.reader.loops.append(self.described(at, end))
        if end < len(self.found.tags) and _word(self.found, end) == "else":
            without, end = self.until(end + 1, ("endfor",))
            return [*first, *again, *without], end + 1
        return [*first, *again], end + 1

    def described(self, at: int, end: int) -> Loop:
        """The loop whose tag is number `at` and whose body ends with tag number `end`."""
        tags = self.found.tags
        said = _inside(self.found, at).partition(" in ")[0].removeprefix("for")
        names = tuple(re.findall(r"\w+", said))
        stop = tags[end].start if end < len(tags) else len(self.found.source)
        body = [_inside(self.found, n) for n in range(at + 1, min(end, len(tags)))]
        words = {word for text in body for word in re.findall(r"\w+", text)}
        varies = not words.isdisjoint((*names, "loop", "include"))
        return Loop(self.found.span(tags[at].start), self.found.span(stop), names, varies)

    def included(self, tag: Tag) -> list[_Piece]:
        """The template that an include names."""
        name = re.search(r"""["']([^"']+)["']""", self.found.source[tag.start : tag.end])
        return self.reader.file(name[1], self.above) if name else []


def _inside(found: Scan, number: int) -> str:
    """What stands between the braces of a tag."""
    tag = found.tags[number]
    return found.source[tag.start + 2 : tag.end - 2].strip("-+ \n\t")


def _word(found: Scan, number: int) -> str:
    """The first word of a {% %}; empty for other tags."""
    first = re.match(r"\w+", _inside(found, number)) if found.tags[number].opening == "{%" else None
    return first[0] if first else ""


def _lines(pieces: Iterable[_Piece]) -> Iterable[Line]:
    """The lines that pieces make, each knowing its places; blank ones leave nothing behind."""
    text, marks = "", list[Mark]()
    for piece in pieces:
        first, *others = [piece.text] if piece.asks else piece.text.split("\n")
        text, marks = _added(text, marks, first, _mark(piece, 0, len(text)))
        for number, part in enumerate(others, start=1):
            yield from _kept(text, marks)
            text, marks = _added("", [], part, _mark(piece, number, 0))
    yield from _kept(text, marks)


def _mark(piece: _Piece, number: int, offset: int) -> Mark:
    """Where line number `number` of a piece comes from, at an offset of its line."""
    if piece.asks:
        return Mark(offset, piece.span, Origin(piece.asks, None))
    place = Span(piece.span.file, piece.span.line + number, 1) if number else piece.span
    return Mark(offset, place)


def _added(text: str, marks: list[Mark], part: str, mark: Mark) -> tuple[str, list[Mark]]:
    return (text + part, [*marks, mark]) if part else (text, marks)


def _kept(text: str, marks: list[Mark]) -> Iterable[Line]:
    line = Line(text, tuple(marks)).strip(BLANKS)
    if line.text:
        yield line
