"""The located tree of a YAML text, built from parser events: raw text, never typed, never an alias."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, Final, Protocol, cast

from drafter.diagnostic import Diagnostic, Severity, error
from drafter.source import Span
from drafter.yamlfile.slip import (
    clamped,
    folded,
    key_findings,
    lonely_key,
    ordinary,
    slip,
    swallowed,
    value_findings,
)

MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_FINDINGS = 100
MAX_SCALAR = 100_000
_NOWHERE = Span("", 1, 1)


class Mark(Protocol):
    """A place as the parser has it, from 0; a Span looks the same, from 1."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Page:
    """The text that nodes stand in; it says where a parser's mark is."""

    file: str
    lines: list[str]

    def span(self, mark: Mark) -> Span:
        """The place of a mark."""
        line, column = mark.line, mark.column
        if line < len(self.lines) and column <= len(self.lines[line]):
            return Span(self.file, line + 1, column + 1)
        return clamped((line, column), self.lines, self.file)


class _Placed:
    """What stands somewhere: at a Span, or at a parser's mark in a page.

    Why not at once: most places are never asked for, and a Span costs more than the node. For the same reason nodes
    are no frozen dataclasses (those set every field by a call); their fields are Final, which mypy holds.
    """

    __slots__ = ("_mark", "_page")

    def __init__(self, mark: Mark, page: Page | None) -> None:
        self._mark = mark
        self._page = page

    @property
    def span(self) -> Span:
        """Where it starts."""
        return cast("Span", self._mark) if self._page is None else self._page.span(self._mark)


@dataclass(init=False, unsafe_hash=True)
class Scalar(_Placed):
    """One value or key: its text as written (escapes of quoted text resolved); style is '' " ' | or >."""

    __slots__ = ("style", "text")
    text: Final[str]
    style: Final[str]
    span: Span = field(compare=False)

    def __init__(self, text: str, style: str = "", span: Mark = _NOWHERE, page: Page | None = None) -> None:
        self.text = text
        self.style = style
        self._mark = span
        self._page = page

    @property
    def quoted(self) -> bool:
        """Whether the writer said that it is text."""
        return bool(self.style)

    @property
    def empty(self) -> bool:
        """Nothing, ~ or null: not known yet."""
        return not self.style and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(init=False, unsafe_hash=True)
class Mapping(_Placed):
    """Keys and values in order."""

    __slots__ = ("items",)
    items: Final[tuple[tuple[Scalar, Node], ...]]
    span: Span = field(compare=False)

    def __init__(
        self, items: tuple[tuple[Scalar, Node], ...] = (), span: Mark = _NOWHERE, page: Page | None = None
    ) -> None:
        self.items = items
        self._mark = span
        self._page = page


@dataclass(init=False, unsafe_hash=True)
class Sequence(_Placed):
    """Items in order."""

    __slots__ = ("items",)
    items: Final[tuple[Node, ...]]
    span: Span = field(compare=False)

    def __init__(self, items: tuple[Node, ...] = (), span: Mark = _NOWHERE, page: Page | None = None) -> None:
        self.items = items
        self._mark = span
        self._page = page


Node = Scalar | Mapping | Sequence
_Maker = Callable[[Any, str], Node]


class Enough(Exception):
    """Reading ends here: a limit was passed."""


