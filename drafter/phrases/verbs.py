"""The verb table: what every case of a change is called, and the manner in which it was asked for.

Source: official-style 4.2.
"""

from __future__ import annotations

from dataclasses import dataclass

from drafter.figure import OPERANDS
from drafter.phrases import option

WAYS = ("倍", "翻番", "增减量", "零的突破", "降至0", "未发生", "和")
"""写法 of a change: how it may be worded besides the plain way."""
LEVEL_VERBS = {"增": "增长", "降": "下降"}
_RATE_VERBS = {"增": "提高", "降": "下降"}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the verb table. `text` is for money that can be lost, `otherwise` for all else where it differs."""

    text: str
    otherwise: str = ""
    counted: bool = False
    """Whether the amount follows."""
    close: str = ""


_ROWS = {
    "平": Row("与{than}持平"),
    "近平": Row("与{than}基本持平"),
    "均零": Row("与{than}均为0"),
    "零起增": Row("{than}为0，增加", counted=True),
    "零起降": Row("{than}为0，亏损", "{than}为0，减少", counted=True),
    "归零": Row("比{than}减少", counted=True),
    "扭亏": Row("{ahead}扭亏为盈", "{ahead}由负转正"),
    "转亏": Row("{ahead}由盈转亏", "{ahead}由正转负"),
    "减亏": Row("{ahead}减亏", "比{than}增加", counted=True),
    "增亏": Row("{ahead}增亏", "比{than}减少", counted=True),
    "收窄": Row("{ahead}降幅收窄", counted=True),
    "扩大": Row("{ahead}降幅扩大", counted=True),
    "转正": Row("{ahead}增速由负转正"),
    "转负": Row("{ahead}增速由正转负"),
}
"""The verb table but for 增 and 降. Why two wordings of a loss: only money is lost; people or degrees just decrease."""
_ASKED = {
    ("零的突破", "零起增"): Row("{ahead}实现零的突破"),
    ("降至0", "归零"): Row("{ahead}降至0"),
    ("未发生", "归零"): Row("未发生（{than}", counted=True, close="）"),
}
"""(写法, case) → the row that is said instead."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How changes are to be said: what stands ahead (同比, 环比 or nothing), the base, and the options."""

    ahead: str
    than: str
    key: str
    """The operand that is the base: 上年同期 or 上期."""
    ways: frozenset[str] = frozenset()
    decimals: int | None = None
    verbs: tuple[str, str] | None = None

    @property
    def base(self) -> str:
        """The operand that holds the base, also where that is a figure of another period."""
        return self.key if self.key in OPERANDS else "上年同期"

    @property
    def places(self) -> int:
        """Decimals of a computed growth."""
        return 1 if self.decimals is None else self.decimals

    @property
    def label(self) -> str:
        """The filter's name, for the formula."""
        return option.BASES.get(self.key, f"比{self.key}") if self.ahead else "增减"

    def row(self, case: str) -> Row:
        """The row of a case."""
        return next((_ASKED[way, case] for way in WAYS if way in self.ways and (way, case) in _ASKED), _ROWS[case])

    def verb(self, case: str, *, points: bool) -> str:
        """The verb of 增 or 降, in the family that was asked for."""
        if self.verbs:
            return self.verbs[0 if case == "增" else 1]
        return (_RATE_VERBS if points else LEVEL_VERBS)[case]


def asked(name: str, ways: object, decimals: object, verbs: object, called: object = None) -> Manner:
    """The options of a filter as a Manner; `called` (较上年) is said instead of 同比. Errors: PhraseError."""
    key = {word: key for key, word in option.BASES.items()}.get(name, "上年同期")
    ahead = name if name in option.BASES.values() else ""
    said = option.than(called, f"{name}(称='较上年')")
    return Manner(
        said or ahead,
        said[1:] or key,
        key,
        option.ways(ways, WAYS, f"{name}('倍')"),
        option.some_places(decimals, f"{name}(小数=2)"),
        option.verbs(verbs, f"{name}(动词='上升、回落')"),
    )
