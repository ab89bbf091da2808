"""What a clerk does to a report in Word, at random, and what must be there afterwards: the truth for refreshing.

A history is some edits one after another: typing, deleting, moving, copying, splitting, joining, formatting, tables, whole
sections, comments, tracked changes, and in the middle a save by Word. Every word that is typed can be told from all others;
`Log` keeps them, and `words_in` counts those that stand in a file. Works on the XML alone and uses nothing of drafter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random

from lxml import etree

from tests import word_like
from tests.word_like import MAIN, Element, Opened, W, e, look_of, opened, put, split, width

SIGN = "\ufffc"
_GONE = (f"{W}del", f"{W}moveFrom")
_START, _END = f"{W}bookmarkStart", f"{W}bookmarkEnd"
_STEMS = (
    "〔甲{}〕",
    "〔附注{}〕",
    "经核实补记{}号",
    "另据{}村来信",
    "补登90{}项",
    "约77{}万元",
    "增长6{}.5%",
    "；88{}人",
    "{}",
)
"""What a typed word looks like: marks, prose, and what could be taken for a figure; {} is its number."""
_RARE = 0x3400
"""Characters that no report has: half a word of them can still be told."""


@dataclass(slots=True)
class Log:
    """What was done, and every word that was typed on the way, whether it stands there still or not."""

    steps: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    rare: int = 0

    def word(self, r: Random) -> str:
        """A word nobody has typed yet."""
        number = len(self.typed) + 1
        stem = r.choice(_STEMS)
        if stem == "{}":
            said = "".join(chr(_RARE + self.rare + n) for n in range(r.randrange(2, 6)))
            self.rare += len(said)
        else:
            said = stem.format(f"{number:03d}")
        self.typed.append(said)
        return said


@dataclass(slots=True)
class Page:
    """A file that is being edited."""

    file: Opened
    r: Random
    log: Log

    @property
    def root(self) -> Element:
        return self.file.root(MAIN)

    @property
    def body(self) -> Element:
        found = self.root.find(f"{W}body")
        assert found is not None
        return found

    def paragraphs(self, least: int = 0) -> list[Element]:
        """Paragraphs of the text and of tables with at least so many characters."""
        return [p for p in self.root.iter(f"{W}p") if not _boxed(p) and len(text_of(p)) >= least]

    def blocks(self) -> list[Element]:
        """Paragraphs that stand in the text itself and may go or move."""
        return [p for p in self.body.iterchildren(f"{W}p") if p.find(f"{W}pPr/{W}sectPr") is None and not _holds(p)]


def _boxed(p: Element) -> bool:
    return any(True for _ in p.iterancestors(f"{W}txbxContent", *_GONE))


def _holds(p: Element) -> bool:
    """Whether a table would touch the next one, or the end, without this paragraph."""
    before, after = p.getprevious(), p.getnext()
    return before is not None and before.tag == f"{W}tbl" and (after is None or after.tag != f"{W}p")


# ---- reading --------------------------------------------------------------------------------------------------------


def _runs(p: Element) -> list[Element]:
    """Runs of a paragraph that are seen, those of boxes not."""
    found = []
    for run in p.iter(f"{W}r"):
        above = list(run.iterancestors())
        if next(a for a in above if a.tag == f"{W}p") is p and not any(a.tag in _GONE for a in above):
            found.append(run)
    return found


def _said(run: Element) -> str:
    return "".join(one.text or "" if one.tag == f"{W}t" else SIGN * width(one) for one in run)


def text_of(p: Element) -> str:
    """The text of a paragraph as it is read when all changes are accepted; a sign for all that is no letter."""
    return "".join(_said(run) for run in _runs(p))


def texts(data: bytes) -> list[str]:
    """The paragraphs of a file."""
    root = etree.fromstring(opened(data).members[MAIN])
    return [text_of(p) for p in root.iter(f"{W}p") if not _boxed(p)]


def words_in(data: bytes, log: Log) -> Counter[str]:
    """How often each typed word stands in a file: whole words, and rare characters one by one."""
    whole = "\n".join(texts(data))
    found = Counter({word: whole.count(word) for word in log.typed if word in whole})
    return found + Counter(c for c in whole if _RARE <= ord(c) < _RARE + log.rare)


# ---- places ---------------------------------------------------------------------------------------------------------


def _cut(p: Element, at: int) -> None:
    """A run ends at an offset."""
    seen = 0
    for run in _runs(p):
        size = sum(map(width, run))
        if seen < at < seen + size:
            split(run, at - seen)
            return
        seen += size


def _range(p: Element, start: int, end: int) -> list[Element]:
    """The runs that hold exactly the text from start to end."""
    _cut(p, start)
    _cut(p, end)
    found, seen = [], 0
    for run in _runs(p):
        size = sum(map(width, run))
        if size and start <= seen and seen + size <= end:
            found.append(run)
        seen += size
    return found


def _gap(p: Element, at: int, r: Random) -> Callable[[Element], None]:
    """Puts an element at an offset: before or behind the bookmarks that stand there, as the cursor came."""
    _cut(p, at)
    seen, left, right = 0, None, None
    for run in _runs(p):
        size = sum(map(width, run))
        if size and seen + size == at:
            left = run
        if size and seen == at and right is None:
            right = run
        seen += size
    if left is not None and (right is None or r.random() < 0.5):
        return left.addnext
    return right.addprevious if right is not None else p.append


def _like(p: Element, at: int) -> Element | None:
    """The look of the run in front of an offset, for what is typed there."""
    seen, found = 0, None
    for run in _runs(p):
        if seen < at or found is None:
            found = run.find(f"{W}rPr")
        seen += sum(map(width, run))
    if found is None:
        return None
    look = deepcopy(found)
    for change in look.findall(f"{W}rPrChange"):
        look.remove(change)
    return look


def _run(said: str, look: Element | None = None) -> Element:
    made = e("r")
    if look is not None:
        made.append(deepcopy(look))
    made.append(e("t"))
    made[-1].text = said
    word_like.kept(made[-1])
    return made


def _span(said: str, r: Random, longest: int = 40) -> tuple[int, int]:
    start = r.randrange(len(said))
    return start, min(len(said), start + r.randrange(1, longest))


def _pick(page: Page, least: int = 1) -> Element | None:
    found = page.paragraphs(least)
    return page.r.choice(found) if found else None


def _take(runs: list[Element], r: Random) -> None:
    """Runs go; a bookmark that stood around nothing else may go with them."""
    around = {id(one): one for run in runs for one in (run.getprevious(), run.getnext()) if one is not None}
    for run in runs:
        run.getparent().remove(run)
    for one in list(around.values()):
        after = one.getnext()
        empty = one.tag == _START and after is not None and after.tag == _END
        if empty and one.get(f"{W}id") == after.get(f"{W}id") and r.random() < 0.5:
            after.getparent().remove(after)
            one.getparent().remove(one)


def tidy(root: Element) -> None:
    """Bookmarks and ranges of comments that lost one of their ends lose the other; wrappers without text go."""
    for start, end in ((_START, _END), (f"{W}commentRangeStart", f"{W}commentRangeEnd")):
        starts = {one.get(f"{W}id"): one for one in root.iter(start)}
        ends = {one.get(f"{W}id"): one for one in root.iter(end)}
        for key in starts.keys() ^ ends.keys():
            one = starts.get(key, ends.get(key))
            if one is not None:
                one.getparent().remove(one)
    for one in list(root.iter(f"{W}ins", f"{W}hyperlink", f"{W}smartTag")):
        if not list(one.iter(f"{W}r", _START, _END)) and one.getparent().tag == f"{W}p":
            one.getparent().remove(one)


def _bare(p: Element) -> None:
    """Links, smart tags and controls within a paragraph open up: their text stays."""
    for one in list(p.iter(f"{W}smartTag", f"{W}hyperlink", f"{W}sdt")):
        content = one.find(f"{W}sdtContent") if one.tag == f"{W}sdt" else one
        for inner in list(content if content is not None else ()):
            if inner.tag != f"{W}smartTagPr":
                one.addprevious(inner)
        one.getparent().remove(one)


def _without_marks(copied: Element) -> Element:
    """A copy as Word pastes it: bookmarks and comments stay where they were."""
    for one in list(copied.iter(_START, _END, *(f"{W}comment{n}" for n in ("RangeStart", "RangeEnd", "Reference")))):
        one.getparent().remove(one)
    for one in copied.iter(f"{W}p"):
        one.attrib.pop(f"{word_like.W14}paraId", None)
    return copied


# ---- words ----------------------------------------------------------------------------------------------------------


def type_words(page: Page) -> str | None:
    """Words are typed at the cursor."""
    p = _pick(page, 0)
    if p is None:
        return None
    at = page.r.randrange(len(text_of(p)) + 1)
    said = page.log.word(page.r)
    _gap(p, at, page.r)(_run(said, _like(p, at)))
    return f"{said} at {at}"


def replace_words(page: Page) -> str | None:
    """Words are typed over a selection."""
    p = _pick(page)
    if p is None:
        return None
    start, end = _span(text_of(p), page.r, 25)
    said, gone = page.log.word(page.r), text_of(p)[start:end]
    look = _like(p, start + 1)
    runs = _range(p, start, end)
    (runs[0].addprevious if page.r.random() < 0.5 else runs[-1].addnext)(_run(said, look))
    _take(runs, page.r)
    return f"{gone} → {said}"


def delete_words(page: Page) -> str | None:
    """A selection is deleted."""
    p = _pick(page)
    if p is None:
        return None
    start, end = _span(text_of(p), page.r)
    gone = text_of(p)[start:end]
    _take(_range(p, start, end), page.r)
    return gone


def delete_across(page: Page) -> str | None:
    """A selection over the end of a paragraph is deleted: what is left of both is one paragraph."""
    p = page.r.choice(page.blocks() or [None])
    after = p.getnext() if p is not None else None
    if p is None or after is None or after.tag != f"{W}p" or after not in page.blocks():
        return None
    first, second = text_of(p), text_of(after)
    keep, drop = page.r.randrange(len(first) + 1), page.r.randrange(len(second) + 1)
    gone = first[keep:] + "¶" + second[:drop]
    _take(_range(p, keep, len(first)), page.r)
    _take(_range(after, 0, drop), page.r)
    _join(p, after)
    return gone


def move_words(page: Page) -> str | None:
    """A selection is cut and pasted: its bookmarks go along."""
    p, into = _pick(page, 4), _pick(page, 0)
    if p is None or into is None or p is into:
        return None
    start, end = _span(text_of(p), page.r)
    said = text_of(p)[start:end]
    runs = _range(p, start, end)
    if SIGN in said or len({id(run.getparent()) for run in runs}) > 1 or runs[0].getparent() is not p:
        return None
    stretch = _stretch(runs)
    place = _gap(into, page.r.randrange(len(text_of(into)) + 1), page.r)
    holder = e("r")
    place(holder)
    for one in stretch:
        holder.addprevious(one)
    holder.getparent().remove(holder)
    return said


def _stretch(runs: list[Element]) -> list[Element]:
    """Runs with what lies between them, and the bookmarks that hold nothing else; what else ends or begins there stays."""
    parent = runs[0].getparent()
    for edge in _alone(list(parent[parent.index(runs[0]) : parent.index(runs[-1]) + 1])):
        runs[0].addprevious(edge)
    first, last = parent.index(runs[0]), parent.index(runs[-1])
    inside = list(parent[first : last + 1])
    ends = {one.get(f"{W}id"): one for one in parent if one.tag == _END}
    for start in list(parent[:first][::-1]):
        if start.tag != _START:
            break
        end = ends.get(start.get(f"{W}id"))
        if end is not None and first <= parent.index(end) <= last + 1:
            inside.insert(0, start)
            if end not in inside:
                inside.append(end)
                last += 1
    return inside


def _alone(stretch: list[Element]) -> Iterator[Element]:
    """Edges of bookmarks whose other edge is not in the stretch."""
    edges = [one for one in stretch if one.tag in (_START, _END)]
    count = Counter(one.get(f"{W}id") for one in edges)
    return (one for one in edges if count[one.get(f"{W}id")] == 1)


def copy_words(page: Page) -> str | None:
    """A selection is pasted a second time, without bookmarks."""
    p, into = _pick(page, 4), _pick(page, 0)
    if p is None or into is None:
        return None
    start, end = _span(text_of(p), page.r)
    said = text_of(p)[start:end].replace(SIGN, "")
    if not said:
        return None
    at = page.r.randrange(len(text_of(into)) + 1)
    _gap(into, at, page.r)(_run(said, _like(into, at)))
    return said


def _figures(page: Page) -> Iterator[tuple[Element, list[Element]]]:
    """Starts of drafter's bookmarks with the runs up to their ends, where both stand side by side."""
    for start in page.root.iter(_START):
        if not (start.get(f"{W}name") or "").upper().startswith("_D"):
            continue
        inside = []
        for one in start.itersiblings():
            if one.tag == _END and one.get(f"{W}id") == start.get(f"{W}id"):
                if inside:
                    yield start, inside
                break
            if one.tag == f"{W}r" and one.find(f"{W}t") is not None:
                inside.append(one)


