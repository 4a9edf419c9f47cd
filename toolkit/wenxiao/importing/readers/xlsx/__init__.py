"""Workbooks (xlsx): every sheet as it is shown.

formats   what a cell shows: its value by its number format
scanning  how large the sheets are, before a library opens them, and formulas that hold no value
sheets    cells, merged areas, hidden rows, text boxes
"""

from wenxiao.importing.readers.xlsx.sheets import read_xlsx

__all__ = ["read_xlsx"]
