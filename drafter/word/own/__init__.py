"""底稿: an office's own .docx as the package of a report: its styles, headers and footers, and nothing of its text.

Taken: styles, fonts, theme, lists, the settings that touch looks, and the headers and footers of its last section with
their pictures. Left behind: text, notes, comments, tracked changes, properties, template, data, macros, and whatever
leads out of the file but addresses on the web. Paper and margins are the layout's; how far headers and footers stand
from the edge of the paper, the form of the page number and the grid of lines are the own file's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from drafter.diagnostic import Diagnostic, DraftError, error, warning
from drafter.layout.model import NOTHING, Layout
from drafter.source import Span
from drafter.word.drawing import A, d
from drafter.word.element import Element, W, etree, w, xml
from drafter.word.own.given import NAME, Given, given
from drafter.word.own.letterhead import Letterhead, Reference
from drafter.word.own.lists import bullets, definitions, lists, unlink, without_lists
from drafter.word.own.merge import Merged
from drafter.word.own.order import order
from drafter.word.own.scrub import scrub, top
from drafter.word.parts import Parts
from drafter.word.read import UNFORESEEN
from drafter.word.refusals import refusal

_NUMBERING = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
STYLES, SETTINGS, THEME, FONTS, LISTS = (
    f"word/{name}.xml" for name in ("styles", "settings", "theme/theme1", "fontTable", "numbering")
)


@dataclass(frozen=True, slots=True)
class Own:
    """What an own file gives."""

    members: Mapping[str, bytes]
    """The package without text, by member name."""
    usual: tuple[Reference, ...] = ()
    """Headers and footers of every section."""
    first: tuple[Reference, ...] = ()
    """Those of the first page; not empty where it is another than the rest."""
    has_footer: bool = False
    """Whether it has a footer of its own; else the page numbers are ours."""
    header: int | None = None
    """From the edge of the paper to the header, in twips; None: as the layout says."""
    footer: int | None = None
    form: str = ""
    """w:fmt of its page numbers."""
    grid: tuple[tuple[str, str], ...] = ()
    """w:docGrid; empty without one."""
    left: tuple[str, ...] = ()
    """What of its headers and footers could not be taken, in words."""


@cache
def own(layout: Layout) -> Own | None:
    """What the 底稿 of a layout gives; None without one.

    Errors: DraftError D101–D106, Y108 for a file that cannot be used.
    """
    if layout.base is None:
        return None
    try:
        return _made(layout, given(layout.base))
    except DraftError:
        raise
    except (RecursionError, MemoryError) as fault:
        raise refusal("D104", NAME) from fault
    except Exception as fault:  # what a stranger's file provokes ends as a finding, never as a traceback
        raise refusal("D103", NAME, UNFORESEEN) from fault


def faults(layout: Layout) -> tuple[Diagnostic, ...]:
    """What is wrong with the 底稿 of a layout: Y108 when it cannot be used, Y111 for what stays behind. Never raises."""
    place = layout.base_place or Span("drafter.yaml", 1, 1)
    try:
        found = own(layout)
    except DraftError as refused:
        first = refused.diagnostics[0]
        return (error("Y108", f"底稿不能用：{first.message}", place, first.hint),)
    if found is None or not found.left:
        return ()
    words = f"底稿的页眉页脚里有带不过来的：{'、'.join(found.left)}"
    return (warning("Y111", words, place, "在底稿里改成普通的文字、图片和页码；不要紧的不用管"),)


def _made(layout: Layout, file: Given) -> Own:
    from drafter.word.base import plain
    from drafter.word.section import EVEN, ODD

    head = Letterhead(file, layout)
    numbers = layout.numbers if head.numbered else replace(layout.numbers, form=NOTHING)
    parts = Parts(plain(replace(layout, base=None, numbers=numbers)))
    styles = _styles(file, parts)
    known = _numbering(file, parts, styles)
    without_lists(styles.root, known)
    order(styles.root)
    parts.fill(STYLES, xml(styles.root))
    _settings(file, parts, even=head.even or head.numbered)
    _theme(file, parts)
    _fonts(file, parts)
    usual, first = head.add(parts, styles, known, (ODD, EVEN))
    left = tuple(dict.fromkeys(file.left))
    members = MappingProxyType(parts.members())
    return Own(members, usual, first, head.has_footer, *head.distances(), head.form(), head.grid(), left)


def _styles(file: Given, parts: Parts) -> Merged:
    """The own styles with those they lack."""
    ours = etree.fromstring(parts.base[STYLES])
    found = file.part("styles", "styles")
    merged = Merged(w("styles", *_defaults(ours)) if found is None else found, ours)
    scrub(merged.root)
    top(merged.root, "style")
    order(merged.root)
    merged.merge()
    return merged


def _defaults(ours: Element) -> Iterator[Element]:
    yield from ours.findall(f"{{{W}}}docDefaults")


def _numbering(file: Given, parts: Parts, styles: Merged) -> set[str]:
    """Adds the own lists; returns their ids."""
    root = file.part("numbering", "numbering")
    if root is None:
        return set()
    scrub(root)
    top(root, "abstractNum", "num")
    order(root)
    definitions(root)
    styles.rename(root)
    unlink(root, {one.get(f"{{{W}}}styleId") or "" for one in styles.ours.iter(f"{{{W}}}style")})
    known = lists(root)
    parts.add(LISTS, b"", _NUMBERING, "numbering")
    file.reach(root, parts, LISTS, file.member("numbering"))
    bullets(root)
    parts.fill(LISTS, xml(root))
    return known


def _settings(file: Given, parts: Parts, *, even: bool) -> None:
    """The own settings that touch looks; ours without any."""
    ours = etree.fromstring(parts.base[SETTINGS])
    root = file.part("settings", "settings")
    if root is None:
        root = ours
    else:
        scrub(root)
        _replace(root, ours, "zoom")
        if root.find(f"{{{W}}}compat") is None:
            _replace(root, ours, "compat")
    for one in root.findall(f"{{{W}}}evenAndOddHeaders"):
        root.remove(one)
    if even:
        root.append(w("evenAndOddHeaders"))
    order(root)
    parts.fill(SETTINGS, xml(root))


def _replace(root: Element, ours: Element, name: str) -> None:
    """Puts our elements of a name in the place of those there."""
    for one in root.findall(f"{{{W}}}{name}"):
        root.remove(one)
    root.extend(ours.findall(f"{{{W}}}{name}"))


def _theme(file: Given, parts: Parts) -> None:
    """The own theme. Why no pictures: only slides show them."""
    root = file.part("theme", "theme")
    if root is None:
        return
    scrub(root)
    for one in list(root.iter(f"{{{A}}}blipFill")):
        one.tag = f"{{{A}}}solidFill"
        one[:] = [d("a:schemeClr", val="phClr")]
        for name in list(one.attrib):
            del one.attrib[name]
    parts.fill(THEME, xml(root))


def _fonts(file: Given, parts: Parts) -> None:
    """The own table of fonts with ours behind; embedded fonts stay unless they hold the letters of the old text alone."""
    root = file.part("fontTable", "fonts")
    if root is None:
        return
    scrub(root)
    known = {(one.get(f"{{{W}}}name") or "").casefold() for one in root}
    ours = etree.fromstring(parts.base[FONTS])
    root.extend([one for one in ours if (one.get(f"{{{W}}}name") or "").casefold() not in known])
    file.reach(root, parts, FONTS, file.member("fontTable"), fonts=not file.says("saveSubsetFonts"))
    order(root)
    parts.fill(FONTS, xml(root))
