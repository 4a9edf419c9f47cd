"""Published forms as test data: a project's facts as a document in the layout of its province."""

from collections.abc import Callable

from form_files import KINDS, Form
from form_layouts import anhui, ministry, sichuan, yunnan
from form_layouts_local import beijing, fujian, hubei, hunan_department
from form_layouts_more import chongqing, jiangxi, ningxia, sichuan_2023
from form_parts import Quirks
from form_reports import hunan_report, transfer
from wenxiao.model import Project

LAYOUTS: dict[str, Callable[[Project, Quirks], Form]] = {
    "ministry": ministry,
    "anhui": anhui,
    "yunnan": yunnan,
    "hubei": hubei,
    "sichuan": sichuan,
    "fujian": fujian,
    "beijing": beijing,
    "hunan-department": hunan_department,
    "hunan-report": hunan_report,
    "transfer": transfer,
    "sichuan-2023": sichuan_2023,
    "chongqing": chongqing,
    "ningxia": ningxia,
    "jiangxi": jiangxi,
}
TIDY = Quirks()
_BY_RUBRIC = {
    "hubei-20-80": "hubei", "fujian-deductions": "fujian", "beijing-2016": "beijing", "hunan-department": "hunan-department",
    "county-no-scores": "hunan-report", "transfer-no-scores": "transfer",
    "sichuan-10-90": "sichuan-2023", "chongqing-10-90": "chongqing", "ningxia-10-25-30-35": "ningxia", "jiangxi-2017": "jiangxi",
}  # fmt: skip
_BY_REGION = {"云南": "yunnan", "四川": "sichuan"}


def layout_of(project: Project) -> str:
    """Give the layout that the project's own document has."""
    if project.rubric in _BY_RUBRIC:
        return _BY_RUBRIC[project.rubric]
    region = (project.project.region or "")[:2]
    stars = any(one.name.startswith("★") for one in project.indicators)
    return "anhui" if stars else _BY_REGION.get(region, "ministry")


def form_of(project: Project, layout: str | None = None, quirks: Quirks = TIDY) -> Form:
    """Give the paragraphs and tables of the form."""
    return LAYOUTS[layout or layout_of(project)](project, quirks)


def make(project: Project, layout: str, kind: str, quirks: Quirks = TIDY) -> bytes:
    """Give the document; ``kind`` is one of ``docx``, ``xlsx``, ``html``, ``txt`` (tabs), ``copied`` (a line a cell)."""
    return KINDS[kind](form_of(project, layout, quirks))
