"""Word comments of our own: put on a range of the text, taken away again unless somebody answered."""

from __future__ import annotations

from collections.abc import Iterator

from drafter.word.element import Element, W, legal, run, w, xml
from drafter.word.kinds import attribute, kind
from drafter.word.trace.file import File
from drafter.word.trace.parts import drop, parsed, put, related

SOURCES, CONFLICTS = "drafter 出处", "drafter 刷新"
"""Authors of our comments: where figures come from; where a hand and the facts do not agree."""
AUTHORS = (SOURCES, CONFLICTS)
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_INSIDE = frozenset(("hyperlink", "ins", "moveTo", "smartTag", "dir", "bdo"))
"""Elements that a comment may begin and end in; out of all others it climbs.

Why out of content controls and fields: a control of plain text holds text alone, a field's result is made anew.
"""
_SIZE = 18
"""9 pt, in half points."""
_BESIDE = ("commentsExtended", "commentsIds", "commentsExtensible")
"""Parts that say more about comments, by the ends of their relationships."""
_PARA = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"


class Comments:
    """The comments of an opened file, one object at a time.

    The caller has refused Strict files, whose elements have other names.
    """

    def __init__(self, file: File) -> None:
        self.file = file
        self._next = -1
        self.entry = next(iter(related(file, "comments", file.main)), "")

    @property
    def root(self) -> Element | None:
        """The root of the comments; None where the file has none."""
        if not self.entry:
            return None
        if self.entry not in self.file.parts:
            self.file.parts[self.entry] = parsed(self.file, self.entry)
        return self.file.parts[self.entry]

    def add(self, words: str, first: Element, last: Element, author: str, initials: str = "") -> bool:
        """A comment from before `first` to behind `last`, elements in one paragraph, or the paragraph itself.

        Every line of `words` is a paragraph of it. False, and nothing is done, in the head of a page, where Word takes
        no comment. No date: the same inputs make the same bytes.
        """
        if not any(one is self.file.root for one in (first, *first.iterancestors())):
            return False
        number = self._free()
        told = w("comment", *map(_paragraph, words.split("\n")), id=number, author=legal(author))
        if initials:
            told.set(f"{{{W}}}initials", legal(initials))
        self._made().append(told)
        _begin(first, w("commentRangeStart", id=number))
        _end(last, w("commentRangeEnd", id=number), w("r", w("commentReference", id=number)))
        return True

    def _made(self) -> Element:
        if not self.entry:
            self.entry = put(self.file, "comments.xml", xml(w("comments")), _TYPE, "comments")
        root = self.root
        assert root is not None
        return root

    def _free(self) -> int:
        """An id that no comment has, nor a range that lost its comment."""
        if self._next >= 0:
            self._next += 1
            return self._next
        root = self.root
        marks = self.file.root.iter(*(f"{{{W}}}{name}" for name in _MARKS))
        taken = [attribute(one, "id") or "" for one in (*(root if root is not None else ()), *marks)]
        self._next = max((int(n) for n in taken if n.isascii() and n.isdecimal() and len(n) < 10), default=-1) + 1
        return self._next

    def words(self, author: str) -> list[str]:
        """What the comments of an author say, in their order."""
        told = (c for c in _comments(self.root) if attribute(c, "author") == author)
        return ["\n".join("".join(p.itertext()) for p in c.iter(f"{{{W}}}p")) for c in told]

    def clear(self, author: str) -> int:
        """Take away the comments of an author, but for those that somebody else answered; how many were taken."""
        root = self.root
        if root is None:
            return 0
        answered = self._answered()
        gone = [c for c in _comments(root) if attribute(c, "author") == author and not answered & {*_paras(c)}]
        if gone:
            self._unmark({attribute(one, "id") or "" for one in gone})
            self._forget({para for one in gone for para in _paras(one)})
            for one in gone:
                root.remove(one)
            if not len(root):
                drop(self.file, self.entry)
                self.entry = ""
        return len(gone)

    def _answered(self) -> frozenset[str]:
        """Paragraph ids of comments that another one than us answered, and of those above it in the chain."""
        root = self.root
        ours = {p for c in _comments(root) if attribute(c, "author") in AUTHORS for p in _paras(c)}
        rows = [row for entry in related(self.file, _BESIDE[0], self.file.main) for row in self._part(entry)]
        above = {attribute(row, "paraId") or "": attribute(row, "paraIdParent") or "" for row in rows}
        found: set[str] = set()
        for para in above.keys() - ours:
            while (para := above.get(para, "")) and para not in found:
                found.add(para)
        return frozenset(found)

    def _unmark(self, ids: set[str]) -> None:
        """Take the ranges and references out of the text."""
        names = [f"{{{W}}}{name}" for name in _MARKS]
        for root in self.file.roots.values():
            for one in [mark for mark in root.iter(*names) if attribute(mark, "id") in ids]:
                _take(one)

    def _forget(self, paras: set[str]) -> None:
        """What other parts say of comments that go: rows by paragraph id, and by the lasting id that they have there."""
        lasting: set[str] = set()
        for name in _BESIDE:
            for entry in related(self.file, name, self.file.main):
                root = self._part(entry)
                rows = [
                    row for row in root if {attribute(row, "paraId"), attribute(row, "durableId")} & (paras | lasting)
                ]
                lasting |= {attribute(row, "durableId") or "" for row in rows} - {""}
                for row in rows:
                    root.remove(row)
                if rows and not len(root):
                    drop(self.file, entry)

    def _part(self, entry: str) -> Element:
        if entry not in self.file.parts:
            self.file.parts[entry] = parsed(self.file, entry)
        return self.file.parts[entry]


