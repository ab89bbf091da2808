"""Tables of clerks: .xlsx, .xls, .et and .csv → located cells → the tree of a facts file; and forms written as .xlsx."""

from drafter.sheet.facts import facts, indicators
from drafter.sheet.form import form
from drafter.sheet.grid import Cell, Grid
from drafter.sheet.read import read
from drafter.sheet.subject import subject
from drafter.sheet.write import Table, write

__all__ = ["Cell", "Grid", "Table", "facts", "form", "indicators", "read", "subject", "write"]
