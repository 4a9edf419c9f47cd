"""nbconvert exporter ``wenxiao-html``: one file, no outside address, a strict CSP with one hashed style.

A page with tables that sort (the portfolio's) has one script, hashed as well; a report has none.
"""

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
        css, digest = _asset("report.css")
        body = distinct_labels(to_html(report.blocks))
        page = {
            "title": html.escape(report.title),
            "body": body,
            "contents": [(mark, re.sub("<[^>]+>", "", inner)) for mark, inner in _SECTION.findall(body)],
            "style": css,
            "style_hash": digest,
        }
        if '<table class="sorts">' in body:
            page["script"], page["script_hash"] = _asset("sort.js")
        resources = dict(resources or {}, wenxiao=page)
        return super().from_notebook_node(NotebookNode(nb, cells=[]), resources, **kw)


@cache
def _asset(name: str) -> tuple[str, str]:
    """Give the style sheet or the script, and its hash as a content security policy names it."""
    content = (TEMPLATES / "wenxiao" / name).read_text(encoding="utf-8")
    return content, "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def distinct_labels(body: str) -> str:
    """Number repeated labels of scrolling regions: two regions of one page may not bear the same name."""
    seen: dict[str, itertools.count[int]] = {}

    def number(match: re.Match[str]) -> str:
        n = next(seen.setdefault(match[1], itertools.count(1)))
        return match[0] if n == 1 else f'aria-label="{match[1]}（{n}）"'

    return _LABEL.sub(number, body)
