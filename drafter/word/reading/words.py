"""What stands in one paragraph: its text as it is gathered from runs, fields, links, controls and insertions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from drafter.source import Span
from drafter.word.element import Element
from drafter.word.kinds import SKIPPED, attribute, branch, child, found, kind, number, properties, switch, texts, value
from drafter.word.reading.ours import Ours
from drafter.word.reading.stylesheet import Styles
from drafter.word.reading.symbols import UNKNOWN, symbol

EMBEDDED = {
    "altChunk": "插入的文件", "subDoc": "子文档", "object": "嵌入对象", "control": "控件", "rt": "注音",
}  # fmt: skip
"""Elements whose text stands elsewhere or nowhere, and how they are called when they are told."""
FIELD_CODE, SYMBOL = "域代码里的文字", "认不出的符号"
MISPLACED, STRUCK = "放错位置的文字", "删去的行和格里的文字"
HIDDEN = "隐藏文字"
ASIDES = (HIDDEN, FIELD_CODE, EMBEDDED["rt"])
"""Words that are kept apart and told by a finding of their own."""
_HIGH = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_RAISED = re.compile(r"\s*(?:[+\-−]?[0-9]+|[+\-−])\s*")
"""What is written in raised characters when it stands raised: a figure; 10 raised to 4 is not 104."""
_SIGNS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-",
    "footnoteReference": "", "endnoteReference": "", "commentReference": "", "softHyphen": "", "instrText": "", "delInstrText": "",
}  # fmt: skip
"""Elements that stand for a character."""

FORMULA = "公式的上下标、分式等只读了字符，"
_SET_HIGH = frozenset(("m:f", "m:sSup", "m:sSub", "m:sSubSup", "m:sPre", "m:rad", "m:nary", "m:m", "m:eqArr"))
"""Formulas whose meaning is in how they are set: a² is not a2."""
_LINE_END = re.compile(r"\s*[\r\n]\s*")


@dataclass(slots=True)
class Story:
    """What is carried on through one story (the body, a header, a footnote) while its paragraphs are read."""

    name: str
    styles: Styles
    paragraphs: int = 0
    fields: list[bool] = field(default_factory=list)
    """For every open field whether its result has begun. They go on over the ends of paragraphs."""
    texts: int = 0
    """Elements with text that were come to."""
    raised: list[int] = field(default_factory=list)
    """Paragraphs with raised figures."""
    ours: Ours | None = None
    """Sorts the paragraphs of a file that drafter wrote."""
    codes: bool = True
    """Whether field codes are left out; not where a field never ends."""
    hidden: list[int] = field(default_factory=list)
    """Paragraphs with hidden text."""
    asides: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    """Words that are not among the lines: (what they are, their paragraph) → pieces."""
    unread: dict[str, list[int]] = field(default_factory=dict)
    """What else was left out, and the paragraphs it stood in."""
    references: dict[tuple[str, str], Span] = field(default_factory=dict)
    """Where a note is called: (footnoteReference, its number) → place."""
    parts: list[tuple[str, str, Span]] = field(default_factory=list)
    """Drawings whose text stands in another part: (kind, relationship, place)."""

    @property
    def span(self) -> Span:
        """The place of the paragraph that is read."""
        return Span(self.name, self.paragraphs, 1)

    def leave_out(self, what: str) -> None:
        self.unread.setdefault(what, []).append(max(self.paragraphs, 1))

    def hide(self, text: str) -> None:
        """Hidden text: counted, and kept apart."""
        self.hidden.append(self.paragraphs)
        self.set_apart(HIDDEN, text)

    def set_apart(self, what: str, text: str) -> None:
        self.asides.setdefault((what, max(self.paragraphs, 1)), []).append(text)

    def field_sign(self, sign: str | None) -> None:
        if sign == "begin":
            self.fields.append(False)
        elif sign == "separate" and self.fields:
            self.fields[-1] = True
        elif sign == "end" and self.fields:
            self.fields.pop()

    @property
    def in_code(self) -> bool:
        """Whether what stands here is part of a field code."""
        return self.codes and not all(self.fields)


@dataclass(slots=True)
class Words:
    """The text of one paragraph while it is gathered."""

    story: Story
    style: str | None = None
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    """Characters of the pieces. Why kept: paragraphs whose marks are deleted can be many."""
    boxes: list[Element] = field(default_factory=list)
    """Text boxes anchored in the paragraph; they are read behind it."""
    hides: bool = False
    """Whether the run that is read is hidden."""
    raises: bool = False
    """Whether the run that is read stands raised."""
    height: int = 0
    """How high the run stands above the line."""
    lifted: bool = False
    """Whether it is higher than what stands in front of it."""

    def add(self, text: str) -> None:
        """Text that is seen, unless it stands in a field code or a hidden run."""
        if not text:
            return
        if self.hides:
            self.story.hide(text)
        elif self.story.in_code:
            self.story.leave_out(FIELD_CODE)
            self.story.set_apart(FIELD_CODE, text)
        else:
            self.put(text)

    def put(self, text: str) -> None:
        """Text as it stands."""
        self.pieces.append(text)
        self.length += len(text)

    def gather(self, elements: Iterable[Element]) -> None:
        """Adds what stands in elements of a paragraph. Why a stack and no recursion: nesting is as deep as a file likes."""
        stack: list[tuple[Iterator[Element], bool, bool]] = [(iter(elements), False, False)]
        shown = not self.story.styles.hides_any
        while stack:
            children, self.hides, self.raises = stack[-1]
            one = next(children, None)
            if one is None:
                stack.pop()
                continue
            name = kind(one)
            if name in _READ:
                _READ[name](self, one)
            elif name == "mc:AlternateContent":
                stack.append((iter(branch(one)), self.hides, self.raises))
            elif name == "r":
                if len(one) == 1 and shown and kind(one[0]) == "t":
                    self.raises = self.is_raised(None)
                    _text(self, one[0])
                else:
                    stack.append((iter(one), self.hidden(one), self.is_raised(properties(one, "rPr"))))
            elif name not in SKIPPED:
                if name in _SET_HIGH:
                    self.story.leave_out(FORMULA)
                stack.append((iter(one), self.hides, self.raises))
        self.hides = self.raises = False

    def hidden(self, run: Element) -> bool:
        """Whether a run is hidden: it says so, or its style, or that of the paragraph."""
        looks = properties(run, "rPr")
        own = switch(looks, ("vanish",)) if looks is not None else None
        if own is not None or not self.story.styles.hides_any:
            return bool(own)
        style = value(looks, ("rStyle",))
        return self.story.styles.hides(self.style) != (bool(style) and self.story.styles.hides(style))

    def is_raised(self, looks: Element | None) -> bool:
        """Whether a run stands raised: set so, or smaller and higher than the text in front of it (LibreOffice's way)."""
        height = number(value(looks, ("position",))) or 0 if looks is not None else 0
        begins = self.length > 0 and self.height == 0 and value(looks, ("sz",)) is not None
        self.lifted = height > 0 and (self.lifted if self.height == height else begins)
        self.height = height
        return self.lifted or (looks is not None and value(looks, ("vertAlign",)) == "superscript")


def _text(words: Words, element: Element) -> None:
    """Its text; a line end in the XML is a blank, only w:br parts lines."""
    text = element.text or ""
    words.story.texts += bool(text.strip())
    if words.raises and _RAISED.fullmatch(text):
        words.story.raised.append(words.story.paragraphs)
        text = text.translate(_HIGH)
    words.add(_LINE_END.sub(" ", text) if "\n" in text or "\r" in text else text)


def _sign(words: Words, element: Element) -> None:
    name = kind(element)
    if name.endswith("Reference"):
        place = Span(words.story.name, words.story.paragraphs, words.length + 1)
        words.story.references.setdefault((name, attribute(element, "id") or ""), place)
    elif _SIGNS[name] and not words.hides and not words.story.in_code:
        words.put(_SIGNS[name])


def _field(words: Words, element: Element) -> None:
    """A field's sign; of a form field without a result, what it shows: the chosen entry, the box that is ticked."""
    sign = attribute(element, "fldCharType")
    form = child(element, "ffData")
    words.story.field_sign(sign)
    if form is not None and sign == "begin" and not words.hides:
        words.put(_chosen(child(form, "ddList")) + _ticked(child(form, "checkBox")))


def _chosen(choices: Element | None) -> str:
    entries = [attribute(e) or "" for _, e in found(choices, ("listEntry",))] if choices is not None else []
    index = number(value(choices, ("result",))) or number(value(choices, ("default",))) or 0
    return "".join(entries[max(index, 0) :][:1])


def _ticked(box: Element | None) -> str:
    if box is None:
        return ""
    ticked = switch(box, ("checked",))
    return "☑" if (switch(box, ("default",)) if ticked is None else ticked) else "□"


def _symbol(words: Words, element: Element) -> None:
    character = symbol(attribute(element, "font"), attribute(element, "char"))
    if character == UNKNOWN:
        words.story.leave_out(SYMBOL)
    words.add(character)


def _box(words: Words, element: Element) -> None:
    if words.hides:
        words.story.texts += texts(element)
        words.story.hide("".join(t.text or "" for _, t in found(element, ("t",))))
    else:
        words.boxes.append(element)


def _embedded(words: Words, element: Element) -> None:
    """Something with text elsewhere; what stands in it all the same is read."""
    name = kind(element)
    inside = texts(element) if name == "rt" else 0
    words.story.texts += inside
    if name != "rt" or inside:
        words.story.leave_out(EMBEDDED[name])
    if inside:
        words.story.set_apart(EMBEDDED[name], "".join(t.text or "" for _, t in found(element, ("t",))))
    if name == "object":
        words.boxes.extend(e for _, e in found(element, ("txbxContent",)))


def _drawn(words: Words, element: Element) -> None:
    """A chart or a diagram: its text stands in a part of its own."""
    diagram = kind(element) == "dgm:relIds"
    relation = attribute(element, "dm" if diagram else "id") or ""
    words.story.parts.append(("图示" if diagram else "图表", relation, words.story.span))


def _art(words: Words, element: Element) -> None:
    """VML word art: its text is an attribute."""
    words.add(attribute(element, "string") or "")


_READ: dict[str, Callable[[Words, Element], None]] = {
    "t": _text, "m:t": _text, "a:t": _text,
    "fldChar": _field, "sym": _symbol, "txbxContent": _box, "v:textpath": _art,
    "c:chart": _drawn, "dgm:relIds": _drawn,
    **dict.fromkeys(_SIGNS, _sign), **dict.fromkeys(EMBEDDED, _embedded),
}  # fmt: skip
"""Elements of a paragraph that stand for something."""
