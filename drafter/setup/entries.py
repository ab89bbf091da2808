"""Some entries of a facts or indicators file, as they are written: comments above them stay, the others go."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from drafter import yamlfile
from drafter.source import Span
from drafter.yamlfile import Mapping, Node, Scalar
from drafter.yamlfile.read import read
from drafter.yamlfile.written import written

OFFICE = "责任单位"


def kept(text: str, file: str, keep: Callable[[str], bool]) -> str:
    """The text with only the top entries whose names are to be kept.

    A line of comment stands for the entries below it, up to the next one, and goes when they all go. A text that
    cannot be read is given back as it is.
    """
    tree = read(text, file)[0]
    if not isinstance(tree, Mapping):
        return text
    lines = text.removeprefix("\ufeff").splitlines()
    starts = [key.span.line - 1 for key, _ in tree.items]
    if len(set(starts)) < len(starts):
        return written(Mapping(tuple((k, v) for k, v in tree.items if keep(k.text))))
    done: list[str] = []
    waiting = lines[: starts[0]] if starts else lines
    for (key, _), start, end in zip(tree.items, starts, [*starts[1:], len(lines)], strict=True):
        body, behind = _parted(lines[start:end])
        if keep(key.text):
            done += [*waiting, *body]
            waiting = []
        waiting = behind or waiting
    return "\n".join([*done, ""])


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """(the lines of an entry, the blank lines and comments behind it that belong to what follows)."""
    end = len(lines)
    while end > 1 and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return lines[:end], lines[end:]


def names(text: str, file: str) -> tuple[str, ...]:
    """The names of the top entries."""
    tree = read(text, file)[0]
    return tuple(key.text.strip() for key, _ in tree.items) if isinstance(tree, Mapping) else ()


def without_offices(text: str, file: str, drop: Callable[[str], bool]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """(the indicators with 责任单位: "" where it is to be dropped, (indicator, office) of each that was)."""
    tree = read(text, file)[0]
    lines = text.split("\n")
    dropped = []
    for name, value in sorted(_offices(tree), key=lambda pair: pair[1].span, reverse=True):
        if drop(value.text.strip()):
            lines[value.span.line - 1] = _emptied(lines[value.span.line - 1], value.span, value)
            dropped.append((name, value.text.strip()))
    return "\n".join(lines), tuple(reversed(dropped))


def _offices(tree: Node | None) -> Iterator[tuple[str, Scalar]]:
    for key, node in tree.items if isinstance(tree, Mapping) else ():
        for inner, value in node.items if isinstance(node, Mapping) else ():
            if inner.text.strip() == OFFICE and isinstance(value, Scalar) and not value.empty:
                yield key.text.strip(), value


def _emptied(line: str, span: Span, value: yamlfile.Scalar) -> str:
    """The line with an empty pair of quotes in the place of the value."""
    at = span.column - 1
    quote = line[at] if value.quoted and line[at] in "\"'" else ""
    end = line.index(quote, at + 1) + 1 if quote else at + len(value.text)
    return f'{line[:at]}""{line[end:]}'
