"""Tables of an edited file: rows that come and go, merged cells, columns as wide as there is room."""
