"""nbconvert exporter ``wenxiao-html``: one file, no script, no outside address, a strict CSP with one hashed style."""

import base64
import hashlib
import html
import itertools
import re
from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters.templateexporter import TemplateExporter
from nbformat import NotebookNode
from traitlets import default

from wenxiao.document import to_html
from wenxiao.rendering.tree import read_notebook

TEMPLATES = Path(__file__).parent / "templates"
_LABEL = re.compile(r'aria-label="([^"]*)"')
_SECTION = re.compile(r'<h2 id="(s\d+)">(.*?)</h2>', re.S)


class WenxiaoHTMLExporter(TemplateExporter):
    """A self-contained page for public disclosure; the template ``wenxiao/index.html.j2`` can be extended."""

    export_from_notebook = "HTML（公开页面）"
    output_mimetype = "text/html"

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".html"

    @default("template_extension")
    def _template_extension_default(self) -> str:
        return ".html.j2"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "wenxiao"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Give the page of an executed notebook.

        The template gets the page's parts as ``resources.wenxiao``, and of the notebook its metadata alone: cells would
        be copied and validated a dozen times on their way to it.
        """
        report = read_notebook(nb)
        css, digest = _style()
        body = distinct_labels(to_html(report.blocks))
        page = {
            "title": html.escape(report.title),
            "body": body,
            "contents": [(mark, re.sub("<[^>]+>", "", inner)) for mark, inner in _SECTION.findall(body)],
            "style": css,
            "style_hash": f"sha256-{digest}",
        }
        resources = dict(resources or {}, wenxiao=page)
        return super().from_notebook_node(NotebookNode(nb, cells=[]), resources, **kw)


@cache
def _style() -> tuple[str, str]:
    """Give the style sheet and its SHA-256 in base64."""
    css = (TEMPLATES / "wenxiao" / "report.css").read_text(encoding="utf-8")
    return css, base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()


def distinct_labels(body: str) -> str:
    """Number repeated labels of scrolling regions: two regions of one page may not bear the same name."""
    seen: dict[str, itertools.count[int]] = {}

    def number(match: re.Match[str]) -> str:
        n = next(seen.setdefault(match[1], itertools.count(1)))
        return match[0] if n == 1 else f'aria-label="{match[1]}（{n}）"'

    return _LABEL.sub(number, body)
