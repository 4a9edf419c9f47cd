"""What Sphinx does not know by itself: generated reference, links out of docs/, the language of a page, Chinese search."""

import os
import re
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.locale import _ as translated
from sphinx.search import languages
from sphinx.search.en import SearchEnglish

import generated

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
ELSEWHERE = {ROOT / f"{name}.md": DOCS / f"{name.lower()}.md" for name in ("CHANGELOG", "CONTRIBUTING")}
"""Files of the repository that are pages of the site as well."""
WHOLE = re.compile(r"<!-- the whole of (\S+) -->")
MARK = re.compile(r"^<!-- generated: (\w+) -->$", re.M)
LINK = re.compile(r"(?<!!)\[([^\]\n]+)\]\((?!\w+:|#)([^)\s#]+)(#[^)\s]*)?\)")
FENCE = re.compile(r"(^```.*?^```$)", re.M | re.S)
WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef“”‘’—…]")
HAN = re.compile(r"[\u3400-\u9fff]+")
ENGLISH = ("en/", "verify", "scale", "performance", "mutation", "contributing")
"""Pages whose language is English; Chinese words in them are names and labels."""

AROUND = {
    "All pages": "全部页面", "Back to top": "回到顶部", "Home": "首页", "Next": "下一页", "On this page": "本页内容",
    "Previous": "上一页", "Skip to content": "跳到正文",
}  # fmt: skip
"""What the theme says around a page and Sphinx has no Chinese for."""


def read(app: Sphinx, docname: str, source: list[str]) -> None:
    """Put the generated part, or a file of the repository, where a page asks for it; links keep their way."""
    here = Path(app.env.doc2path(docname)).parent
    if found := WHOLE.fullmatch(source[0].strip()):
        source[0] = linked((ROOT / found[1]).read_text(encoding="utf-8"), ROOT, here)
    else:
        source[0] = linked(MARK.sub(lambda found: getattr(generated, found[1])(), source[0]), here, here)


def linked(text: str, home: Path, here: Path) -> str:
    """Give a text whose links, right in ``home``, are right in ``here``; what lies outside docs/ is named, not linked."""

    def link(found: re.Match[str]) -> str:
        target = (home / found[2]).resolve()
        target = ELSEWHERE.get(target, target)
        if not target.is_relative_to(DOCS):
            return f"{found[1]} (`{target.relative_to(ROOT).as_posix()}`)"
        return f"[{found[1]}]({Path(os.path.relpath(target, here)).as_posix()}{found[3] or ''})"

    return "".join(part if part.startswith("```") else LINK.sub(link, part) for part in FENCE.split(text))


def speak(app: Sphinx, pagename: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Say which language a page is in, and what stands around its text in it.

    A browser chooses its letters by it, a screen reader its voice.
    """
    english = pagename.startswith(ENGLISH)
    context["language"] = "en" if english else "zh-CN"
    context["_"] = context["gettext"] = str if english else lambda said: AROUND.get(said) or translated(said)


def join(app: Sphinx, doctree: nodes.document) -> None:
    """Let lines of Chinese join without a space: a browser would show one for the end of each line."""
    for group in doctree.findall(nodes.TextElement):
        parts = list(group.children)
        beside = [
            (one.astext()[-1:], other.astext()[:1]) for one, other in zip(parts, parts[2:], strict=False)
        ]
        needless = {
            at for at, ends in enumerate(beside, 1) if parts[at] == "\n" and all(map(WIDE.match, ends))
        }
        group.children = [part for at, part in enumerate(parts) if at not in needless]


class Search(SearchEnglish):
    """English words as they are, Chinese by the run and by each pair of characters: no segmenter, no dictionary."""

    lang, language_name = "zh", "Chinese"

    def split(self, input: str) -> list[str]:
        """Give the words of a text."""
        words = super().split(input)
        for run in HAN.findall(input):
            words += [run, *(run[i : i + 2] for i in range(len(run) - 1))]
        return words


def sign(app: Sphinx, what: str, name: str, thing: Any, options: Any, given: str, returned: str) -> Any:
    """Leave out the long signature of a class that is read from a file, not written by hand."""
    return ("", None) if what == "class" and hasattr(thing, "model_fields") else None


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the above."""
    languages["zh"] = Search
    app.connect("source-read", read)
    app.connect("doctree-read", join)
    app.connect("autodoc-process-signature", sign)
    app.connect("html-page-context", speak)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
