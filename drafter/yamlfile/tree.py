"""The located tree of a YAML text, built from parser events: raw text, never typed, never an alias."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from drafter.diagnostic import Diagnostic, error
from drafter.source import Span
from drafter.yamlfile.slip import clamped, folded, key_findings, lonely_key, slip, swallowed, value_findings

MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_FINDINGS = 100
MAX_SCALAR = 100_000


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value or key: its text as written (escapes of quoted text resolved); style is '' " ' | or >."""

    text: str
    style: str = ""
    span: Span = field(default=Span("", 1, 1), compare=False)

    @property
    def quoted(self) -> bool:
        """Whether the writer said that it is text."""
        return bool(self.style)

    @property
    def empty(self) -> bool:
        """Nothing, ~ or null: not known yet."""
        return not self.style and self.text in ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and values in order."""

    items: tuple[tuple[Scalar, Node], ...] = ()
    span: Span = field(default=Span("", 1, 1), compare=False)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Items in order."""

    items: tuple[Node, ...] = ()
    span: Span = field(default=Span("", 1, 1), compare=False)


Node = Scalar | Mapping | Sequence


class Enough(Exception):
    """Reading ends here: a limit was passed."""


@dataclass(slots=True)
class _Open:
    """A collection that is being read; `key` waits for its value, `keyless` drops the value of a key that is none."""

    span: Span
    mapping: bool
    flow: bool
    label: str
    pairs: list[tuple[Scalar, Node]] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    seen: dict[str, Scalar] = field(default_factory=dict)
    key: Scalar | None = None
    keyless: bool = False

    @property
    def wants_key(self) -> bool:
        return self.mapping and self.key is None and not self.keyless

    def node(self) -> Node:
        return Mapping(tuple(self.pairs), self.span) if self.mapping else Sequence(tuple(self.items), self.span)