def type_in_figure(page: Page) -> str | None:
    """A printed number is changed by hand: some of it, or all of it."""
    found = list(_figures(page))
    if not found:
        return None
    _, runs = page.r.choice(found)
    said = "".join(map(_said, runs))
    new = page.log.word(page.r) if page.r.random() < 0.5 else f"{page.r.randrange(3, 9)}"
    text = runs[0].find(f"{W}t")
    assert text is not None
    old = text.text or ""
    if page.r.random() < 0.5:
        text.text = new
        _take(runs[1:], page.r)
    else:
        at = page.r.randrange(len(old) + 1)
        text.text = old[:at] + new + old[at + page.r.randrange(2) :]
    word_like.kept(text)
    return f"{said} → {''.join(_said(run) for run in runs[:1])}"


def format_words(page: Page) -> str | None:
    """A selection gets another look."""
    p = _pick(page)
    if p is None:
        return None
    start, end = _span(text_of(p), page.r)
    tag, told = page.r.choice((("b", {}), ("color", {"val": "FF0000"}), ("sz", {"val": 36}), ("u", {"val": "single"})))
    for run in _range(p, start, end):
        put(look_of(run), tag, **told)
    return f"{tag} {text_of(p)[start:end]}"


def track_words(page: Page) -> str | None:
    """With tracked changes on, words are typed or deleted."""
    p = _pick(page)
    if p is None:
        return None
    told = {"id": page.r.randrange(10**6, 10**7), "author": "王主任", "date": "2022-10-11T10:00:00Z"}
    start, end = _span(text_of(p), page.r, 12)
    if page.r.random() < 0.5:
        said = page.log.word(page.r)
        place = _gap(p, start, page.r)
        made = e("ins", _run(said, _like(p, start)), **told)
        place(made)
        _lift(made)
        return f"+{said}"
    gone = text_of(p)[start:end]
    for run in _range(p, start, end):
        if any(a.tag == f"{W}ins" for a in run.iterancestors()) or SIGN in _said(run):
            continue
        for text in run.findall(f"{W}t"):
            text.tag = f"{W}delText"
        outer = e("del", **told | {"id": page.r.randrange(10**6, 10**7)})
        run.addprevious(outer)
        outer.append(run)
    return f"-{gone}"


