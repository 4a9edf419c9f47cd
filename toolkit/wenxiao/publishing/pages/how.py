"""How these numbers were made: the route, the formulas, every rubric as a table, every finding on a page of its own."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from typing import Final

from wenxiao.document import Block, Heading, from_markdown, plain_text, to_html
from wenxiao.findings import KINDS
from wenxiao.publishing.pages.frame import Crumb, Frame, key_of, rendered
from wenxiao.publishing.published import Page, Site
from wenxiao.regulation import items, reference_text
from wenxiao.rendering.html import distinct_labels
from wenxiao.rubric import Rubric, load_rubric, rubric_ids
from wenxiao.running.places import starter_file
from wenxiao.words import KINDS as RUBRIC_KINDS

_UP: Final = Crumb("数据怎么来", "how/index.html")
FAMILIES: Final = {
    "B": "预算和资金", "S": "分值、总分和等级", "I": "绩效指标", "T": "文字和日期", "D": "公开审查", "P": "多个项目之间",
}  # fmt: skip
"""First letter of a code → what it is about."""


def how_pages(site: Site) -> Iterator[Page]:
    """Give how/: one page for the whole, one a rubric, one a code."""
    settings = site.settings
    yield Page("how/index.html", key_of(settings), lambda: _index(site))
    for rubric in rubric_ids():
        yield Page(f"how/rubrics/{rubric}.html", key_of(settings, rubric), partial(_rubric, site, rubric))
    for code in KINDS:
        yield Page(f"how/findings/{code}.html", key_of(settings, code), partial(_finding, site, code))


@cache
def _loaded(rubric: str) -> Rubric:
    return load_rubric(rubric)


def _index(site: Site) -> bytes:
    titles = [(code, kind.title.zh) for code, kind in KINDS.items()]
    families = [(words, [one for one in titles if one[0][0] == letter]) for letter, words in FAMILIES.items()]
    rubrics = [(one, _loaded(one).name) for one in rubric_ids()]
    frame = Frame("how/index.html", "这些数怎么来", site.settings)
    return rendered("how.html.j2", frame, rubrics=rubrics, families=families)


def _rubric(site: Site, rubric: str) -> bytes:
    loaded = _loaded(rubric)
    rows = [
        {
            "label": item.label.zh, "since": item.since, "text": item.text.zh, "reference": reference_text(item.reference),
            "verified": item.verified, "taken_from": item.taken_from,
        } for item in items(loaded)
    ]  # fmt: skip
    frame = Frame(f"how/rubrics/{rubric}.html", f"评分规则 {rubric}", site.settings, (_UP,))
    return rendered("rubric.html.j2", frame, rubric=loaded, kind=RUBRIC_KINDS[loaded.kind], rows=rows)


def _finding(site: Site, code: str) -> bytes:
    frame = Frame(f"how/findings/{code}.html", f"{code} {KINDS[code].title.zh}", site.settings, (_UP,))
    return rendered("finding.html.j2", frame, body=distinct_labels(to_html(_explained(code))))


def _explained(code: str) -> Iterator[Block]:
    """Give the blocks of a finding's page of the handbook, as far as they are Chinese, without its title."""
    for block in from_markdown(starter_file(f"findings/{code}.md", "docs").read_text(encoding="utf-8")):
        if isinstance(block, Heading):
            if plain_text([block]) == "In English":
                return
            if block.level == 1:
                continue
            block = replace(block, level=max(2, block.level))
        yield block
