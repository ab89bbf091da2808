"""A facts file as pieces of its text: every node of the tree with where it starts and ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from drafter.yamlfile.slip import folded
from drafter.yamlfile.tree import Mapping, Node, Scalar, Sequence


@dataclass(slots=True)
class Piece:
    """A node of the old text with its extent; a block ends where its last value does."""

    start: int
    end: int
    node: Node = field(default_factory=lambda: Scalar(""))
    flow: bool = False
    pairs: list[tuple[Piece, Piece]] = field(default_factory=list)
    items: list[Piece] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        return isinstance(self.node, Scalar) and self.node.empty

    @property
    def key(self) -> str:
        """The text of a key as compared."""
        return folded(self.node.text) if isinstance(self.node, Scalar) else ""


def pieces(source: str) -> tuple[Piece | None, int]:
    """(root, where the document ends) of a text that was read without errors."""
    import yaml

    events: Iterator[Any] = iter(yaml.parse(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    root, end = None, len(source)
    for event in events:
        name = type(event).__name__
        if name == "DocumentEndEvent" and event.explicit:
            end = event.start_mark.index
        elif name not in ("StreamStartEvent", "StreamEndEvent", "DocumentStartEvent", "DocumentEndEvent"):
            root = piece(event, events, source)
    return root, end


def piece(event: Any, events: Iterator[Any], source: str) -> Piece:
    """The piece that starts with an event; depth was limited when the text was read."""
    start, end = event.start_mark.index, event.end_mark.index
    name = type(event).__name__
    if name == "ScalarEvent":
        if event.style in ("|", ">"):
            end = start + len(source[start:end].rstrip())
        return Piece(start, end, Scalar(event.value, event.style or ""))
    inner: list[Piece] = []
    while not type(event := next(events)).__name__.endswith(("MappingEndEvent", "SequenceEndEvent")):
        inner.append(piece(event, events, source))
    is_flow = event.end_mark.index > event.start_mark.index
    last = event.end_mark.index if is_flow else max([start, *(one.end for one in inner)])
    if name == "SequenceStartEvent":
        return Piece(start, last, Sequence(tuple(p.node for p in inner)), is_flow, [], inner)
    pairs = list(zip(inner[::2], inner[1::2], strict=True))
    node = Mapping(tuple((key.node, value.node) for key, value in pairs if isinstance(key.node, Scalar)))
    return Piece(start, last, node, is_flow, pairs)
