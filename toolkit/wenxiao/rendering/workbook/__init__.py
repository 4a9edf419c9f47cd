"""Workbooks: the official form that a clerk fills, a list of many projects, and the data of a report.

The modules, from the bottom: marks (names of sheets, what makes a file one of ours) · exactness (numbers and texts in
cells, digit by digit) · books (one workbook, its formats) · regulations and choices (rules and lists that formulas
look up) · layout (where each fact stands) · workings, remarks (live formulas) · sheet, others, instructions (what is
written) · form · reading, lists · data.
"""

from wenxiao.rendering.workbook.marks import is_form, is_list

__all__ = ["is_form", "is_list"]
