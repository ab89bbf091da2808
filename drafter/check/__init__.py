"""Judgement: RULES over an outline, one function and one row each; `explain` says what a code means."""

from __future__ import annotations

from drafter.check.codes import CODES, Code, explain
from drafter.check.numbering import RULES, Rule, file_rules, structure

__all__ = ["CODES", "RULES", "Code", "Rule", "explain", "file_rules", "structure"]
