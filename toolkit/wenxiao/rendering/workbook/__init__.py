"""Workbooks: the official form that a clerk fills, a list of many projects, and the data of a report.

The modules, from the bottom: marks (names of sheets, what makes a file one of ours) · exactness (numbers and texts in
cells, digit by digit) · books (one workbook, its formats) · regulations and choices (rules and lists that formulas
look up) · layout and splitting (where each fact stands) · addresses, wholes, workings, remarks (live formulas) · cells,
upper, lower, sheet, others, instructions (what is written) · form; and back: opening, gathering, further, reading.
listing and lists hold many projects in one sheet; data is the workbook of a report's figures; filling loads what goes in.
"""

from wenxiao.rendering.workbook.marks import is_form, is_list

__all__ = ["is_form", "is_list"]
