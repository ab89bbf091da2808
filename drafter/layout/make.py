"""Values → Layout; numbers that a layout does not say follow from those it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from drafter.layout.model import Head, Imprint, Layout, Look, Numbers, Page, Rule
from drafter.layout.schema import LOOKS
from drafter.layout.units import per_line
from drafter.layout.values import Path, Values

_PAGE = {"宽": "width", "高": "height"}
_LOOK = {
    "对齐": "align", "首行": "first", "左空": "left", "右空": "right", "悬挂": "hanging", "前空行": "blank", "加粗": "bold",
    "颜色": "color", "西文": "latin", "字距": "squeeze", "与下段同页": "keep_next",
}  # fmt: skip
_RULES = {"分隔线": "rule", "首页下线": "foot"}
_RULE = {"粗": "weights", "颜色": "color", "长": "length", "距": "gap"}
_HEAD = {"标志距": "top", "标志位置": "above", "后缀": "suffix", "要素距": "clear"}
_IMPRINT = {"首末线": "edge", "中间线": "inner", "印发": "printed"}
_NUMBERS = {"形式": "form", "位置": "side", "距版心": "gap", "空": "inset", "首页": "first"}
_WHOLE = {"印章": "seal", "编号": "numbering", "目录": "contents", "底稿": "base"}
"""Key → field of the model."""


def layout(name: str, values: Values) -> Layout:
    """The layout of such a name; `values` hold all that 总结 says."""
    page = _page(values)
    body = _line(values, page)
    looks = _looks(values, body)
    squeeze = _squeeze(values, page, looks["正文"])
    return Layout(
        name,
        MappingProxyType(looks),
        values["次序",].value,  # type: ignore[arg-type]
        page,
        Numbers(**_fields(values, ("页码",), _NUMBERS)),
        _head(values),
        Imprint(**_fields(values, ("版记",), _IMPRINT)),
        title_width=_title_width(values, page, looks["标题"]),
        latin=_whole(values, "字体", "西文"),
        squeeze=squeeze,
        grid=_whole(values, "版心", "网格"),
        substitutes=_substitutes(values),
        base_place=values["底稿",].span if ("底稿",) in values else None,
        **_fields(values, (), _WHOLE),
    )


def _whole(values: Values, *path: str) -> Any:
    return values[path].value


def _fields(values: Values, path: Path, names: Mapping[str, str]) -> dict[str, Any]:
    """What a group says, by the names of the model."""
    found = ((field, values.get((*path, key))) for key, field in names.items())
    return {field: said.value for field, said in found if said is not None}


def _page(values: Values) -> Page:
    """Right and bottom are what the 版心 leaves, or the 版心 is what they leave."""
    width, height = _whole(values, "纸张", "宽"), _whole(values, "纸张", "高")
    left, top = _whole(values, "页边距", "订口"), _whole(values, "页边距", "天头")
    right = values.get(("页边距", "右"))
    bottom = values.get(("页边距", "下"))
    return Page(
        width,
        height,
        top,
        right.value if right else width - left - _whole(values, "版心", "宽"),  # type: ignore[arg-type]
        bottom.value if bottom else height - top - _whole(values, "版心", "高"),  # type: ignore[arg-type]
        left,
        _whole(values, "页边距", "页眉"),
    )


def _line(values: Values, page: Page) -> int:
    """行距: as said, else the largest with so many lines in the 版心."""
    said = values.get(("版心", "行距"))
    return said.value if said else per_line(page.text_height, _whole(values, "版心", "每页行数"))  # type: ignore[return-value]


def _squeeze(values: Values, page: Page, body: Look) -> int:
    """字距: as said, else the largest with so many 字 in a line of the 版心."""
    said = values.get(("版心", "字距"))
    if said:
        return said.value  # type: ignore[return-value]
    return per_line(page.text_width, _whole(values, "版心", "每行字数")) - body.size * 10


def _looks(values: Values, line: int) -> dict[str, Look]:
    """Every look; font and size are those of 正文 where none is said. Source: GB/T 9704-2012 5.2.2."""
    font, size = _whole(values, "样式", "正文", "字体"), _whole(values, "样式", "正文", "字号")
    return {name: _look(values, ("样式", name), font, size, line) for name in LOOKS}


def _look(values: Values, path: Path, font: str, size: int, line: int) -> Look:
    basic = {"字体": "font", "字号": "size", "行距": "line"} | _LOOK
    shared: dict[str, Any] = {"font": font, "size": size, "line": line}
    return Look(**shared | _fields(values, path, basic))


def _title_width(values: Values, page: Page, title: Look) -> int:
    """标题每行: as said, and no more than the 版心 has room for."""
    said: int = _whole(values, "标题每行")
    return max(1, min(said, page.text_width // (title.size * 10)))


def _head(values: Values) -> Head | None:
    """版头, with the line under it and that at the foot of a 信函."""
    said = values.get(("版头",))
    if said is None or not said.value:
        return None
    rules = {field: _rule(values, ("版头", key)) for key, field in _RULES.items() if ("版头", key) in values}
    return Head(**_fields(values, ("版头",), _HEAD) | rules)


def _rule(values: Values, path: Path) -> Rule | None:
    """A line. Unlike text, a black one must say so."""
    if not values[path].value:
        return None
    rule = Rule(**_fields(values, path, _RULE))
    return rule if rule.color else replace(rule, color="000000")


def _substitutes(values: Values) -> Mapping[str, str]:
    return MappingProxyType({p[2]: str(said.value) for p, said in values.items() if p[:2] == ("字体", "代用")})
