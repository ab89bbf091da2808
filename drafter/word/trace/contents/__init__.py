"""目录: the field that lists the headings, its lines, and lines that come, go and change with the headings."""
