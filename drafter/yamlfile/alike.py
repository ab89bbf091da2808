"""When an old value and a new one say the same, and which item of a list is which."""

from __future__ import annotations

from collections.abc import Iterator

from drafter import numeral
from drafter.yamlfile.slip import folded
from drafter.yamlfile.tree import Mapping, Node, Scalar, Sequence

_YES = {"true": "是", "false": "否"}


def nothing(node: Node) -> bool:
    """Whether a node says nothing."""
    return (
        node.empty
        if isinstance(node, Scalar)
        else all(nothing(value) for _, value in _pairs(node)) and not _items(node)
    )


def _pairs(node: Node) -> tuple[tuple[Scalar, Node], ...]:
    return node.items if isinstance(node, Mapping) else ()


def _items(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, Sequence) else ()


def same(old: Scalar, new: Scalar) -> bool:
    """Whether two values say the same: the same text, the same yes or no, or the same number, hint and unit."""
    one, other = old.text.strip(), new.text.strip()
    if one == other or _YES.get(one.lower(), one) == _YES.get(other.lower(), other):
        return True
    if len(one) > 60 or len(other) > 60:
        return False
    first, second = numeral.parse(one), numeral.parse(other)
    return first is not None and second is not None and first == second and first.hints == second.hints


def alike(old: Node, new: Node) -> bool:
    """Whether a new item is the old one: mappings by their first value, texts by their place."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return _identity(old, new) is not None
    return isinstance(old, Scalar) and isinstance(new, Scalar)


def _identity(old: Mapping, new: Mapping) -> str | None:
    """The text of the first key of a new item, when the old one has the same there; None otherwise."""
    if not new.items:
        return None
    key, value = new.items[0]
    found = next((v for k, v in old.items if folded(k.text) == folded(key.text)), None)
    if isinstance(found, Scalar) and isinstance(value, Scalar) and not value.empty and same(found, value):
        return value.text
    return None


def same_items(old: Node, new: Sequence) -> bool:
    """Whether a list of plain values says the same."""
    ours = _items(old)
    return len(ours) == len(new.items) and all(
        isinstance(a, Scalar) and isinstance(b, Scalar) and same(a, b) for a, b in zip(ours, new.items, strict=True)
    )


def carried(old: Node, new: Sequence) -> Iterator[Node]:
    """The new items, each with what only its old self has; an item that two old ones could be stays as it came."""
    for item in new.items:
        known = [o for o in _items(old) if isinstance(o, Mapping) and isinstance(item, Mapping) and _identity(o, item)]
        if len(known) == 1 and isinstance(item, Mapping):
            mine = {folded(key.text): (key, value) for key, value in item.items}
            theirs = {folded(key.text) for key, _ in known[0].items}
            both = ((k, mine[folded(k.text)][1] if folded(k.text) in mine else v) for k, v in known[0].items)
            kept = [(k, _known_of(known[0], k) if nothing(v) else v) for k, v in both]
            yield Mapping((*kept, *(pair for word, pair in mine.items() if word not in theirs)))
        else:
            yield item


def _known_of(old: Mapping, key: Scalar) -> Node:
    return next(value for k, value in old.items if k is key)
