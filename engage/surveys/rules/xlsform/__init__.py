"""A survey as an XLSForm workbook (survey, choices, settings), as other tools read and write it."""