_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference")


def _comments(root: Element | None) -> Iterator[Element]:
    yield from (one for one in root if kind(one) == "comment") if root is not None else ()


def _paras(comment: Element) -> Iterator[str]:
    """Ids of a comment's paragraphs; the last one's stands for the comment."""
    yield from (str(p.get(_PARA)) for p in comment.iter(f"{{{W}}}p") if p.get(_PARA))


def _paragraph(line: str) -> Element:
    """A line of a comment. Why looks on it: without a style of its own it would take the indents of the text."""
    looks = w("pPr", w("snapToGrid", val=0), w("spacing", before=0, after=0, line=240, lineRule="auto"),
              w("ind", left=0, right=0, firstLine=0, firstLineChars=0), w("jc", val="left"))  # fmt: skip
    said = run(line)
    rest = said.find(f"{{{W}}}rPr")
    if rest is None:
        rest = w("rPr")
        said.insert(0, rest)
    rest.extend((w("sz", val=_SIZE), w("szCs", val=_SIZE)))
    return w("p", looks, said)


def _begin(first: Element, mark: Element) -> None:
    if kind(first) == "p":
        first.insert(1 if len(first) and kind(first[0]) == "pPr" else 0, mark)
        return
    place = _climbed(first)
    while (before := place.getprevious()) is not None and kind(before) == "bookmarkStart":
        place = before
    place.addprevious(mark)


def _end(last: Element, mark: Element, reference: Element) -> None:
    """Behind the ends of bookmarks, so that those cover the text alone; the reference at the end of the paragraph.

    Why not beside the end: LibreOffice (7.4) takes one character off every bookmark that stands in the same paragraph
    behind a reference.
    """
    if kind(last) == "p":
        last.extend((mark, reference))
        return
    place = _climbed(last)
    while (behind := place.getnext()) is not None and kind(behind) == "bookmarkEnd":
        place = behind
    place.addnext(mark)
    next(one for one in place.iterancestors() if kind(one) == "p").append(reference)


def _climbed(element: Element) -> Element:
    """The nearest element around that has a place beside it where a comment may begin or end."""
    while (parent := element.getparent()) is not None and not _takes(parent):
        element = parent
    return element


def _takes(parent: Element) -> bool:
    """Whether a comment may begin and end right inside: in a paragraph, and in what wraps runs in one."""
    while (name := kind(parent)) in _INSIDE:
        around = parent.getparent()
        if around is None:
            return False
        parent = around
    return name == "p"


def _take(mark: Element) -> None:
    """Take a mark out; a run that held nothing else goes as well."""
    parent = mark.getparent()
    assert parent is not None
    remove(mark)
    if kind(parent) == "r" and all(kind(one) == "rPr" for one in parent) and parent.getparent() is not None:
        remove(parent)


def remove(element: Element) -> None:
    """Take an element out and leave the blanks behind it."""
    parent, before, tail = element.getparent(), element.getprevious(), element.tail
    assert parent is not None
    parent.remove(element)
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
