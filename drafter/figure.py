"""数据: one indicator in one period, its operands, comparisons and units; exact Decimals only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from drafter.indicator import POINTS as POINTS  # noqa: PLC0414
from drafter.indicator import Indicator as Indicator  # noqa: PLC0414
from drafter.measure import converted, in_unit, total
from drafter.missing import ComparisonError, Missing, UndecidedError
from drafter.numeral import Number
from drafter.period import Period
from drafter.source import Basis, Origin, Span


@dataclass(frozen=True, slots=True)
class Rank:
    """位次: place `place` within `scope` (七县（市）)."""

    place: int
    scope: str
    span: Span | None = field(default=None, compare=False)
    of: int | None = None
    """共: how many are ranked; None when neither 共 nor the scope says it."""
    base: int | None = None
    """上年同期: the place a year ago in the same scope."""
    previous: int | None = None
    """上期: the place in the period before in the same scope."""
    tied: bool = False
    """并列"""
    among: Callable[[], tuple[Basis, ...]] | None = field(default=None, compare=False)
    """What it was found among, when it is no fact itself."""

    @property
    def basis(self) -> tuple[Basis, ...]:
        """What it is made of: as it was written, else those it was found among."""
        return self.among() if self.among else (("位次", f"第{self.place}位", self.span),)

    @property
    def is_last(self) -> bool:
        """Whether nobody stands behind it."""
        return self.of is not None and self.place >= self.of


Operand = Number | None


@dataclass(frozen=True, slots=True, eq=False)
class Figure:
    """One indicator in one period. Every operand keeps how it was written; None = not known."""

    indicator: Indicator
    period: Period
    value: Operand = None
    base: Operand = None
    """上年同期"""
    previous: Operand = None
    """上期"""
    target: Operand = None
    """目标"""
    growth: Operand = None
    """增幅, in per cent (or 百分点 of a rate); never recomputed when it was given."""
    chain_growth: Operand = None
    """环比增幅"""
    base_growth: Operand = None
    """上年增幅: the growth of 上年同期 itself."""
    previous_growth: Operand = None
    """上期增幅: the growth of 上期 itself; 增速 speeds up or slows down against it."""
    total: Operand = None
    """累计"""
    parts: tuple[Figure, ...] = ()
    """其中"""
    rank: Rank | None = None
    estimate: bool = False
    """预计"""
    notes: Mapping[str, str] = field(default_factory=dict, compare=False)
    """口径 来源 责任单位 备注, as written."""
    places: Mapping[str, Span] = field(default_factory=dict, compare=False)
    """Place of every key that was given, and of 值 for a plain number."""
    span: Span | None = field(default=None, compare=False)
    formula: str = ""
    """How it was derived, when it is no fact itself (上年同期, 增幅, 和)."""
    borrowed: Mapping[str, tuple[str, Span | None]] = field(default_factory=dict, compare=False)
    """Operands taken from another period's file: what they are (上年同期, 2020年) and their places."""
    sources: Callable[[str], tuple[Basis, ...]] | None = field(default=None, compare=False)
    """What its 本期, 上年同期 … are made of, when it is made of other figures."""
    entry: str = ""
    """What it is traced by, in a list or a group: 项目第2项的投资. Every item has the same indicator."""

    @property
    def name(self) -> str:
        """The indicator's name."""
        return self.indicator.name

    @property
    def fact(self) -> str:
        """What it is traced by: its name, in a list or a group with the place that it has there."""
        return self.entry or self.name

    def entry_of(self, tail: str) -> str:
        """The entry of what follows from it: 项目第2项的投资增幅; empty where its name says enough."""
        return f"{self.entry}{tail}" if self.entry else ""

    @property
    def called(self) -> str:
        """What it is called beside other figures: 税收收入, 财政收入合计."""
        return f"{self.name}{self.formula}"

    @property
    def unit(self) -> str:
        """The printed unit."""
        return self.indicator.unit

    @property
    def office(self) -> str:
        """责任单位 of the figure, else of its indicator."""
        return self.notes.get("责任单位", "") or self.indicator.office

    def lacks(self, key: str) -> Missing:
        """What is missing when an operand is asked for: the figure itself, or 名称的上年同期."""
        asked = self.name if self.name.isidentifier() else f'事实("{self.name}")'
        label, asked = (self.name, asked) if key == "本期" else (f"{self.name}的{key}", f"{asked}.{key}")
        entry = self.entry_of("" if key == "本期" else f"的{key}")
        return Missing(label, self.office, str(self.period), self.span, asked=asked, entry=entry)

    def origin(
        self, formula: str = "", unit: str = "", uses: tuple[str, ...] = (), beside: Iterable[Basis] = ()
    ) -> Origin:
        """What a wording of this figure is made of.

        `uses`: the operands that were compared, where the formula does not tell; `beside`: what else it is made of.
        """
        basis = (*self._basis(formula, uses), *beside) if formula or self.formula else ()
        formula = f"{self.formula} {formula}".strip()
        bare = not (formula or self.unit or self.indicator.unitless)
        period, own = str(self.period), self.name if self.entry else ""
        made = Origin(self.fact, self.span, period, formula, office=self.office, unit=unit, indicator=own)
        return replace(made, bare=bare, basis=basis) if bare or basis else made

    def _basis(self, formula: str, uses: tuple[str, ...]) -> Iterator[Basis]:
        keys = self._keys(formula, uses)
        if self.sources and keys == ("本期",):
            yield from self.sources("本期")
            return
        for key in keys:
            yield from self.traced(key)

    def traced(self, key: str) -> Iterator[Basis]:
        """An operand as it was written, then the places of what it is made of; nothing when it is not known."""
        yield from self.told(key)
        for what, _, place in self.sources(key) if self.sources else ():
            yield what if key == "本期" else f"{what}{key}", "", place

    def _keys(self, formula: str, uses: tuple[str, ...]) -> tuple[str, ...]:
        """The operands of a formula: a growth that was given alone, 累计 against a target."""
        against = uses or COMPARED.get(formula, ())
        given = _GIVEN.get(against[0], "") if against and formula in _GROWN else ""
        if given and getattr(self, OPERANDS[given]) is not None:
            return (given,)
        now = "累计" if "目标" in against and self.total is not None else "本期"
        return against if {"本期", "增幅"} & {*against} else (now, *against)

    def told(self, key: str) -> Iterator[Basis]:
        """An operand as it was written, and where; nothing when it is not known."""
        number: Operand = getattr(self, OPERANDS[key])
        if number is not None:
            what = self.formula if key == "本期" and self.formula in OPERANDS else self.borrowed.get(key, (key,))[0]
            unit = number.unit or ("%" if key in GROWTHS else self.unit)
            made = self.sources is not None and self.sources(key)
            yield what, f"{number.written}{unit}", None if made else self.place(key)

    def place(self, key: str) -> Span | None:
        """Where an operand is written; of 上年同期 that may be another period's file."""
        own = self.span if key == "本期" else None
        return self.borrowed[key][1] if key in self.borrowed else self.places.get(key, own)

    def __bool__(self) -> bool:
        """Whether there is something: a value that is not 0 (a figure known only by its growth counts).

        Errors: UndecidedError when neither is known.
        """
        return (self.value is None and self.growth is not None) or self.known() != 0

    def accumulated(self) -> Figure | Missing:
        """累计 from January on, as a figure of its own: the given one, else what is missing."""
        if self.total is None:
            return self.lacks("累计")
        indicator = replace(self.indicator, name=f"{self.name}累计")
        span = self.places.get("累计", self.span)
        entry = self.entry_of("累计")
        return Figure(
            indicator, self.period, self.total, estimate=self.estimate, span=span, formula="累计", entry=entry
        )

    def in_period(self, period: Period) -> Figure | Missing | None:
        """The same figure of another period; None where that cannot be known (it was computed)."""
        return self if period == self.period else None

    def in_unit(self, unit: str) -> Figure:
        """The figure with its value and 上年同期 in another unit. Errors: TypeError when they do not convert."""
        if unit == self.unit:
            return self
        value, base = (in_unit(n, self.unit, unit) for n in (self.value, self.base))
        if self.value is not None and value is None:
            raise TypeError("units")
        return replace(self, indicator=replace(self.indicator, unit=unit), value=value, base=base)

    def known(self) -> Decimal:
        """The value. Errors: UndecidedError when it is not known."""
        if self.value is None:
            lacking = self.lacks("本期")
            raise UndecidedError(replace(lacking, asked=f"{lacking.asked}.本期" if lacking.asked else ""))
        return self.value.value

    def __lt__(self, other: object) -> bool:
        mine, its = self._sides(other)
        return mine < its

    def __le__(self, other: object) -> bool:
        mine, its = self._sides(other)
        return mine <= its

    def __gt__(self, other: object) -> bool:
        mine, its = self._sides(other)
        return mine > its

    def __ge__(self, other: object) -> bool:
        mine, its = self._sides(other)
        return mine >= its

    def __eq__(self, other: object) -> bool:
        """Whether the values are equal: 6起 == 6, 0.6亿元 == 6000万元. Errors: as of `<`, never silently False.

        Why callable: Jinja asks whether a name that is called like a function is one of its functions.
        """
        if self is other or callable(other):
            return self is other
        mine, its = self._sides(other)
        return mine == its

    def __hash__(self) -> int:
        return hash((self.indicator, self.value))

    def _sides(self, other: object) -> tuple[Decimal, Decimal]:
        """Both sides of a comparison in one unit; a bare number is in mine, and counts of anything compare.

        Errors: UndecidedError when one is not known; ComparisonError when they do not compare.
        """
        if isinstance(other, Missing):
            raise UndecidedError(other)
        if isinstance(other, (int, float, Decimal)) and not isinstance(other, bool):
            return self.known(), Decimal(str(other))
        if not isinstance(other, Figure):
            raise ComparisonError(f"“{self.name}”是数据，不能和文字或列表比较", f"和数比，不加引号，如 {self.name} > 6")
        mine, its = self.indicator, other.indicator
        number = converted(other.known(), its.unit, mine.unit)
        if number is not None:
            return self.known(), number
        if not mine.unit or not its.unit or (mine.is_count and its.is_count):
            return self.known(), other.known()
        message = f"“{self.name}”的单位是{mine.unit}，“{other.name}”的单位是{its.unit}，不能比较"
        raise ComparisonError(message, "两边要用能换算的单位；核对名称和指标.yaml里的单位")

    def __add__(self, other: object) -> Figure:
        return self._sum(other, 1)

    def __sub__(self, other: object) -> Figure:
        return self._sum(other, -1)

    def __str__(self) -> str:
        """The written form with its unit."""
        return f"{self.value.written}{self.value.unit or self.unit}" if self.value else self.name

    def _sum(self, other: object, sign: int) -> Figure:
        if isinstance(other, Missing):
            raise UndecidedError(other)
        if not isinstance(other, Figure):
            raise TypeError("units")
        other = other.in_unit(self.unit)
        number = _added(self, other, sign)
        sign_of = "＋" if sign > 0 else "－"
        indicator = replace(self.indicator, name=f"{self.name}{sign_of}{other.name}", decimals=None)
        if sign < 0 and indicator.is_rate and indicator.unit == "%":
            indicator = replace(indicator, unit="个百分点", kind="比率")
        estimate = self.estimate or other.estimate
        formula = "和" if sign > 0 else "差"
        base = _bases(self, other, sign)
        sources = sources_of([(self.name, self), (other.name, other)])
        made = Figure(indicator, self.period, number, base, estimate=estimate, span=self.span, formula=formula)
        entry = f"{self.fact}{sign_of}{other.fact}" if self.entry or other.entry else ""
        return replace(made, sources=sources, entry=entry)


