"""Files as people keep lists in them, read into sheets of plain cells: delimited text, workbooks, address cards."""