class Builder:
    """Turns the events that `pull` hands out into nodes; findings are told as they are met.

    Why by recursion: the cap on depth bounds it, and what a collection is up to is fast to reach in local names.
    """

    def __init__(self, page: Page, pull: Callable[[], Any], told: list[Diagnostic]) -> None:
        from yaml import events

        self.page = page
        self.pull = pull
        self.findings = told
        self.nodes = 0
        self.depth = 0
        self.bodies: dict[type, _Maker] = {
            events.MappingStartEvent: self.mapping,
            events.SequenceStartEvent: self.sequence,
        }
        """What reads the inside of a collection."""
        self.makers: dict[type, _Maker] = {
            events.ScalarEvent: self.scalar,
            events.AliasEvent: self.alias,
            **dict.fromkeys(self.bodies, self.collection),
        }
        """What reads a node, by its first event; any other event ends a collection."""

    def say(self, *findings: Diagnostic) -> None:
        """Keep findings; after MAX_FINDINGS reading ends."""
        self.findings += findings
        if sum(f.severity is Severity.ERROR for f in self.findings) >= MAX_FINDINGS:
            raise Enough

    def end(self, code: str, message: str, span: Span, hint: str) -> None:
        """A finding, and no further."""
        self.findings.append(error(code, message, span, hint))
        raise Enough

    def root(self) -> Node | None:
        """The node of the only document, None when the text has none. Errors: Enough, and those of `pull`."""
        root, documents = None, 0
        while (event := self.pull()) is not None:
            if type(event) in self.makers:
                root = self.item(event, "")
            elif hasattr(event, "version"):
                documents += 1
                self.document(event, documents)
        return root

    def document(self, event: Any, number: int) -> None:
        """A directive is F106, and so is a second document, which ends reading."""
        if event.version or event.tags:
            self.say(error("F106", "用了 YAML 指令（%）", Span(self.page.file, 1, 1), "去掉 % 开头的行"))
        if number > 1:
            span = self.page.span(event.start_mark)
            self.end("F106", "一个文件里有多个文档（---）", span, "去掉 ---，或拆成几个文件")

    def item(self, event: Any, label: str) -> Node:
        """The root or an item of a list; `label` is the innermost key around it, for messages."""
        node = self.makers[type(event)](event, label)
        if isinstance(node, Scalar) and not ordinary(node.text):
            self.say(*value_findings(node.text, node.span, label, quoted=node.quoted, same_line=True))
        return node

    def alias(self, event: Any, _: str) -> Scalar:
        """F106; an empty value stands in its place."""
        span = self.page.span(event.start_mark)
        self.say(error("F106", f"用了 YAML 的引用（*{event.anchor}）", span, "把内容写出来；如果是文字，加半角引号"))
        return Scalar("", "", span)

    def scalar(self, event: Any, label: str) -> Scalar:
        """A key or a value."""
        text, style, mark = event.value, event.style or "", event.start_mark
        self.nodes += 1
        if event.anchor or event.tag or self.nodes > MAX_NODES:
            self.remark(event)
        if len(text) > MAX_SCALAR:
            self.end("F109", f"“{label}”的文字超过 {MAX_SCALAR} 字", self.page.span(mark), "长文写进模板，不写进事实")
        if not style and event.end_mark.line > mark.line:
            self.continued(mark.line + 1, event.end_mark.line + 1, label)
        if not style and mark.column and self.page.lines[mark.line][mark.column - 1 : mark.column] == "?":
            self.say(error("F101", "“?”在 YAML 里另有意思", self.page.span(mark), "整个值加半角引号"))
        return Scalar(text, style, mark, self.page)

    def remark(self, event: Any) -> None:
        """A node too many ends reading; F106 for an anchor or a tag."""
        span = self.page.span(event.start_mark)
        if self.nodes > MAX_NODES:
            self.end("F109", f"内容超过 {MAX_NODES} 项", span, "拆成几个文件，明细另放 xlsx")
        if event.anchor:
            self.say(error("F106", f"用了 YAML 的锚点（&{event.anchor}）", span, "去掉它；如果是文字，加半角引号"))
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.say(error("F106", f"用了 YAML 的类型标签（{tag}）", span, "去掉它；如果是文字，加半角引号"))

    def continued(self, first: int, end: int, label: str) -> None:
        """F101 for a line that was swallowed by the plain text before it and was meant as 键: 值.

        A file that is nothing but text is told once, where it begins.
        """
        if not label:
            return
        for number in range(first, min(end, len(self.page.lines))):
            line = self.page.lines[number]
            column = len(line) - len(line.lstrip()) + 1
            self.say(*swallowed(line.strip(), Span(self.page.file, number + 1, column), label))

    def collection(self, event: Any, label: str) -> Node:
        """A mapping or a sequence."""
        self.enter(event)
        node = self.bodies[type(event)](event, label)
        self.depth -= 1
        return node

    def enter(self, event: Any) -> None:
        """A collection starts, one level deeper."""
        self.nodes += 1
        if event.anchor or event.tag or self.nodes > MAX_NODES:
            self.remark(event)
        if self.depth >= MAX_DEPTH:
            span = self.page.span(event.start_mark)
            self.end("F109", f"嵌套超过 {MAX_DEPTH} 层", span, "事实一般不超过三层，看括号和缩进")
        self.depth += 1

    def sequence(self, event: Any, label: str) -> Sequence:
        """The items up to the end of a list."""
        start, items = event.start_mark, []
        while type(event := self.pull()) in self.makers:
            items.append(self.item(event, label))
        return Sequence(tuple(items), start, self.page)

    def mapping(self, event: Any, label: str) -> Mapping:
        """The pairs up to the end of a mapping, without those whose key is none.

        Why the first test of a value: nearly every value is ordinary text behind its key, and asks for no more.
        """
        start, flow = event.start_mark, event.flow_style
        pull, makers = self.pull, self.makers
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, Scalar] = {}
        while type(event := pull()) in makers:
            line = event.start_mark.line
            key = self.key(event, label, seen)
            event = pull()
            value = makers[type(event)](event, label if key is None else key.text)
            if key is None:
                continue
            if isinstance(value, Scalar):
                good = value.text and event.start_mark.line == line and ordinary(value.text)
                if not good and not self.stands(key, value, flow=flow):
                    continue
            pairs.append((key, value))
        return Mapping(tuple(pairs), start, self.page)

    def key(self, event: Any, label: str, seen: dict[str, Scalar]) -> Scalar | None:
        """A key; None when it can be none: F101, F106, F108 for an odd text, F102 when it stands twice."""
        if type(event) in self.bodies:
            self.bracket(event, label)
            return None
        key = self.makers[type(event)](event, label)
        assert isinstance(key, Scalar)
        text = key.text
        if text.strip() in ("", "<<") or not ordinary(text):
            self.say(*key_findings(text, key.span, quoted=key.quoted))
        name = folded(text)
        first = seen.setdefault(name, key)
        if first is not key:
            finding = error("F102", f"“{name}”写了两遍", key.span, "留下对的一行，删去另一行", text[:40])
            self.say(replace(finding, also=((first.span, "第一处在"),)))
            return None
        return None if not name or (name == "<<" and not key.quoted) else key

    def bracket(self, event: Any, label: str) -> None:
        """F101 for a collection as a key, which is read only to find its end."""
        self.enter(event)
        span = self.page.span(event.start_mark)
        found = slip(self.page.lines[span.line - 1], Span(span.file, span.line, 1))
        self.say(found or error("F101", "键不能是括号或列表", span, "写成 键: 值；是文字就加半角引号"))
        self.bodies[type(event)](event, label)
        self.depth -= 1

    def stands(self, key: Scalar, value: Scalar, *, flow: bool) -> bool:
        """Tell what is wrong with a text and its key; False when the key is a slip inside { } and no key."""
        same_line = key.span.line == value.span.line
        self.say(*value_findings(value.text, value.span, key.text, quoted=value.quoted, same_line=same_line))
        bare = not value.text and not value.style
        found = lonely_key(key.text, key.span) if bare and flow and not key.quoted else []
        self.say(*found)
        return not found
