"""What styles have from one another: those that are added to a 底稿 stand on its 正文, or on a basis of their own."""

from __future__ import annotations

from copy import deepcopy

from drafter.word.element import Element, W, w
from drafter.word.styles import style

BODY = style("正文")
"""Id of the style of the text."""
BASIS = "LayoutBasis"
"""Id of the style below those that are added."""
_BASIS_NAME = "版式基准"
_SLOTS = ("ascii", "hAnsi", "eastAsia", "cs")


def q(name: str) -> str:
    """The full name of something of w:."""
    return f"{{{W}}}{name}"


def val(parent: Element | None, name: str) -> str:
    """What a child says; '' when it is not there."""
    found = None if parent is None else parent.find(q(name))
    return "" if found is None else found.get(q("val")) or ""


def group(one: Element, name: str) -> Element:
    """The w:pPr or w:rPr of a style, made when it has none."""
    found = one.find(q(name))
    if found is None:
        found = w(name)
        one.append(found)
    return found


_PLAIN: dict[tuple[str, str], dict[str, object]] = {
    ("pPr", "ind"): {
        "leftChars": 0, "left": 0, "rightChars": 0, "right": 0, "firstLineChars": 0, "firstLine": 0,
    },
    ("pPr", "keepNext"): {"val": 0},
    ("rPr", "b"): {"val": 0},
    ("rPr", "color"): {"val": "auto"},
}  # fmt: skip
"""What takes back a property that a style says nothing of."""


def differ(one: Element, body: Element) -> None:
    """Leaves in a style what differs from another one, which it then may stand on."""
    for (place, name), plain in _PLAIN.items():
        theirs, mine = body.find(f"{q(place)}/{q(name)}"), one.find(f"{q(place)}/{q(name)}")
        if theirs is not None and mine is None:
            group(one, place).append(w(name, **plain))
        elif theirs is not None and mine is not None and name == "ind" and dict(mine.attrib) != dict(theirs.attrib):
            for attribute in theirs.attrib:
                mine.set(attribute, mine.get(attribute) or "0")
    for place in ("pPr", "rPr"):
        for said in list(group(one, place)):
            same = body.find(f"{q(place)}/{said.tag!s}")
            if same is not None and dict(same.attrib) == dict(said.attrib):
                group(one, place).remove(said)


def stand_alone(ours: Element) -> None:
    """Ours stand on a style that holds our defaults and our Normal, instead of on Normal."""
    normal = next(one for one in ours.iter(q("style")) if one.get(q("styleId")) == "Normal")
    paragraph, letters = (deepcopy(normal.find(q(name))) for name in ("pPr", "rPr"))
    basis = w("style", w("name", val=_BASIS_NAME), w("semiHidden"), paragraph, letters, type="paragraph",
              customStyle=1, styleId=BASIS)  # fmt: skip
    for one in ours.iter(q("basedOn")):
        if one.get(q("val")) == "Normal":
            one.set(q("val"), BASIS)
    normal.addnext(basis)


def fonts(looks: list[Element]) -> Element:
    """The fonts that hold, of every kind of letters that of the nearest; those of the theme stay named by it."""
    made = w("rFonts")
    for slot in _SLOTS:
        for look in looks:
            said = look.find(q("rFonts"))
            names = (f"{slot}Theme", slot) if slot != "cs" else ("cstheme", "cs")
            told = next((n for n in names if said is not None and said.get(q(n))), None)
            if said is not None and told:
                made.set(q(told), said.get(q(told)) or "")
                break
    return made


def ground(body: Element) -> None:
    """Gives paragraphs without a style one: blank lines that of the body, those of an own pitch the basis.

    Why: without one they would be in the own file's Normal, whatever that is.
    """
    for one in body.iter(q("p")):
        told = one.find(q("pPr"))
        if told is None:
            told = w("pPr")
            one.insert(0, told)
        if told.find(q("pStyle")) is None:
            told.insert(0, w("pStyle", val=style("正文") if told.find(q("spacing")) is None else BASIS))
