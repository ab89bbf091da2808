"""位次: places among others, and how they moved. Source: official-style 4.4, F9, F10, F14–F16."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from drafter.figure import Figure, Rank
from drafter.missing import Missing
from drafter.numeral import chinese, ordinal
from drafter.phrases import option
from drafter.phrases.change import separately
from drafter.phrases.phrase import Phrase, PhraseError, Said, joined, one_figure, several, shared
from drafter.source import Basis, Origin

_EXAMPLE = "位次('汉字')，可写：汉字（居全市第三）、简（全市第三）、前三（位居全市前三）"
_TOP = re.compile(r"前([一二三四五六七八九十]+|\d{1,3})位?")


def rank(item: object, 写法: object = None) -> Said:
    """位次: 居七县（市）首位, 居七县（市）第5位; 均居… when all ranks agree, else 分列…首位、第5位. F14–F16.

    写法: 汉字 居全市第三; 简 全市第三; 前三 位居全市前三, for those that are. Different scopes: each by its name.
    """
    style, top = _style(写法)
    ranked = _ranked(item)
    if isinstance(ranked, Missing):
        return ranked
    first = ranked[0][1]
    if len({r.scope for _, r in ranked}) == 1 and _all_within(top, ranked):
        words = f"{'均' if len(ranked) > 1 else ''}位居{first.scope}"
        return shared([Phrase(((words, None), (f"前{chinese(top)}", _origin(*one)))) for one in ranked])
    if len({(r.scope, r.place, r.tied) for _, r in ranked}) == 1:
        return _same(ranked, style)
    if len({r.scope for _, r in ranked}) > 1:
        return joined("，", [joined(f.name, [_same([(f, r)], style)]) for f, r in ranked], between=True)
    said = [Phrase(((_place(r, style), _origin(f, r)),)) for f, r in ranked]
    return joined(f"分列{first.scope}", [joined("、", said, between=True)])


def _all_within(top: int, ranked: Ranked) -> bool:
    """Whether 前三 says something true and telling of all: not of the first alone, nor of everybody there is."""
    if len(ranked) == 1 and ranked[0][1].place == 1:
        return False
    return all(r.place <= top and (r.of is None or top < r.of) for _, r in ranked)


Ranked = list[tuple[Figure, Rank]]
"""Figures with their ranks."""


def _ranked(item: object) -> Ranked | Missing:
    figures = several(item)
    if isinstance(figures, Missing):
        return figures
    lacking = next((f for f in figures if f.rank is None), None)
    if lacking is not None:
        return lacking.lacks("位次")
    return [(f, f.rank) for f in figures if f.rank is not None]


def _same(ranked: Ranked, style: str) -> Phrase:
    """One rank, of one figure or of all."""
    place = ranked[0][1]
    verb = {"简": "均为" if len(ranked) > 1 else ""}.get(style, "均居" if len(ranked) > 1 else "居")
    words = _place(place, style)
    return shared([Phrase(((verb + place.scope, None), (words, _origin(*one)))) for one in ranked])


def _origin(figure: Figure, rank: Rank, formula: str = "位次", beside: tuple[Basis, ...] = ()) -> Origin:
    """What a place is made of: the rank as given, or those it was found among; not the value."""
    return replace(figure.origin(formula), basis=(*rank.basis, *beside))


def _place(rank: Rank, style: str) -> str:
    tied = "并列" if rank.tied else ""
    if style:
        return f"{tied}第{chinese(rank.place)}"
    return tied + ("首位" if rank.place == 1 else f"第{rank.place}位")


def _style(said: object) -> tuple[str, int]:
    """(汉字, 简 or nothing; N of 前N or 0). Errors: PhraseError for what is no way to say a rank."""
    style, top = "", 0
    for word in re.split(r"[、，,]", said) if isinstance(said, str) and said else []:
        found = _TOP.fullmatch(word.strip())
        number = (int(found[1]) if found[1].isdigit() else ordinal(found[1])) if found else None
        if word.strip() in ("汉字", "简"):
            style = word.strip()
        elif number and number > 1:
            top = number
        else:
            raise PhraseError(f"没有“{word.strip()}”这种位次写法", f"例：{_EXAMPLE}")
    if said is not None and not isinstance(said, str):
        raise PhraseError("写法要加引号", f"例：{_EXAMPLE}")
    return style, top


_FIELDS: dict[str, Callable[[Rank], int | None]] = {"上年同期": lambda r: r.base, "上期": lambda r: r.previous}


def rank_change(item: object, 比: object = "上年同期", 动词: object = None) -> Said:
    """位次变化: 较上年同期前移2位, 较上年同期后移1位, 较上年同期位次不变; of a list …分别前移2位、后移1位."""
    key = option.base(比, "位次变化('上期')")
    up, down = option.verbs(动词, "位次变化(动词='上升、下降')") or ("前移", "后移")
    ranked = _ranked(item)
    if isinstance(ranked, Missing):
        return ranked
    than, said = f"较{key}", []
    for figure, found in ranked:
        before = _FIELDS[key](found)
        if before is None:
            return _unknown(figure, key)
        gap = before - found.place
        origin = _origin(figure, found, "位次变化", ((key, f"第{before}位", None),))
        said.append(
            Phrase(((up if gap > 0 else down, None), (f"{abs(gap)}位", origin)) if gap else (("位次不变", origin),))
        )
    if len(said) == 1:
        return joined(than, said)
    if len({str(one) for one in said}) == 1:
        return joined(f"均{than}", [shared(said)])
    if any(len(one.pieces) == 1 for one in said):
        named = [joined(f"{f.name}{than}", [one]) for (f, _), one in zip(ranked, said, strict=True)]
        return joined("，", named, between=True)
    return separately(said, than)


def _unknown(figure: Figure, key: str) -> Missing:
    """The place then is not known, and where to write it."""
    assert figure.rank is not None
    hint = f"位次写成 {{第: {figure.rank.place}, 范围: {figure.rank.scope}, {key}: …}}"
    return replace(figure.lacks(f"{key}位次"), hint=hint)


def _tested(item: object) -> Rank:
    if isinstance(item, Missing):
        bool(item)
    found = one_figure(item)
    if found.rank is None:
        bool(found.lacks("位次"))
    assert found.rank is not None
    return found.rank


def is_first(item: object) -> bool:
    """The test `is 首位`. Errors: UndecidedError without a rank."""
    return _tested(item).place == 1


def is_last(item: object) -> bool:
    """The test `is 末位`. Errors: UndecidedError without a rank; PhraseError when nobody said how many are ranked."""
    found = _tested(item)
    if found.of is None:
        hint = f"位次写成 {{第: {found.place}, 范围: {found.scope or '全市'}, 共: …}}"
        raise PhraseError(f"“{one_figure(item).name}”的位次没有写一共多少，判断不了末位", hint)
    return found.is_last
