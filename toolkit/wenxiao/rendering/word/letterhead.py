"""An office's own template (红头): its head, its foot, its page; in between the report.

The template is a .docx with fields in double braces, filled in by docxtpl. It is data: expressions are evaluated in a
sandbox that knows the fields below and no function, and nothing that would run when the document is opened is let in.
"""

import io
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from wenxiao.document import Heading, Listing, Paragraph, Run, text
from wenxiao.errors import SpokenError, WenxiaoError, not_opened, shown_path
from wenxiao.rendering.tree import Report
from wenxiao.rendering.word.adopting import adopt
from wenxiao.rendering.word.headfile import faults_of
from wenxiao.rendering.word.marks import W, legal
from wenxiao.rendering.word.package import Package
from wenxiao.rendering.word.setting import elements, finished
from wenxiao.words import Words

WHOLE, BODY = "report", "body"
_PLACES: Final = {WHOLE: "〔wenxiao:report〕", BODY: "〔wenxiao:body〕"}
FIELDS: Final = (
    "title", "project.name", "unit", "department", "region", "year", "total", "grade", "date", "rubric",
    "budget.original", "budget.adjusted", "budget.outturn", "budget.execution_rate", "budget.amount_unit",
)  # fmt: skip
"""The fields of a template beside ``report`` and ``body``; what is not stated is empty."""
# As docxtpl leaves {{p report }}, which a paragraph's worth of XML is to replace: here it is a paragraph again.
_BARE: Final = re.compile(
    r"\{\{\s*(report|body)\s*\}\}(?=\s*(?:<w:(?:p|tbl|sdt|sectPr|bookmark\w+|proofErr)\b|</w:(?:body|tc)>))"
)
_PARAGRAPH: Final = r"<w:p><w:r><w:t>{{ \1 }}</w:t></w:r></w:p>"


class LetterheadError(SpokenError):
    """An office's own template can't be used; names the file, says all that is wrong and what to do."""

    def __init__(self, path: Path, faults: Sequence[Words]):
        shown = shown_path(path)
        zh, en = (
            f"{shown}\n" + "\n".join(f"  {one.in_(language)}" for one in faults) for language in ("zh", "en")
        )
        super().__init__(Words(zh, en))


def check(path: Path) -> None:
    """See that a template can be used, by filling in an example.

    Raises:
        LetterheadError: with all its faults.
    """
    example = json.dumps({"project": {"name": "项目", "unit": "单位", "year": 2021}})
    one = Listing(True, ((Paragraph((Run("甲", href="https://example.cn/"),)),),))
    render_under(path, Report("标题", (Heading(2, text("一、基本情况")), one), record=example))


def render_under(path: str | Path, report: Report) -> bytes:
    """Set a report under an office's own head; the same report and template give the same bytes.

    Raises:
        LetterheadError: the template can't be used; says why.
        RenderingError: a picture can't be drawn.
    """
    path = Path(path)
    content = _read(path)
    if faults := faults_of(content):
        raise LetterheadError(path, faults)
    try:
        document, kind, place = _filled(path, content, report)
        package = Package(document)
        for one in adopt(document, elements(report, package, whole=kind == WHOLE)):
            place.addprevious(one)
        place.getparent().remove(place)
        return finished(report, package)
    except WenxiaoError:
        raise
    except Exception as error:  # whatever a template can be wrong in: Jinja's errors, python-docx's, lxml's
        raise LetterheadError(path, [_said(error)]) from None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise LetterheadError(path, [not_opened(error)]) from None


def _filled(path: Path, content: bytes, report: Report) -> tuple[Any, str, Any]:
    """Give the template filled in, and where the report comes: as a whole or its body, and the paragraph it replaces."""
    from docxtpl import DocxTemplate

    template: Any = DocxTemplate(io.BytesIO(content))
    cleaned = template.patch_xml
    template.patch_xml = lambda xml: _BARE.sub(_PARAGRAPH, cleaned(xml))
    template.render(_context(report), _environment(), autoescape=True)
    document = template.docx
    found = [(kind, one) for one in document.element.body.iter(f"{W}p") for kind in _in(one)]
    if len(found) != 1:
        raise LetterheadError(path, [_NO_PLACE if not found else _TWO_PLACES])
    kind, one = found[0]
    alone = _text(one).strip() == _PLACES[kind] and one.getparent() is document.element.body
    if not alone or one.find(f".//{W}sectPr") is not None:
        raise LetterheadError(path, [_NOT_ALONE])
    return document, kind, one