def _bases(one: Figure, other: Figure, sign: int) -> Operand:
    """上年同期 of a sum or difference; None where it is not known of both, or a growth was given at constant prices."""
    mine, its = one.base, other.base
    if mine is None or its is None or one.growth or other.growth or any((*mine.hints, *its.hints)):
        return None
    return _added(replace(one, value=mine), replace(other, value=its), sign)


def _added(one: Figure, other: Figure, sign: int) -> Number:
    """The sum or difference of two values of one unit. Errors: ComparisonError where 约 or 余 leaves it unknown."""
    mine, its = Number(one.known(), "", ""), Number(other.known(), "", "")
    assert one.value
    assert other.value
    if not any((*one.value.hints, *other.value.hints)):
        found = total((mine, replace(its, value=sign * its.value)))
    else:
        found = total((one.value, other.value)) if sign > 0 else None
    if found is None:
        words = f"“{one.name}”和“{other.name}”里有约数，{'加' if sign > 0 else '减'}起来说不准"
        raise ComparisonError(words, "把约数改成准确的数，或分开写")
    return found


_MOST = 5
"""Figures that are named as what another one is made of."""


def sources_of(members: Sequence[tuple[str, Figure]]) -> Callable[[str], tuple[Basis, ...]]:
    """What figures, each under its name, are as the sources of one that is made of them; many are counted."""

    def found(key: str) -> tuple[Basis, ...]:
        told = ((name, one) for name, f in members[:_MOST] for one in f.told(key))
        named = tuple((name, written, place) for name, (_, written, place) in told)
        more = ((f"等{len(members)}处", "", None),) if named and len(members) > _MOST else ()
        return (*named, *more)

    return found


