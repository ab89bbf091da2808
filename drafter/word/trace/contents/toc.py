"""目录 of a file as it stands: its fields, and their lines with the bookmarks of the headings they name.

Source: ECMA-376 Part 1, 17.16.5.68 (TOC), 17.16.5.50 (PAGEREF); Word leads every line to a bookmark _Toc… of its heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from drafter.word.element import SPACE, Element, W
from drafter.word.kinds import attribute, child, kind, value
from drafter.word.trace.runs import is_sign, prune

_P = f"{{{W}}}p"
_OTHER = re.compile(r"\\[ac]\b")
"""Switches of a list of tables or pictures."""
_LEVELS = re.compile(r"\\o\s*[\"“]?\s*(\d)\s*-\s*(\d)")
_PAGE = re.compile(r"[\dIVXLCⅠ-Ⅻivxlcⅰ-ⅻ\s–-]*")
_DEPTH = re.compile(r"(?:toc|目录|contents)\s*([1-9])", re.IGNORECASE)
CLOSING = "。：:；"
"""What parts a heading from its text."""


@dataclass(slots=True)
class Field:
    """A field and its signs."""

    begin: Element
    code: str = ""
    separate: Element | None = None
    end: Element | None = None

    @property
    def lists(self) -> bool:
        """Whether it is a 目录 of headings that shows anything."""
        return self.code.split()[:1] == ["TOC"] and not _OTHER.search(self.code) and self.end is not None

    def takes(self, depth: int, *, run_in: bool) -> bool:
        """Whether headings of a level stand in it, as its switches say."""
        found = _LEVELS.search(self.code)
        return (not run_in or "\\f" in self.code) and (found is None or int(found[1]) <= depth <= int(found[2]))


@dataclass(slots=True)
class Entry:
    """A line of a 目录. `words`: the elements of its text in order, its w:tab too, up to its page number."""

    paragraph: Element
    words: list[Element] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The bookmark it leads to; '' for none."""
        link = next(
            (n for one in self.paragraph.iter() if (n := attribute(one, "anchor")) and kind(one) == "hyperlink"), ""
        )
        return link or next((found[1] for _, found in paged(self.paragraph)), "")

    @property
    def text(self) -> str:
        """What it says, without the page."""
        return "".join(one.text or "" if kind(one) == "t" else "\t" for one in self.words)

    def say(self, text: str, label: str) -> None:
        """Another text, in its own looks; `label`: the number in front, which Word parts from the words by a tab."""
        shown = [one for one in self.words if kind(one) == "t"]
        tab = next((n for n, one in enumerate(self.words) if kind(one) != "t"), 0)
        pieces = {0: text}
        if 0 < tab < len(self.words) - 1 and label and text.startswith(label):
            pieces = {0: label.strip(), tab + 1: text[len(label) :]}
        for n, one in enumerate(list(self.words)):
            if n in pieces and one in shown:
                one.text = pieces[n]
                one.set(SPACE, "preserve")
            elif len(pieces) == 1 or n != tab:
                _drop(one)
                self.words.remove(one)


def _drop(one: Element) -> None:
    held = one.getparent()
    if held is not None:
        held.remove(one)
        prune(held)


def squeezed(text: str) -> str:
    """A text without blanks, to be compared."""
    return "".join(text.split())


def paged(paragraph: Element) -> Iterator[tuple[Element, re.Match[str]]]:
    """The codes that ask for the page of a bookmark."""
    for one in paragraph.iter(f"{{{W}}}instrText"):
        found = re.match(r"\s*PAGEREF\s+(\S+)", one.text or "")
        if found:
            yield one, found


def fields(root: Element) -> list[Field]:
    """The 目录 of a part, outermost fields only."""
    found: list[Field] = []
    opened: list[Field] = []
    for one in root.iter(f"{{{W}}}fldChar", f"{{{W}}}instrText"):
        if is_sign(one, "begin"):
            opened.append(Field(one))
        elif not opened:
            continue
        elif kind(one) == "instrText":
            if opened[-1].separate is None:
                opened[-1].code += one.text or ""
        elif is_sign(one, "separate"):
            opened[-1].separate = one
        elif is_sign(one, "end"):
            done = opened.pop()
            done.end = one
            if done.lists and done.separate is not None and not any(up.code.split()[:1] == ["TOC"] for up in opened):
                found.append(done)
    return found