class Builder:
    """Turns events into nodes with a stack of its own, so that depth is a number and not a crash."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file = file
        self.lines = lines
        self.findings: list[Diagnostic] = []
        self.root: Node | None = None
        self.stack: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def say(self, *findings: Diagnostic) -> None:
        """Keep findings; after MAX_FINDINGS reading ends."""
        self.findings += findings
        if len(self.findings) >= MAX_FINDINGS:
            raise Enough

    def end(self, code: str, message: str, span: Span, hint: str) -> None:
        """A finding, and no further."""
        self.findings.append(error(code, message, span, hint))
        raise Enough

    def take(self, event: Any) -> None:
        """One event."""
        handler = _HANDLERS.get(type(event).__name__)
        if handler is not None:
            handler(self, event)

    def place(self, event: Any) -> Span:
        """Where an event starts."""
        return clamped((event.start_mark.line, event.start_mark.column), self.lines, self.file)

    def label(self) -> str:
        """The innermost key around here, for messages."""
        top = self.stack[-1] if self.stack else None
        return "" if top is None else (top.key.text if top.key else top.label)

    def document(self, event: Any) -> None:
        """A directive is F106, and so is a second document, which ends reading."""
        self.documents += 1
        if event.version or event.tags:
            self.say(error("F106", "用了 YAML 指令（%）", Span(self.file, 1, 1), "去掉 % 开头的行"))
        if self.documents > 1:
            self.end("F106", "一个文件里有多个文档（---）", self.place(event), "去掉 ---，或拆成几个文件")

    def alias(self, event: Any) -> None:
        """F106; an empty value stands in its place."""
        span = self.place(event)
        self.say(error("F106", f"用了 YAML 的引用（*{event.anchor}）", span, "把内容写出来；如果是文字，加半角引号"))
        self.put(Scalar("", span=span))

    def plainly(self, event: Any) -> Span:
        """The place of a node, counted; F106 for an anchor or a tag on it."""
        self.nodes += 1
        span = self.place(event)
        if self.nodes > MAX_NODES:
            self.end("F109", f"内容超过 {MAX_NODES} 项", span, "拆成几个文件，明细另放 xlsx")
        if event.anchor:
            self.say(error("F106", f"用了 YAML 的锚点（&{event.anchor}）", span, "去掉它；如果是文字，加半角引号"))
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.say(error("F106", f"用了 YAML 的类型标签（{tag}）", span, "去掉它；如果是文字，加半角引号"))
        return span

    def scalar(self, event: Any) -> None:
        """A key or a value."""
        span = self.plainly(event)
        if len(event.value) > MAX_SCALAR:
            self.end("F109", f"“{self.label()}”的文字超过 {MAX_SCALAR} 字", span, "长文写进模板，不写进事实")
        if not event.style and event.end_mark.line > event.start_mark.line:
            self.continued(event.start_mark.line + 1, event.end_mark.line + 1)
        self.put(Scalar(event.value, event.style or "", span))

    def continued(self, first: int, end: int) -> None:
        """F101 for a line that was swallowed by the plain text before it and was meant as 键: 值.

        A file that is nothing but text is told once, where it begins.
        """
        if not self.label():
            return
        for number in range(first, min(end, len(self.lines))):
            line = self.lines[number]
            column = len(line) - len(line.lstrip()) + 1
            self.say(*swallowed(line.strip(), Span(self.file, number + 1, column), self.label()))

    def open(self, event: Any) -> None:
        """A collection starts; as a key it is F101 and is read only to find its end."""
        span = self.plainly(event)
        if len(self.stack) >= MAX_DEPTH:
            self.end("F109", f"嵌套超过 {MAX_DEPTH} 层", span, "事实一般不超过三层，看括号和缩进")
        if self.stack and self.stack[-1].wants_key:
            found = slip(self.lines[span.line - 1], Span(self.file, span.line, 1))
            self.say(found or error("F101", "键不能是括号或列表", span, "写成 键: 值；是文字就加半角引号"))
        is_mapping = type(event).__name__ == "MappingStartEvent"
        self.stack.append(_Open(span, is_mapping, bool(event.flow_style), self.label()))

    def close(self, _: Any) -> None:
        """A collection ends."""
        self.put(self.stack.pop().node())

    def put(self, node: Node) -> None:
        """A whole node: the root, an item, a key or a value."""
        if not self.stack:
            self.checked(node, None)
            self.root = node
            return
        top = self.stack[-1]
        if top.wants_key:
            self.put_key(top, node)
        elif top.key is not None:
            self.checked(node, top)
            if not self.lonely(top.key, node, top):
                top.pairs.append((top.key, node))
            top.key = None
        elif top.keyless:
            top.keyless = False
        else:
            self.checked(node, top)
            top.items.append(node)

    def put_key(self, top: _Open, node: Node) -> None:
        """A key: F101, F106 or F108 when its text is odd, F102 when it stands twice (the first one counts)."""
        top.keyless = True
        if not isinstance(node, Scalar):
            return
        self.say(*key_findings(node.text, node.span, quoted=node.quoted))
        name = folded(node.text)
        first = top.seen.setdefault(name, node)
        if first is not node:
            self.say(replace(
                error("F102", f"“{name}”写了两遍", node.span, "留下对的一行，删去另一行", node.text[:40]),
                also=((first.span, "第一处在"),),
            ))  # fmt: skip
        elif name and not (name == "<<" and not node.quoted):
            top.key, top.keyless = node, False

    def checked(self, node: Node, top: _Open | None) -> None:
        """Findings about a value that is text."""
        if not isinstance(node, Scalar):
            return
        key = top.key if top else None
        same_line = key is None or key.span.line == node.span.line
        found = value_findings(node.text, node.span, self.label(), quoted=node.quoted, same_line=same_line)
        if found:
            self.say(*found)

    def lonely(self, key: Scalar, node: Node, top: _Open) -> bool:
        """Whether the key is no key but a slip inside { }: F101 says it, and nothing more is made of it."""
        bare = isinstance(node, Scalar) and not node.text and not node.style
        found = lonely_key(key.text, key.span) if bare and top.flow and not key.quoted else []
        self.say(*found)
        return bool(found)


_HANDLERS: dict[str, Callable[[Builder, Any], None]] = {
    "DocumentStartEvent": Builder.document,
    "AliasEvent": Builder.alias,
    "ScalarEvent": Builder.scalar,
    "MappingStartEvent": Builder.open,
    "SequenceStartEvent": Builder.open,
    "MappingEndEvent": Builder.close,
    "SequenceEndEvent": Builder.close,
}
