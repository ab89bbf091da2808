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


def pairing(old: Sequence, new: Sequence) -> dict[int, int] | None:
    """Which old item each new one is, by index; new ones are left out.

    None when it is not clear: items that are no mappings, two of one identity, or none that stays.
    """
    if not all(isinstance(item, Mapping) for item in (*old.items, *new.items)):
        return None
    known = _selves(old, new)
    pairs = [(index, known.get(_self(item), ())) for index, item in enumerate(new.items)]
    found = {index: places[0] for index, places in pairs if places}
    clear = all(len(places) < 2 for _, places in pairs) and len(set(found.values())) == len(found)
    return found if found and clear else None


Self = tuple[str, object]


def _selves(old: Node, new: Sequence) -> dict[Self | None, list[int]]:
    """Old items, by index, by what a new item would call them: the value under its first key."""
    keys = {own[0] for item in new.items if (own := _self(item))}
    found: dict[Self | None, list[int]] = {}
    for index, item in enumerate(_items(old)):
        said = {folded(key.text): value for key, value in reversed(_pairs(item)) if folded(key.text) in keys}
        for word, value in said.items():
            if isinstance(value, Scalar):
                found.setdefault((word, _said(value)), []).append(index)
    return found


def _self(item: Node) -> Self | None:
    """Key and value that a new item is known by; None when it has none."""
    first = _pairs(item)[:1]
    if not first or not isinstance(first[0][1], Scalar) or first[0][1].empty:
        return None
    return folded(first[0][0].text), _said(first[0][1])


def _said(value: Scalar) -> object:
    """What a value says, equal for those that are the `same`."""
    text = value.text.strip()
    number = numeral.parse(text) if len(text) <= 60 else None
    return (number.value, number.unit, number.hints) if number else _YES.get(text.lower(), text)


def carried(old: Node, new: Sequence) -> Iterator[Node]:
    """The new items, each with what only its old self has; an item that two old ones could be stays as it came."""
    selves = _selves(old, new)
    for item in new.items:
        places = selves.get(_self(item), ())
        known = [o for o in (_items(old)[place] for place in places) if isinstance(o, Mapping)]
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
