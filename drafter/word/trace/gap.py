"""Between two runs: where new text stands so that it is in no bookmark and no field that ends or begins there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from drafter.trace import NAME
from drafter.word.element import Element
from drafter.word.kinds import attribute, kind
from drafter.word.trace.runs import Atom, is_sign

Put = Callable[[Element], None]
"""Puts an element into its place."""


def slot(paragraph: Element, left: Atom | None, right: Atom | None) -> Put:
    """Where text between two neighbouring runs goes; the next piece is put behind the one before it."""
    gap = _Gap(paragraph, left, right)
    closer = gap.closer()
    if closer is not None:
        return behind(closer)
    if left is not None:
        return behind(gap.outside(left.run, right))
    first = gap.opener()
    if first is None and right is not None:
        first = right.run
    return _before(_front(first, paragraph)) if first is not None else _last(paragraph)


def behind(element: Element) -> Put:
    """Behind an element, one behind another."""
    at = element

    def put(made: Element) -> None:
        nonlocal at
        at.addnext(made)
        at = made

    return put


def _before(element: Element) -> Put:
    return element.addprevious


def _last(paragraph: Element) -> Put:
    return paragraph.append


def _front(element: Element, paragraph: Element) -> Element:
    """What an element is the beginning of."""
    while (above := element.getparent()) is not None and above is not paragraph:
        if any(not kind(one).endswith("Pr") for one in element.itersiblings(preceding=True)):
            break
        element = above
    return element


@dataclass(slots=True)
class _Gap:
    """What stands between the text of two runs."""

    paragraph: Element
    left: Atom | None
    right: Atom | None

    def between(self) -> Iterator[Element]:
        """Elements behind the left run, up to the right one, in order."""
        inside = set() if self.left is None else set(self.left.run.iter())
        seen = self.left is None
        for one in self.paragraph.iter():
            if self.right is not None and one is self.right.run:
                return
            if one in inside:
                seen = True
            elif seen and one is not self.paragraph:
                yield one

    def closer(self) -> Element | None:
        """The last end, between the two, of something that began before: a bookmark, a field."""
        found, begun = None, set()
        for one in self.between():
            if kind(one) == "bookmarkStart":
                begun.add(attribute(one, "id"))
            elif kind(one) == "bookmarkEnd" and attribute(one, "id") not in begun:
                found = one
            if is_sign(one, "end"):
                found = one.getparent()
        return found

    def opener(self) -> Element | None:
        """The first beginning of a figure's bookmark or of a field."""
        for one in self.between():
            if kind(one) == "bookmarkStart" and NAME.fullmatch(attribute(one, "name") or ""):
                return one
            if is_sign(one, "begin"):
                return one.getparent()
        return None

    def outside(self, element: Element, right: Atom | None) -> Element:
        """The largest thing that ends with a run and holds neither the next one nor the beginning of a figure."""
        opener = self.opener()
        while (above := element.getparent()) is not None and above is not self.paragraph:
            if (right is not None and right.run in above.iter()) or (opener is not None and opener in above.iter()):
                break
            element = above
        return element
