"""Styles of a 底稿 beside ours: where both have one of a name the own file's holds, the others are added.

Programs find a style by its id, people by its name: Word in Chinese calls "heading 1" 1 and "Normal" a. So own ids are
renamed to ours. What is added stands on a style that holds our Normal, for the own Normal may be anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field

from drafter.layout.model import LEVELS
from drafter.word.element import Element, w
from drafter.word.own.inherit import BODY, differ, fonts, group, q, stand_alone, val
from drafter.word.reading.stylesheet import MOST_STYLES
from drafter.word.styles import face, run_in_head, style

_KINDS = ("paragraph", "character", "table", "numbering")
_REFERENCES = {
    "pStyle": "paragraph", "rStyle": "character", "tblStyle": "table", "basedOn": "", "next": "", "link": "",
    "styleLink": "", "numStyleLink": "",
}  # fmt: skip
"""Element that names a style → the kind it must be; '': see `_mend`."""
_FACES = {
    **{run_in_head(depth): style(look) for depth, look in enumerate(LEVELS, start=1)},
    **{face(look): style(look) for look in ("发文字号", "签发人", "签发人姓名", "与会")},
}
"""Character style of ours → the paragraph style whose font it sets."""
_MARKS = ("b", "bCs", "i", "iCs", "color", "u")


@dataclass(slots=True)
class Merged:
    """The own file's styles.xml, changed in place, with `ours` added."""

    root: Element
    ours: Element
    ids: dict[str, str] = field(default_factory=dict)
    """Own id → id in the merged part."""
    kinds: dict[str, str] = field(default_factory=dict)
    """Id → paragraph, character, table, numbering."""

    def merge(self) -> None:
        """Everything; afterwards `rename` may be called on other parts."""
        stand_alone(self.ours)
        self._name()
        self._defaults()
        self._rename_own()
        own = {one.get(q("styleId")) or "" for one in self.own()}
        added = [deepcopy(one) for one in self.ours.iter(q("style")) if one.get(q("styleId")) not in own]
        if BODY in own:
            self._follow(added)
        self.root.extend(added)
        self.kinds = {one.get(q("styleId")) or "": one.get(q("type")) or "" for one in self.own()}
        self.rename(self.root, {})
        self._mend()
        for one in self.ours.iter(q("style")):
            self._quiet(one.get(q("styleId")) or "")
        for one in added:
            self._face(one)

    def _follow(self, added: list[Element]) -> None:
        """What is added is as the own 正文 wherever the layout has it as its 正文."""
        body = next(one for one in self.ours.iter(q("style")) if one.get(q("styleId")) == BODY)
        for one in added:
            above = one.find(q("basedOn"))
            if one.get(q("type")) != "paragraph" or above is None or one.get(q("styleId")) == style("页码"):
                continue
            above.set(q("val"), BODY)
            if one.find(f"{q('pPr')}/{q('spacing')}") is not None:
                differ(one, body)

    def own(self) -> list[Element]:
        """All styles of the part."""
        return self.root.findall(q("style"))

    def rename(self, root: Element, ids: dict[str, str] | None = None) -> None:
        """Renames the styles that a part refers to; a reference to none, or to one of another kind, is dropped."""
        ids = self.ids if ids is None else ids
        for tag, wanted in _REFERENCES.items():
            for one in list(root.iter(q(tag))):
                key = one.get(q("val")) or ""
                key = ids.get(key, key)
                if key not in self.kinds or (wanted and self.kinds[key] != wanted):
                    one.getparent().remove(one)  # type: ignore[union-attr]
                else:
                    one.set(q("val"), key)

    def _name(self) -> None:
        """Every style has kind, id and name; of two with one name or one id the first stays."""
        names: dict[str, str] = {}
        taken: set[str] = set()
        ours = {val(one, "name").casefold(): one.get(q("type")) for one in self.ours.iter(q("style"))}
        for one in self.own():
            key, kind = one.get(q("styleId")) or val(one, "name"), one.get(q("type")) or "paragraph"
            name = val(one, "name") or key
            if ours.get(name.casefold(), kind) != kind:
                name = f"{name}（底稿）"
            if not key or key in taken or name.casefold() in names or kind not in _KINDS:
                self.ids.setdefault(key, names.get(name.casefold(), ""))
                self.root.remove(one)
                continue
            one.set(q("type"), kind)
            one.set(q("styleId"), key)
            _put(one, w("name", val=name))
            names[name.casefold()] = key
            taken.add(key)

    def _defaults(self) -> None:
        """One default of every kind: ours by name, else the own one takes our name."""
        for kind in _KINDS:
            mine = next(one for one in self.ours.iter(q("style")) if one.get(q("type")) == kind and _is_default(one))
            name = val(mine, "name")
            own = [one for one in self.own() if one.get(q("type")) == kind]
            usual = [one for one in own if val(one, "name").casefold() == name.casefold()]
            usual = usual or [one for one in own if _is_default(one)]
            for one in own:
                one.attrib.pop(q("default"), None)
            if usual:
                usual[0].set(q("default"), "1")
                _put(usual[0], w("name", val=name))

    def _rename_own(self) -> None:
        """Ids of styles we have become ours; those of others that are in the way are changed."""
        ours = {val(one, "name").casefold(): one.get(q("styleId")) or "" for one in self.ours.iter(q("style"))}
        reserved = {key.casefold() for key in ours.values()}
        new: dict[str, str] = {}
        for one in self.own():
            key = one.get(q("styleId")) or ""
            wanted = ours.get(val(one, "name").casefold())
            new[key] = wanted or _free(key, reserved)
            reserved.add(new[key].casefold())
            one.set(q("styleId"), new[key])
        self.ids = {**{old: new.get(first, "") for old, first in self.ids.items()}, **new}
        for tag in ("basedOn", "next", "link"):
            for said in self.root.iter(q(tag)):
                key = said.get(q("val")) or ""
                said.set(q("val"), self.ids.get(key, key))

    def _mend(self) -> None:
        """No style stands on itself or on one of another kind."""
        by_id = {one.get(q("styleId")) or "": one for one in self.own()}
        for key, one in by_id.items():
            above, seen = val(one, "basedOn"), {key}
            if above and self.kinds.get(above) != self.kinds[key]:
                one.remove(one.find(q("basedOn")))  # type: ignore[arg-type]
                continue
            while above in by_id and above not in seen and len(seen) < MOST_STYLES:
                seen.add(above)
                above = val(by_id[above], "basedOn")
            if above in seen or len(seen) >= MOST_STYLES:
                one.remove(one.find(q("basedOn")))  # type: ignore[arg-type]

    def chain(self, key: str) -> Iterator[Element]:
        """A style and those it stands on."""
        by_id = {one.get(q("styleId")) or "": one for one in self.own()}
        while key in by_id:
            yield by_id[key]
            key = val(by_id[key], "basedOn")

    def _quiet(self, key: str) -> None:
        """A style we write in neither numbers nor hides: markers are in the text, and text is to be seen."""
        chain = list(self.chain(key))
        for place, names, off in (
            ("pPr", ("numPr",), _no_number),
            ("rPr", ("vanish", "specVanish", "webHidden"), _shown),
        ):
            own = chain[0].find(q(place))
            for name in names:
                if own is not None and (said := own.find(q(name))) is not None:
                    own.remove(said)
                if any(one.find(f"{q(place)}/{q(name)}") is not None for one in chain[1:]):
                    own = own if own is not None else group(chain[0], place)
                    own.append(off(name))

    def _face(self, added: Element) -> None:
        """Font and marks of a heading for words inside a paragraph: those its style has in the merged part."""
        key = added.get(q("styleId")) or ""
        if key not in _FACES:
            return
        looks = [found for one in self.chain(_FACES[key]) if (found := one.find(q("rPr"))) is not None]
        usual = self.root.find(f"{q('docDefaults')}/{q('rPrDefault')}/{q('rPr')}")
        own = group(added, "rPr")
        own[:] = [fonts([*looks, *([] if usual is None else [usual])])]
        for name in _MARKS:
            own.extend(
                deepcopy(found)
                for look in looks
                if (found := look.find(q(name))) is not None and own.find(q(name)) is None
            )


def _is_default(one: Element) -> bool:
    return one.get(q("default")) in ("1", "true", "on")


def _put(one: Element, made: Element) -> None:
    """Puts an element in the place of the one of its name, or in front."""
    for old in one.findall(str(made.tag)):
        one.remove(old)
    one.insert(0, made)


def _free(key: str, taken: set[str]) -> str:
    """The id, or the first with a number behind it that nobody has."""
    found, number = key, 1
    while found.casefold() in taken:
        number += 1
        found = f"{key}_{number}"
    return found


def _no_number(name: str) -> Element:
    return w(name, w("numId", val=0))


def _shown(name: str) -> Element:
    return w(name, val=0)