def entries(root: Element, of: Field) -> list[Entry]:
    """The lines of a 目录."""
    found: list[Entry] = []
    state = _Reading(of)
    for one in root.iter():
        if one is of.separate:
            state.inside = True
        if one is of.end:
            break
        if kind(one) == "p":
            state.begin(one)
        elif state.inside and one is not of.separate:
            made = state.take(one)
            if made is not None:
                found.append(made)
    return [one for one in found if _cut(one)]


@dataclass(slots=True)
class _Reading:
    """One pass over the lines of a 目录."""

    of: Field
    inside: bool = False
    paragraph: Element | None = None
    entry: Entry | None = None
    done: bool = False
    """Whether the page number was reached."""

    def begin(self, paragraph: Element) -> None:
        self.paragraph, self.entry, self.done = paragraph, None, False

    def take(self, one: Element) -> Entry | None:
        """The line that begins with an element."""
        if is_sign(one, "begin") or kind(one) == "fldSimple":
            self.done = True
        above = one.getparent()
        is_text = kind(one) in ("t", "tab") and above is not None and kind(above) == "r"
        if self.done or not is_text or self.paragraph is None:
            return None
        fresh = self.entry is None
        if self.entry is None:
            self.entry = Entry(self.paragraph)
        self.entry.words.append(one)
        return self.entry if fresh else None


def _cut(entry: Entry) -> bool:
    """Leave the tab in front of the page and what follows it out; False for a line without words."""
    tabs = [n for n, one in enumerate(entry.words) if kind(one) == "tab"]
    if tabs and _PAGE.fullmatch("".join(one.text or "" for one in entry.words[tabs[-1] + 1 :])):
        del entry.words[tabs[-1] :]
    return any(kind(one) == "t" and (one.text or "").strip() for one in entry.words)


def depth_of(paragraph: Element, names: Mapping[str, str]) -> int:
    """The level of a line by the name of its style (`names`: by id); 0 for another one."""
    key = value(child(paragraph, "pPr"), ("pStyle",)) or ""
    found = _DEPTH.fullmatch(names.get(key, key).strip()) or _DEPTH.fullmatch(key)
    return int(found[1]) if found else 0


def targets(root: Element) -> Mapping[str, Element]:
    """Bookmark (in small letters) → the paragraph it begins in, or in front of."""
    found: dict[str, Element] = {}
    waiting: list[str] = []
    for one in root.iter(_P, f"{{{W}}}bookmarkStart"):
        if kind(one) == "p":
            found.update((name, one) for name in waiting)
            waiting = []
            continue
        name = (attribute(one, "name") or "").casefold()
        above = next((up for up in one.iterancestors() if kind(up) == "p"), None)
        if above is None:
            waiting.append(name)
        elif name:
            found.setdefault(name, above)
    return found


_TC = re.compile(r"(\s*TC\s+\")((?:[^\"\\]|\\.)*)(\".*)", re.DOTALL)
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in '\\"“”'})


def tcs(paragraph: Element) -> list[list[Element]]:
    """The TC fields of a paragraph: the pieces of each one's code."""
    found: list[list[Element]] = []
    fresh = True
    for one in paragraph.iter(f"{{{W}}}fldChar", f"{{{W}}}instrText"):
        if kind(one) != "instrText":
            fresh = True
        elif fresh:
            found.append([one])
            fresh = False
        else:
            found[-1].append(one)
    return [pieces for pieces in found if _TC.fullmatch(_joined(pieces))]


def _joined(pieces: Sequence[Element]) -> str:
    return "".join(one.text or "" for one in pieces)


def tc_text(pieces: Sequence[Element]) -> str:
    """The words of a TC field."""
    found = _TC.fullmatch(_joined(pieces))
    return re.sub(r"\\(.)", r"\1", found[2]) if found else ""


def set_tc(pieces: Sequence[Element], words: str) -> None:
    """Other words for a TC field."""
    found = _TC.fullmatch(_joined(pieces))
    if found:
        pieces[0].text = f"{found[1]}{words.translate(_ESCAPED)}{found[3]}"
        pieces[0].set(SPACE, "preserve")
        for one in pieces[1:]:
            one.text = ""
