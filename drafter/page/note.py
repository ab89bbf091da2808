"""What stands above the paper on the screen alone: how sources are seen, and what is still missing, by office."""

from __future__ import annotations

from drafter.page.markup import element, escaped, opening
from drafter.page.press import Press
from drafter.source import Origin

LEGEND = "把鼠标放在数字上看出处（手机上点一下数字）。"


def note(press: Press, period: str) -> str:
    """The note; empty where the page has no figure."""
    if not press.figures:
        return ""
    box = opening("input", type="checkbox", id="all")
    switch = element("label", f"{box}标出全部数字")
    told = f"期间：{escaped(period)}。" if period else ""
    return element("aside", element("p", f"{told}{LEGEND}{switch}") + _missing(press), class_="note")


def _missing(press: Press) -> str:
    """The facts that are missing, by 责任单位, each leading to its first place."""
    offices: dict[str, list[str]] = {}
    for origin, place in press.missing.values():
        offices.setdefault(origin.office or "（未注明责任单位）", []).append(_link(origin, place))
    if not offices:
        return ""
    rows = "".join(element("li", f"{escaped(office)}：{'、'.join(links)}") for office, links in offices.items())
    return element("p", f"还缺{len(press.missing)}项，稿子里标黄，按责任单位：") + element("ul", rows)


def _link(origin: Origin, place: str) -> str:
    return element("a", escaped(origin.fact), href=f"#{place}")
