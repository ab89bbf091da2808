"""Facts (YAML) and indicators with their places, layered 公共 → department."""

from drafter.facts.layers import conflict
from drafter.facts.load import Facts, load
from drafter.facts.shelf import DATA, departments, known_periods, misnamed
from drafter.facts.vocabulary import FIGURE_KEYS, INDICATOR_KEYS, Known, Record, Rows, Told, Value, indicators, reserved

__all__ = [
    "DATA",
    "FIGURE_KEYS",
    "INDICATOR_KEYS",
    "Facts",
    "Known",
    "Record",
    "Rows",
    "Told",
    "Value",
    "conflict",
    "departments",
    "indicators",
    "known_periods",
    "load",
    "misnamed",
    "reserved",
]
