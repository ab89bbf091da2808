"""One .docx from its bytes to lines, with what stands apart and what is to be told."""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Iterable, Iterator

from drafter.diagnostic import Diagnostic
from drafter.source import Text
from drafter.word.apart import Aside
from drafter.word.element import Element, W
from drafter.word.found import Apart, Found
from drafter.word.kinds import STRICT, attribute, child, kind
from drafter.word.lines import Reader
from drafter.word.numbering import Counter, Numbering, numbering
from drafter.word.package import opened
from drafter.word.refusals import refusal, remark
from drafter.word.stylesheet import styles
from drafter.word.words import Story

_OTHERS = {"workbook": "Excel 工作簿", "presentation": "演示文稿"}


def whole(data: bytes, name: str) -> Found:
    """Everything a .docx says. Errors: DraftError D101–D106."""
    package, root = opened(data, name)
    body = _body(root, name)
    lists = numbering(package.only("numbering"), styles(package.only("styles")))
    text, story, uncounted = _lines(body, name, lists)
    aside = Aside(package, lists, story)
    apart = aside.read(root)
    told = _told(name, [story, *aside.stories], uncounted)
    strict = [remark("D114", name)] if str(root.tag).startswith(f"{{{STRICT}}}") else []
    return Found(text, apart, (*package.remarks(), *strict, *told, *_counted(name, apart)))


def _body(root: Element, name: str) -> Element:
    """The body. Errors: DraftError D106 when there is none, D101 when the file is of another program."""
    body = child(root, "body")
    if kind(root) == "document" and body is not None:
        return body
    other = _OTHERS.get(str(root.tag).rpartition("}")[2])
    raise refusal("D101", name, other) if other else refusal("D106", name)


def _lines(body: Element, name: str, lists: Numbering) -> tuple[Text, Story, list[int]]:
    """(lines, the story, paragraphs without their number)."""
    story = Story(name, lists.styles, codes=_fields_end(body))
    reader = Reader(story, Counter(lists))
    return tuple(reader.read(body)), story, reader.uncounted


def _fields_end(body: Element) -> bool:
    """Whether every field ends: one that does not would hide all that follows, so that nothing is hidden then."""
    depth = 0
    for element in body.iter(f"{{{W}}}fldChar", f"{{{STRICT}}}fldChar"):
        depth += {"begin": 1, "end": -1}.get(attribute(element, "fldCharType") or "", 0)
    return depth <= 0


def _told(name: str, stories: Iterable[Story], uncounted: list[int]) -> Iterator[Diagnostic]:
    """What was left out, at the first place of each kind."""
    hidden = [place for story in stories for place in story.hidden]
    for code, places in (("D115", hidden), ("D116", uncounted)):
        if places:
            yield remark(code, name, f"共{len(places)}处", places[0])
    for story in stories:
        for what, places in story.unread.items():
            yield remark("D118", name, f"{what}共{len(places)}处", places[0])


def _counted(name: str, apart: tuple[Apart, ...]) -> Iterator[Diagnostic]:
    """One note on what stands apart."""
    tally = Tally(one.kind for one in apart)
    if tally:
        words = "、".join(f"{called}{count}处" for called, count in tally.items())
        yield remark("D117", name, words, apart[0].span.line)
