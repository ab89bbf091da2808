"""word/numbering.xml of a 底稿: its lists for its own styles and headers, none for what we write."""

from __future__ import annotations

from collections.abc import Container

from drafter.word.element import Element, W, etree
from drafter.word.kinds import child
from drafter.word.own.scrub import cut


def unlink(root: Element, styles: Container[str]) -> None:
    """Levels that number the paragraphs of these styles number them no more."""
    for one in list(root.iter(f"{{{W}}}pStyle")):
        if one.get(f"{{{W}}}val") in styles:
            cut(one)


def lists(root: Element) -> set[str]:
    """Ids of the lists; those without a definition, or there twice, are taken out."""
    defined = {one.get(f"{{{W}}}abstractNumId") for one in root.iter(f"{{{W}}}abstractNum")}
    found: set[str] = set()
    for one in root.findall(f"{{{W}}}num"):
        key, of = one.get(f"{{{W}}}numId") or "", child(one, "abstractNumId")
        if of is None or of.get(f"{{{W}}}val") not in defined or not key.isdecimal() or key in found:
            cut(one)
        else:
            found.add(key)
    return found


def bullets(root: Element) -> None:
    """Levels whose picture is gone have none."""
    empty = [one for one in root.iter(f"{{{W}}}numPicBullet") if not len(one)]
    for one in empty:
        cut(one)
    there = {one.get(f"{{{W}}}numPicBulletId") for one in root.iter(f"{{{W}}}numPicBullet")}
    for one in [e for e in root.iter(f"{{{W}}}lvlPicBulletId") if e.get(f"{{{W}}}val") not in there]:
        cut(one)


def without_lists(root: Element, there: Container[str]) -> None:
    """No paragraph or style names a list that is not there."""
    for one in list(root.iter(f"{{{W}}}numPr")):
        said = child(one, "numId")
        key = "0" if said is None else said.get(f"{{{W}}}val") or ""
        if key != "0" and key not in there:
            cut(one)


def definitions(root: Element) -> None:
    """Of definitions with one id the first stays."""
    seen: set[str] = set()
    for one in root.findall(f"{{{W}}}abstractNum"):
        key = one.get(f"{{{W}}}abstractNumId") or ""
        if key in seen or not key.isdecimal():
            cut(one)
        seen.add(key)
    etree.cleanup_namespaces(root)
