"""One .docx from its bytes to lines, with what stands apart and what is to be told."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterator

from drafter.diagnostic import Diagnostic
from drafter.source import Text
from drafter.word.element import Element
from drafter.word.found import Apart, Found
from drafter.word.kinds import STRICT, attribute, child, found, kind, texts
from drafter.word.package import opened
from drafter.word.reading.apart import Aside
from drafter.word.reading.lines import Reader
from drafter.word.reading.numbering import Counter, Numbering, numbering
from drafter.word.reading.ours import Ours
from drafter.word.reading.revisions import Revisions, revisions
from drafter.word.reading.stylesheet import styles
from drafter.word.reading.words import ASIDES, MISPLACED, Story
from drafter.word.refusals import refusal, remark, stranger, unread
from drafter.word.sniff import EXCEL, SLIDES

_DEPTH = {"begin": 1, "end": -1}
_OTHERS = {"workbook": EXCEL, "presentation": SLIDES}


def whole(data: bytes, name: str) -> Found:
    """Everything a .docx says. Errors: DraftError D101–D106."""
    package, root = opened(data, name)
    _check(root, name)
    lists = numbering(package.only("numbering"), styles(package.only("styles")))
    text, story, uncounted = _lines(root, name, lists)
    aside = Aside(package, lists, story)
    apart = aside.read(root)
    told = _told(name, [story, *aside.stories], uncounted)
    strict = [remark("D114", name)] if str(root.tag).startswith(f"{{{STRICT}}}") else []
    changed = accepted(name, revisions(root) + aside.revisions)
    return Found(text, apart, (*package.remarks(), *strict, *told, *_counted(name, apart), *changed))


def _check(root: Element, name: str) -> None:
    """Errors: DraftError D106 when there is no body, D101 when the file is of another program."""
    if kind(root) == "document" and child(root, "body") is not None:
        return
    other = _OTHERS.get(str(root.tag).rpartition("}")[2])
    raise stranger(name, other) if other else refusal("D106", name)


def _lines(root: Element, name: str, lists: Numbering) -> tuple[Text, Story, list[int]]:
    """(lines, the story, paragraphs without their number). Whatever odd place a text stands in, it is read or told.

    Why of the root: a few files have more bodies than one.
    """
    reader = reader_of(root, name, lists)
    story, lines = reader.story, tuple(reader.read(root))
    seen = sum(1 for text in root.iter("{*}t") if text.text and text.text.strip())
    if seen > story.texts and (missed := texts(root) - story.texts) > 0:
        story.unread[MISPLACED] = [1] * missed
    return lines, story, reader.uncounted


def reader_of(root: Element, name: str, lists: Numbering) -> Reader:
    """What reads the text of a file, before it begins."""
    story = Story(name, lists.styles, ours=Ours.of(name, lists.styles), codes=_fields_end(root))
    return Reader(story, Counter(lists))


def _fields_end(root: Element) -> bool:
    """Whether every field ends: one that does not would hide all that follows, so that nothing is hidden then."""
    depth = 0
    for _, element in found(root, ("fldChar",)):
        depth = max(depth + _DEPTH.get(attribute(element, "fldCharType") or "", 0), 0)
    return depth == 0


def _told(name: str, stories: list[Story], uncounted: list[int]) -> Iterator[Diagnostic]:
    """What was left out, at the first place of each kind."""
    hidden = [place for story in stories for place in story.hidden]
    raised = [place for story in stories for place in story.raised]
    for code, places in (("D115", hidden), ("D116", uncounted), ("D120", raised)):
        if places:
            yield remark(code, name, f"共{len(places)}处", places[0])
    for story in stories:
        for what, places in story.unread.items():
            yield unread(name, what, len(places), places[0])


def _counted(name: str, apart: tuple[Apart, ...]) -> Iterator[Diagnostic]:
    """One note on what stands apart, but for what is told already."""
    others = [one for one in apart if one.kind not in ASIDES]
    if others:
        words = "、".join(f"{called}{count}处" for called, count in Tally(one.kind for one in others).items())
        yield remark("D117", name, words, others[0].span.line)


def accepted(name: str, found: Revisions) -> Iterator[Diagnostic]:
    """One note on tracked changes of the text: nobody should publish them unseen."""
    if found.total:
        kinds = (("插入", found.inserted), ("删除", found.deleted), ("移动", found.moved))
        words = "、".join(f"{called}{count}处" for called, count in kinds if count)
        yield remark("D121", name, words, count=found.total)
