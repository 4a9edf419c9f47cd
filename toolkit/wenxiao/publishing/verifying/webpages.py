"""A page as the runs of text a reader meets, each with its heading and table."""

import hashlib
import re
from html.parser import HTMLParser
from typing import Final

from wenxiao.publishing.verifying.result import NOWHERE
from wenxiao.publishing.verifying.texts import Run
from wenxiao.words import Words

_INLINE: Final = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "br",
        "cite",
        "code",
        "data",
        "em",
        "i",
        "kbd",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_UNSEEN: Final = {
    "style": Words("样式", "style"),
    "script": Words("脚本", "script"),
    "title": Words("网页标题", "page title"),
}
_NAMED: Final = {
    "alt": Words("图的文字说明", "text for a picture"),
    "aria-label": Words("读屏软件念出的文字", "text for screen readers"),
    "content": Words("网页信息", "what the page says of itself"),
    "href": Words("链接", "link"),
    "title": Words("提示文字", "hint"),
}
"""Attributes that hold words."""


class _Reader(HTMLParser):
    def __init__(self, before: Words) -> None:
        super().__init__(convert_charrefs=True)
        self.runs: list[Run] = []
        self._before, self._heading, self._caption, self._tag = before, "", "", ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _INLINE:
            self._text += " " if tag == "br" else ""
        else:
            self.flush()
            self._tag = tag
            self._caption = "" if tag == "table" else self._caption
        got = {name: value or "" for name, value in attrs}
        for name, words in _NAMED.items():
            if name in got:
                self.runs.append(Run(self._where(words), got[name]))
        if src := got.get("src"):
            alt = got.get("alt", "")
            alt = f"{alt[:30]}…" if len(alt) > 30 else alt
            shown = hashlib.sha256(src.encode()).hexdigest()
            self.runs.append(Run(self._where(Words(f"图“{alt}”", f"picture “{alt}”")), shown, picture=True))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.flush()
            self._caption = "" if tag == "table" else self._caption
            self._tag = ""

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def flush(self) -> None:
        text = re.sub(r"\s+", " ", "".join(self._text)).strip()
        self._text = []
        if not text:
            return
        if self._tag in _HEADINGS:
            self._heading = text
        elif self._tag == "caption":
            self._caption = text
        self.runs.append(Run(self._where(_UNSEEN.get(self._tag)), text))

    def _where(self, more: Words | None) -> Words:
        zh, en = [self._before.zh], [self._before.en]
        if self._heading and not (more and self._tag in _UNSEEN):
            zh.append(f"“{self._heading[:40]}”一节")
            en.append(f"section “{self._heading[:40]}”")
        if self._caption:
            zh.append(f"表“{self._caption[:40]}”")
            en.append(f"table “{self._caption[:40]}”")
        if more:
            zh.append(more.zh)
            en.append(more.en)
        return Words("，".join(filter(None, zh)), ", ".join(filter(None, en)))


def page_runs(source: str, before: Words = NOWHERE) -> list[Run]:
    """Give the runs of a page, or of a part of one that stands at ``before``; any text is read, nothing is run."""
    reader = _Reader(before)
    reader.feed(source)
    reader.close()
    reader.flush()
    return reader.runs