OPERANDS = {
    "本期": "value",
    "上年同期": "base",
    "上期": "previous",
    "目标": "target",
    "增幅": "growth",
    "环比增幅": "chain_growth",
    "上年增幅": "base_growth",
    "上期增幅": "previous_growth",
    "累计": "total",
}
"""Keys of a figure that hold a number, and the fields they fill."""
COMPARED = {
    "同比": ("上年同期",), "环比": ("上期",), "增减": ("上年同期",), "增减量": ("上年同期",), "倍数": ("上年同期",),
    "年均": ("上年同期",), "增减到": ("上年同期",), "占比变化": ("上年同期",),
    "完成率": ("目标",), "进度": ("目标",), "完成情况": ("目标",), 
}  # fmt: skip
"""Formula → the operands that it uses beside 本期; any other uses 本期 alone."""
_GROWN = frozenset(("同比", "环比", "增减", "倍数"))
_GIVEN = {"上年同期": "增幅", "上期": "环比增幅"}
"""Operand → the growth against it: where that was given, nothing else is used."""
GROWTHS = frozenset(("增幅", "环比增幅", "上年增幅", "上期增幅"))
"""Keys whose number is in %, or in 百分点 for a rate."""


def operand(figure: Figure, key: str) -> Figure | Missing:
    """One operand as a figure of its own (事故起数.上年同期), so that it prints and compares. Errors: KeyError."""
    if key == "累计":
        return figure.accumulated()
    number: Operand = getattr(figure, OPERANDS[key])
    if number is None:
        return figure.lacks(key)
    if key == "本期":
        return figure
    indicator = figure.indicator
    if key in GROWTHS:
        unit = indicator.points if indicator.is_rate or number.unit.endswith("百分点") else "%"
        number = replace(number, unit="")
        indicator = replace(indicator, unit=unit, kind="比率", decimals=None)
    span = figure.place(key) or figure.span
    return Figure(indicator, figure.period, number, span=span, formula=key, entry=figure.entry)


def with_base(figure: Figure, base: Figure | None, previous: Figure | None) -> Figure:
    """The figure with 上年同期 and 上期 (value, growth and rank) taken from other periods where they were not given."""
    changed: dict[str, object] = {}
    borrowed = dict(figure.borrowed)
    rank = figure.rank
    for other, value, growth, place, key, then in (
        (base, "base", "base_growth", "base", "上年同期", "上年增幅"),
        (previous, "previous", "previous_growth", "previous", "上期", "上期增幅"),
    ):
        if other is None:
            continue
        if getattr(figure, value) is None:
            changed[value] = in_unit(other.value, other.unit, figure.unit)
            borrowed[key] = (key, other.place("本期"))
        if getattr(figure, growth) is None:
            changed[growth] = other.growth
            borrowed[then] = (then, other.place("增幅") or other.span)
        if rank and other.rank and getattr(rank, place) is None and other.rank.scope == rank.scope:
            rank = replace(rank, **{place: other.rank.place})  # type: ignore[arg-type]
    if not changed and rank is figure.rank:
        return figure
    return replace(figure, rank=rank, borrowed=borrowed, **changed)  # type: ignore[arg-type]