def _lift(made: Element) -> None:
    """A change within another one is taken to be part of it."""
    if made.getparent().tag == f"{W}ins":
        for inner in list(made):
            made.addprevious(inner)
        made.getparent().remove(made)


# ---- paragraphs -----------------------------------------------------------------------------------------------------


def delete_paragraph(page: Page) -> str | None:
    p = page.r.choice(page.blocks() or [None])
    if p is None or len(page.blocks()) < 4:
        return None
    said = text_of(p)
    page.body.remove(p)
    return said


def move_paragraph(page: Page) -> str | None:
    """A paragraph is cut and pasted elsewhere, bookmarks and all."""
    found = page.blocks()
    if len(found) < 4:
        return None
    p, place = page.r.sample(found, 2)
    place.addprevious(p)
    return text_of(p)


def copy_paragraph(page: Page) -> str | None:
    """A paragraph is pasted a second time, without bookmarks."""
    found = [p for p in page.blocks() if SIGN not in text_of(p)]
    if not found:
        return None
    p = page.r.choice(found)
    page.r.choice(page.blocks()).addprevious(_without_marks(deepcopy(p)))
    return text_of(p)


def split_paragraph(page: Page) -> str | None:
    """Enter within a paragraph."""
    found = [p for p in page.paragraphs(2) if p.find(f"{W}pPr/{W}sectPr") is None]
    if not found:
        return None
    p = page.r.choice(found)
    _bare(p)
    at = page.r.randrange(1, len(text_of(p)))
    holder = e("r")
    _gap(p, at, page.r)(holder)
    if holder.getparent().tag == f"{W}ins":
        outer = holder.getparent()
        rest = etree.Element(outer.tag, dict(outer.attrib))
        rest.extend(list(holder.itersiblings()))
        outer.addnext(rest)
        rest.addprevious(holder)
    after = etree.Element(p.tag, dict(p.attrib))
    after.attrib.pop(f"{word_like.W14}paraId", None)
    if (look := p.find(f"{W}pPr")) is not None:
        after.append(deepcopy(look))
    after.extend(list(holder.itersiblings()))
    p.remove(holder)
    p.addnext(after)
    return f"{text_of(p)[-8:]}|{text_of(after)[:8]}"