def _text(one: Any) -> str:
    return "".join(part.text or "" for part in one.iter(f"{W}t"))


def _in(one: Any) -> list[str]:
    said = _text(one)
    return [kind for kind, sign in _PLACES.items() for _ in range(said.count(sign))]


def _context(report: Report) -> dict[str, Any]:
    record = json.loads(report.record) if report.record else {}
    about, budget = record.get("project") or {}, record.get("budget") or {}
    context: dict[str, Any] = {
        "title": report.title, "unit": about.get("unit"), "department": about.get("department"),
        "region": about.get("region"), "year": about.get("year"), "total": record.get("total"), "grade": record.get("grade"),
        "date": _day(record.get("date")), "rubric": record.get("rubric"), "project": {key: about.get(key) for key in ("name", "year", "unit", "department", "region")},
        "budget": {key: budget.get(key) for key in ("original", "adjusted", "outturn", "execution_rate", "amount_unit")},
    }  # fmt: skip
    return _plain(context) | _PLACES


def _day(date: str | None) -> str | None:
    """Give a date as Chinese documents write it.

    >>> _day("2022-04-20")
    '2022年4月20日'
    """
    return "{}年{}月{}日".format(*map(int, date.split("-"))) if date else None


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Give values as texts that XML can hold; what is not stated is empty."""
    return {
        key: _plain(value) if isinstance(value, Mapping) else "" if value is None else legal(str(value))
        for key, value in values.items()
    }


def _environment() -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    del environment.filters["random"]  # the same report, the same bytes
    return environment


def _said(error: Exception) -> Words:
    from jinja2.exceptions import SecurityError, TemplateSyntaxError, UndefinedError

    detail = " ".join(str(error).split())[:200]
    if isinstance(error, UndefinedError):
        name = next(iter(re.findall(r"'([^']+)' is undefined|attribute '([^']+)'", detail)), ("", ""))
        known = ", ".join((*FIELDS, WHOLE, BODY))
        shown = "".join(name) or detail
        return Words(
            f"没有“{shown}”这个字段。可用的：{known}。", f"There is no field “{shown}”. There are: {known}."
        )
    if isinstance(error, SecurityError) or "no loader" in detail:
        return Words(
            f"模板里只能写字段，不能写程序：{detail}。",
            f"A template may name fields, not run code: {detail}.",
        )
    if isinstance(error, TemplateSyntaxError):
        lines = " ".join(" ".join(getattr(error, "docx_context", ())).split())[-120:]
        return Words(
            f"花括号里的写法不对：{detail}。附近的文字：“{lines}”。一个字段写作 {{{{ unit }}}}。",
            f"What stands in braces can't be read: {detail}. Near: “{lines}”. A field is written {{{{ unit }}}}.",
        )
    return Words(
        f"填不成：{type(error).__name__} {detail}。请在 Word 里另存为 .docx 再试。",
        f"It can't be filled in: {type(error).__name__} {detail}. Save it as .docx in Word and try again.",
    )


_NO_PLACE: Final = Words(
    "没有说报告放在哪里：另起一段，只写 {{ report }}（标题、目录和正文）或 {{ body }}（只要正文）。",
    "It does not say where the report goes: give {{ report }} (title, contents and text) or {{ body }} (the text alone) "
    "a paragraph of its own.",
)
_TWO_PLACES: Final = Words(
    "{{ report }} 和 {{ body }} 一共只能写一处。", "{{ report }} or {{ body }} may stand once in all."
)
_NOT_ALONE: Final = Words(
    "{{ report }} 要单独成段，放在正文里：不在表格、文本框、页眉页脚里，同一段没有别的字。",
    "{{ report }} takes a paragraph of its own in the text: not in a table, text box, header or footer, nothing beside it.",
)

__all__ = ["FIELDS", "LetterheadError", "check", "render_under"]
