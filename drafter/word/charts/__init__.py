"""Native charts: DrawingML with the workbook that Word edits."""