def _join(p: Element, after: Element) -> None:
    p.extend([one for one in after if one.tag != f"{W}pPr"])
    after.getparent().remove(after)


def join_paragraphs(page: Page) -> str | None:
    """The end of a paragraph is deleted."""
    found = [p for p in page.blocks() if p.getnext() in page.blocks()]
    if not found:
        return None
    p = page.r.choice(found)
    after = p.getnext()
    assert after is not None
    said = f"{text_of(p)[-8:]}+{text_of(after)[:8]}"
    _join(p, after)
    return said


def new_paragraph(page: Page) -> str | None:
    """A paragraph is typed, in the look of the one in front of it."""
    found = page.blocks()
    if not found:
        return None
    p = page.r.choice(found)
    made = e("p")
    if (look := p.find(f"{W}pPr")) is not None:
        made.append(deepcopy(look))
    said = "".join(page.log.word(page.r) for _ in range(page.r.randrange(1, 4))) + "。"
    made.append(_run(said, _like(p, 1)))
    p.addnext(made)
    return said


def delete_section(page: Page) -> str | None:
    """A heading and all below it, tables too, up to the next heading of its level."""
    found = [p for p in page.blocks() if _level(p)]
    if len(found) < 2:
        return None
    p = page.r.choice(found)
    block = [p]
    for one in p.itersiblings():
        if one.tag == f"{W}sectPr" or one.find(f"{W}pPr/{W}sectPr") is not None or 0 < _level(one) <= _level(p):
            break
        block.append(one)
    if len(block) > 12 or page.body.index(block[-1]) + 1 >= len(page.body):
        return None
    if (before := p.getprevious()) is not None and before.tag == f"{W}tbl":
        return None
    said = text_of(p)
    for one in block:
        page.body.remove(one)
    return f"{said} and {len(block) - 1} more"


