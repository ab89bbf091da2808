"""Facts (YAML) and indicators with their places, layered 公共 → department."""

from drafter.facts.load import Facts, load, misnamed
from drafter.facts.vocabulary import FIGURE_KEYS, INDICATOR_KEYS, Record, Rows, Told, Value, indicators, reserved

__all__ = [
    "FIGURE_KEYS",
    "INDICATOR_KEYS",
    "Facts",
    "Record",
    "Rows",
    "Told",
    "Value",
    "indicators",
    "load",
    "misnamed",
    "reserved",
]
