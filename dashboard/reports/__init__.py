"""Reports: a question in words of the trade, its reading, and the reading as text, JSON or a workbook."""