def _level(p: Element) -> int:
    said = text_of(p)[:4] if p.tag == f"{W}p" else ""
    return (
        1
        if said[1:2] == "、" and said[0] in "一二三四五六七八九十"
        else 2
        if said.startswith("（") and said[2:3] == "）"
        else 0
    )


# ---- tables ---------------------------------------------------------------------------------------------------------


def _rows(page: Page) -> list[Element]:
    """Rows of tables with several rows, without merged cells."""
    tables = [t for t in page.body.iterchildren(f"{W}tbl") if t.find(f".//{W}vMerge") is None]
    return [row for t in tables for row in t.findall(f"{W}tr")[1:] if len(t.findall(f"{W}tr")) > 2]


def add_row(page: Page) -> str | None:
    """A row is put in and filled by hand."""
    found = _rows(page)
    if not found:
        return None
    row = page.r.choice(found)
    made = _without_marks(deepcopy(row))
    said = []
    for p in made.iter(f"{W}p"):
        for one in [one for one in p if one.tag != f"{W}pPr"]:
            p.remove(one)
        said.append(page.log.word(page.r))
        p.append(_run(said[-1]))
    row.addnext(made)
    return " | ".join(said)


def delete_row(page: Page) -> str | None:
    found = _rows(page)
    if not found:
        return None
    row = page.r.choice(found)
    said = " | ".join(text_of(p) for p in row.iter(f"{W}p"))
    row.getparent().remove(row)
    return said


