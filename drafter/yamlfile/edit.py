"""New values into an existing facts file: every comment, blank line, order and quoting around them stays as it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from drafter.diagnostic import DraftError, error, has_errors
from drafter.figure import OPERANDS
from drafter.source import Span
from drafter.yamlfile.alike import alike, carried, nothing, pairing, same, same_items
from drafter.yamlfile.pieces import Piece, pieces
from drafter.yamlfile.read import read
from drafter.yamlfile.slip import folded
from drafter.yamlfile.tree import Mapping, Node, Scalar, Sequence
from drafter.yamlfile.written import entry, flow, is_typed, items, pair, quoted, spelled, written

__all__ = ["Change", "merged", "written"]


@dataclass(frozen=True, slots=True)
class Change:
    """One value that changed: its fact, the keys below it (其中.教育), the texts, and the place in the old text.

    `done` False: nothing was changed, because the old value is of another shape (a list where a number came).
    """

    name: str
    key: str
    old: str
    new: str
    span: Span
    done: bool = True


def merged(text: str, tree: Mapping, file: str) -> tuple[str, tuple[Change, ...]]:
    """(text, changes): a facts file with the values of a tree laid over its own; nothing else changes by a byte.

    A value that is equal (same number and unit, or same text) stays as it is written; an empty value never replaces a
    known one; keys and facts that the tree lacks stay. `X: 6` becomes `X: {本期: 6, 上年同期: 11}` when more is known.
    A list takes the items of the tree in its order; items are recognised by their first key and keep what only the
    file has. New facts come last. Merging twice changes nothing more.
    Errors: DraftError with the findings when the text cannot be read.
    """
    old, findings = read(text, file)
    if old is None or has_errors(findings):
        raise DraftError(*findings)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    source = text.removeprefix("\ufeff")
    whole = source if not source or source[-1] in "\r\n" else source + line_end(source)
    root, end = pieces(whole)
    if isinstance(old, Scalar) and old.empty:
        root = None
    elif not isinstance(old, Mapping):
        raise DraftError(error("F101", "文件不是“键: 值”的写法", old.span, "每行写成 键: 值"))
    editor = _Editor(whole, file, end)
    editor.whole(root, tree)
    longer = any(start >= len(source) for start, _, _ in editor.edits)
    new = editor.text() if longer else editor.text()[: len(source) - len(whole) or None]
    return mark + new, tuple(editor.changes)


def line_end(text: str) -> str:
    """The line end that a text uses: LF, CRLF or CR; LF when it has none."""
    found = re.search("\r\n|\n|\r", text)
    return found[0] if found else "\n"


@dataclass(slots=True)
class _Editor:
    """Collects what is to be replaced in the source, and applies it in one go."""

    source: str
    file: str
    end: int
    edits: list[tuple[int, int, str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    @property
    def newline(self) -> str:
        """The line end of the file."""
        return line_end(self.source)

    def text(self, first: int = 0, last: int | None = None) -> str:
        """A stretch of the source (all of it) with the edits in it; those at one place in the order they came."""
        pieces, at = [], first
        for start, end, new in sorted(self.edits, key=lambda edit: edit[0]):
            pieces += [self.source[at:start], new]
            at = end
        return "".join([*pieces, self.source[at:last]])

    def end_of_line(self, at: int) -> int:
        """Where the line of an offset ends, before its line end."""
        found = (i for i in (self.source.find("\n", at), self.source.find("\r", at)) if i >= 0)
        return min(found, default=len(self.source))

    def column(self, at: int) -> int:
        """How far an offset stands in its line."""
        return at - max(self.source.rfind("\n", 0, at), self.source.rfind("\r", 0, at)) - 1

    def span(self, at: int) -> Span:
        """The place of an offset."""
        if not self.starts:
            self.starts += [0, *(found.end() for found in re.finditer("\r\n|\n|\r", self.source))]
        return Span(self.file, bisect_right(self.starts, at), self.column(at) + 1)

    def replace(self, start: int, end: int, new: str) -> None:
        """An edit."""
        self.edits.append((start, end, new))

    def say(self, path: tuple[str, ...], old: str, new: Node, at: int, *, done: bool = True) -> None:
        """A change."""
        shown = new.text if isinstance(new, Scalar) else flow(new, path[-1])
        self.changes.append(Change(path[0], ".".join(path[1:]), old, shown, self.span(at), done))

    def lines_after(self, at: int, lines: list[str]) -> None:
        """Whole lines below the line of an offset."""
        after = min(self.end_of_line(at) + len(self.newline), len(self.source))
        self.replace(after, after, self.newline.join([*lines, ""]))

    def whole(self, root: Piece | None, tree: Mapping) -> None:
        """The facts of the tree into the file; new ones at its end."""
        if root is not None:
            added = self.known(root, tree, ())
            if root.flow:
                self.add_flow(root, added, ())
                return
        else:
            added = list(_once(tree))
        indent = " " * (self.column(root.pairs[0][0].start) if root and root.pairs else 0)
        lines = [line for key, node in added for line in entry(key, node, indent)]
        for key, node in added:
            self.say((key.text,), "", node, len(self.source[: self.end].rstrip("\r\n")))
        if lines:
            self.replace(self.end, self.end, self.newline.join([*lines, ""]))

    def known(self, old: Piece, new: Mapping, path: tuple[str, ...]) -> list[tuple[Scalar, Node]]:
        """Merge the keys that the old mapping has; the others are returned."""
        found = {key.key: (key, value) for key, value in reversed(old.pairs)}
        added = []
        for key, node in _once(new):
            word = folded(key.text)
            if word in found:
                self.value(*found[word], node, (*path, key.text), in_flow=old.flow)
            elif not nothing(node) or not path or word not in OPERANDS:
                added.append((key, node))
        return added

    def value(self, key: Piece, old: Piece, new: Node, path: tuple[str, ...], *, in_flow: bool) -> None:
        """One value over another."""
        if nothing(new):
            return
        if old.empty:
            self.fill(key, old, new, path, in_flow=in_flow)
            return
        match old.node, new:
            case Scalar(), Scalar():
                self.scalar(old, new, path, in_flow=in_flow)
            case Scalar(), Mapping():
                self.grow(old, new, path, in_flow=in_flow)
            case Mapping(), Scalar():
                plain = Scalar(_main(path), span=new.span)
                self.mapping(old, Mapping(((plain, new),)), path)
            case Mapping(), Mapping():
                self.mapping(old, new, path)
            case Sequence(), Sequence():
                self.sequence(old, new, path)
            case _:
                self.say(path, self.source[old.start : old.end], new, old.start, done=False)

    def scalar(self, old: Piece, new: Scalar, path: tuple[str, ...], *, in_flow: bool) -> None:
        """A value in place of another, unless it says the same; what was quoted stays quoted."""
        assert isinstance(old.node, Scalar)
        if same(old.node, new):
            return
        self.say(path, old.node.text, new, old.start)
        anew = quoted(new.text) if old.node.style in ('"', "'") else self.spell(new, path, in_flow=in_flow)
        self.replace(old.start, old.end, anew)

    def spell(self, new: Scalar, path: tuple[str, ...], *, in_flow: bool) -> str:
        """A value as it is written at a path."""
        inside = path[-2] if len(path) > 1 else ""
        return spelled(new, flow=in_flow, typed=is_typed(folded(path[-1]), inside))

    def fill(self, key: Piece, old: Piece, new: Node, path: tuple[str, ...], *, in_flow: bool) -> None:
        """A value where none was: behind the colon, or a list in the lines below."""
        self.say(path, "", new, key.start)
        bare = old.start == old.end
        if isinstance(new, Sequence) and new.items and bare and not in_flow:
            indent = " " * (self.column(key.start) + 2)
            self.lines_after(old.start, list(items(new, indent)))
            return
        text = self.spell(new, path, in_flow=in_flow) if isinstance(new, Scalar) else flow(new, path[-1])
        colon = ":" in self.source[key.end : old.start]
        at = old.start if colon or not bare else key.end
        space = "" if not bare or (colon and self.source[at - 1].isspace()) else " "
        self.replace(at, old.end if not bare else at, ("" if colon else ":") + space + text)

    def grow(self, old: Piece, new: Mapping, path: tuple[str, ...], *, in_flow: bool) -> None:
        """6 → {本期: 6, 上年同期: 11}; a mapping that only says the main value is that value."""
        assert isinstance(old.node, Scalar)
        main = _main(path)
        said = next((node for key, node in new.items if folded(key.text) == main), None)
        rest = [
            (k, v) for k, v in new.items if folded(k.text) != main and not (nothing(v) and folded(k.text) in OPERANDS)
        ]
        if said is not None and not isinstance(said, Scalar):
            self.say(path, old.node.text, new, old.start, done=False)
            return
        kept = said is None or said.empty or same(old.node, said)
        if not rest:
            if not kept and said is not None:
                self.scalar(old, said, path, in_flow=in_flow)
            return
        first = Scalar(old.node.text, old.node.style) if kept or said is None else said
        whole = Mapping(((Scalar(main), first), *rest))
        self.say(path, old.node.text, whole, old.start)
        self.replace(old.start, old.end, flow(whole, path[-1]))

    def mapping(self, old: Piece, new: Mapping, path: tuple[str, ...]) -> None:
        """Keys over keys; new ones go behind the last."""
        added = self.known(old, new, path)
        if old.flow:
            self.add_flow(old, added, path)
        elif added:
            indent = " " * self.column(old.pairs[0][0].start)
            for key, node in added:
                self.say((*path, key.text), "", node, old.start)
            self.lines_after(old.end, [line for key, node in added for line in entry(key, node, indent)])

    def add_flow(self, old: Piece, added: list[tuple[Scalar, Node]], path: tuple[str, ...]) -> None:
        """New keys inside { }, behind the last one and its comma if there is one."""
        if not added:
            return
        for key, node in added:
            self.say((*path, key.text), "", node, old.start)
        text = ", ".join(pair(key, node, path[-1] if path else "") for key, node in added)
        at = max([old.start + 1, *(value.end for _, value in old.pairs), *(key.end for key, _ in old.pairs)])
        comma = old.pairs and "," not in _code(self.source[at : old.end - 1])
        if old.pairs and not comma:
            at = at + _code(self.source[at : old.end - 1]).index(",") + 1
        self.replace(at, at, (", " if comma else " " if old.pairs else "") + text)

    def sequence(self, old: Piece, new: Sequence, path: tuple[str, ...]) -> None:
        """The items of the tree: in place as long as they are the same ones in the same order, else written anew."""
        if same_items(old.node, new):
            return
        paired = list(zip(old.items, new.items, strict=False))
        if len(new.items) < len(old.items) or not all(alike(piece.node, item) for piece, item in paired):
            pairs = pairing(old.node, new) if isinstance(old.node, Sequence) and not old.flow else None
            if pairs:
                self.moved(old, new, pairs, path)
                return
            whole = Sequence(tuple(carried(old.node, new)))
            self.say(path, flow(old.node, path[-1]), whole, old.start)
            lines = list(items(whole, " " * self.column(old.start)))
            anew = flow(whole, path[-1]) if old.flow or not whole.items else self.newline.join(lines).lstrip(" ")
            self.replace(old.start, old.end, anew)
            return
        for number, (piece, item) in enumerate(paired, start=1):
            here = (*path, f"第{number}项")
            if isinstance(item, Mapping):
                self.mapping(piece, item, here)
            elif isinstance(item, Scalar) and not item.empty:
                self.scalar(piece, item, here, in_flow=old.flow)
        self.append(old, Sequence(new.items[len(old.items) :]), path)

    def moved(self, old: Piece, new: Sequence, pairs: dict[int, int], path: tuple[str, ...]) -> None:
        """The items in the order of the tree, each with the comments at its side and above it, but for those above the first."""
        ends = [min(self.end_of_line(item.end) + len(self.newline), len(self.source)) for item in old.items]
        starts = [old.start - self.column(old.start), *ends[:-1]]
        indent = " " * self.column(old.start)
        lines = []
        for number, item in enumerate(new.items, start=1):
            at = pairs.get(number - 1)
            if at is None or not isinstance(item, Mapping):
                self.say((*path, f"第{number}项"), "", item, old.start)
                lines += [line + self.newline for line in items(Sequence((item,)), indent)]
                continue
            inside = _Editor(self.source, self.file, self.end, starts=self.starts)
            inside.mapping(old.items[at], item, (*path, f"第{number}项"))
            self.changes += inside.changes
            lines.append(inside.text(starts[at], ends[at]))
        for at in sorted(set(range(len(old.items))) - set(pairs.values())):
            gone = self.source[old.items[at].start : old.items[at].end]
            self.say((*path, f"第{at + 1}项"), gone, Scalar(""), old.items[at].start)
        self.replace(starts[0], ends[-1], "".join(lines))

    def append(self, old: Piece, new: Sequence, path: tuple[str, ...]) -> None:
        """New items behind the last one."""
        if not new.items:
            return
        self.say(path, "", new, old.start)
        if not old.flow:
            self.lines_after(old.end, list(items(new, " " * self.column(old.start))))
            return
        at = max([old.start + 1, *(item.end for item in old.items)])
        self.replace(at, at, (", " if old.items else "") + flow(new, "")[1:-1])


def _once(tree: Mapping) -> Iterator[tuple[Scalar, Node]]:
    """The pairs of a mapping; of a name that stands twice the first one."""
    seen: set[str] = set()
    for key, node in tree.items:
        if folded(key.text) not in seen:
            seen.add(folded(key.text))
            yield key, node


def _code(text: str) -> str:
    """A stretch between values with its comments blanked out."""
    return "".join(
        " " * len(line) if line.lstrip().startswith("#") else _before_comment(line)
        for line in text.splitlines(keepends=True)
    )


def _before_comment(line: str) -> str:
    code, mark, rest = line.partition(" #")
    return code + " " * len(mark + rest)


def _main(path: tuple[str, ...]) -> str:
    """The key that a plain value stands for: 第 of a 位次, 本期 of a figure."""
    return "第" if folded(path[-1]) == "位次" and len(path) > 1 else "本期"
