"""The old department's name in templates that a new one takes over: {{ 单位 }} in its place, or told with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from drafter.diagnostic import Diagnostic, warning
from drafter.template.scan import Scan, scan

UNIT = "{{ 单位 }}"
_HAN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]")
_GOES_ON = "将对把和与的在已以按、，。；：（向从为被会同"
"""What may follow a department's short name as a word of its own."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """From one report to another: `full` is the old department's name in drafter.yaml, `short` its folder's."""

    full: str
    short: str
    old: str
    """部门/报告 of the old one."""
    new: str

    def template(self, source: str, file: str) -> tuple[str, list[Diagnostic]]:
        """(a section with {{ 单位 }} where the old name stood, the places that only a person can judge)."""
        found = scan(source, file)
        plain = source.replace("\r\n", "\n").replace("\r", "\n")
        pieces = []
        for (start, end), tag in zip(found.segments(), [*found.tags, None], strict=True):
            pieces.append(self.typed(plain[start:end]))
            pieces.append(self.inside(plain[tag.start : tag.end]) if tag else "")
        text = "".join(pieces)
        return text, list(self.left(scan(text, file)))

    def typed(self, text: str) -> str:
        """Typed text: the full name is replaced wherever it stands, the short one where it is a word by itself."""
        text = text.replace(self.full, UNIT)
        done, at = [], 0
        for found in re.finditer(re.escape(self.short), text):
            if _alone(text, found.start(), found.end()):
                done += [text[at : found.start()], UNIT]
                at = found.end()
        return "".join([*done, text[at:]])

    def inside(self, tag: str) -> str:
        """A tag: an include of the old report's own file becomes one of the new report's."""
        return tag.replace(f"{self.old}/", f"{self.new}/")

    def left(self, found: Scan) -> Iterator[Diagnostic]:
        """T133: where the old name still stands."""
        tags = [(tag.start, tag.end) for tag in found.tags if tag.opening != "{#"]
        for place in re.finditer(re.escape(self.short), found.source):
            if any(t.opening == "{#" and t.start <= place.start() < t.end for t in found.tags):
                continue
            inside = any(start <= place.start() < end for start, end in tags)
            message = f"还写着原部门的名称“{self.short}”" if not inside else f"取的还是“{self.short}”的内容"
            hint = f"指本单位就换成 {UNIT}，指别的就不用改" if not inside else "要取新部门自己的就改掉"
            yield warning("T133", message, found.span(place.start()), hint, self.short)


def _alone(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not _HAN.match(before) and (not _HAN.match(after) or after in _GOES_ON)