def type_in_cell(page: Page) -> str | None:
    cells = [p for p in page.paragraphs() if p.getparent().tag == f"{W}tc"]
    if not cells:
        return None
    p = page.r.choice(cells)
    at = page.r.randrange(len(text_of(p)) + 1)
    said = page.log.word(page.r)
    _gap(p, at, page.r)(_run(said, _like(p, at)))
    return said


# ---- what is not text -----------------------------------------------------------------------------------------------


def comment(page: Page) -> str | None:
    """A comment of the chief's on some words."""
    p = _pick(page)
    if p is None:
        return None
    name = "word/comments.xml"
    if name not in page.file.members:
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
        page.file.add(name, f'<w:comments xmlns:w="{W[1:-1]}"/>', kind, "comments")
    root = page.file.root(name)
    number = 1 + max((int(c.get(f"{W}id")) for c in root), default=-1)
    said = page.log.word(page.r)
    page.log.typed.pop()
    told = e("comment", e("p", _run(said)), id=number, author="王主任", date="2022-10-11T10:00:00Z", initials="王")
    root.append(told)
    start, end = _span(text_of(p), page.r)
    runs = _range(p, start, end)
    runs[0].addprevious(e("commentRangeStart", id=number))
    runs[-1].addnext(e("commentRangeEnd", id=number))
    runs[-1].getnext().addnext(e("r", e("commentReference", id=number)))
    return said


def bookmark(page: Page) -> str | None:
    """A bookmark of a clerk's own, across whatever is there."""
    p = _pick(page)
    if p is None:
        return None
    number = 1 + max((int(one.get(f"{W}id")) for one in page.root.iter(_START, _END)), default=0)
    start, end = _span(text_of(p), page.r)
    runs = _range(p, start, end)
    runs[0].addprevious(e("bookmarkStart", id=number, name=f"要点{number}"))
    runs[-1].addnext(e("bookmarkEnd", id=number))
    return f"要点{number}"


def footnote(page: Page) -> str | None:
    """A footnote."""
    p = _pick(page)
    if p is None:
        return None
    word_like.filled(page.file, page.r)
    root = page.file.root("word/footnotes.xml")
    number = 1 + max(int(n.get(f"{W}id")) for n in root)
    root.append(e("footnote", e("p", _run("县统计局口径。")), id=number))
    made = e("r", e("footnoteReference", id=number))
    _gap(p, page.r.randrange(len(text_of(p)) + 1), page.r)(made)
    return str(number)


_SAVES = (
    "切分文字",
    "校对标记",
    "合并文字",
    "空白",
    "书签",
    "控件和链接",
    "修订",
    "命名空间",
    "部件改名",
    "属性",
    "样式改号",
)


def save(page: Page) -> str | None:
    """Word saves the file, and it is opened again."""
    ways = page.r.sample(_SAVES, page.r.randrange(1, 6))
    page.file = opened(page.file.saved())
    for way in ways:
        word_like.WAYS[way](page.file, page.r)
    return "、".join(ways)


Edit = Callable[[Page], str | None]
EDITS: dict[Edit, int] = {
    type_words: 8, replace_words: 6, delete_words: 6, delete_across: 2, move_words: 3, copy_words: 2, type_in_figure: 5,
    format_words: 3, track_words: 3, delete_paragraph: 3, move_paragraph: 3, copy_paragraph: 2, split_paragraph: 3,
    join_paragraphs: 2, new_paragraph: 4, delete_section: 1, add_row: 2, delete_row: 2, type_in_cell: 2, comment: 1,
    bookmark: 1, footnote: 1, save: 2,
}  # fmt: skip
"""Edit → how often."""


def edited(data: bytes, r: Random, count: int) -> tuple[bytes, Log]:
    """The file after some edits, and what was done."""
    page = Page(opened(data), r, Log())
    chosen = r.choices(list(EDITS), list(EDITS.values()), k=count)
    for edit in chosen:
        told = edit(page)
        tidy(page.root)
        if told is not None:
            page.log.steps.append(f"{edit.__name__}: {told}")
    return page.file.saved(), page.log
