"""What all pages share: the templates, the frame around them, addresses inside the site, and keys."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from wenxiao.publishing.pages import shown
from wenxiao.publishing.settings import Settings

HERE: Final = Path(__file__).parent
MOST_BYTES: Final = 300_000
"""No page is larger."""
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'{more}; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'"
)
HOME: Final = "index.html"
MISSING: Final = "404.html"


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the home page; ``path`` is inside the site."""

    words: str
    path: str


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a page stands: its path in the site, title, the steps to it, and the settings of the site."""

    path: str
    title: str
    settings: Settings
    crumbs: tuple[Crumb, ...] = ()
    scripts: tuple[str, ...] = ("assets/site.js",)
    wasm: bool = False

    @property
    def root(self) -> str:
        """The way from this page to the site's own folder: empty, or ending in a slash."""
        return "../" * self.path.count("/")

    def to(self, path: str) -> str:
        """Give the address of a file of the site, seen from this page.

        >>> Frame("2021/a/index.html", "", Settings()).to("2021/甲/x.pdf#s1")
        '../../2021/%E7%94%B2/x.pdf#s1'
        """
        place, mark, fragment = path.partition("#")
        return (self.root + quote(place) if place else "") + mark + fragment

    def link(self, path: str) -> str:
        """Give the address that the frame itself uses: absolute on the 404 page, which stands in for any address."""
        base = self.settings.base_url if self.path == MISSING else None
        return base + quote(path, safe="/#") if base else self.to(path)

    @property
    def policy(self) -> str:
        """The Content-Security-Policy of the page."""
        return POLICY.format(more=" 'wasm-unsafe-eval'" if self.wasm else "")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    made.filters |= {
        "clip": shown.clipped, "day": shown.day, "wan": shown.wan, "rate": shown.rate, "size": shown.size,
    }  # fmt: skip
    made.globals |= {"version": version("wenxiao"), "absent": shown.ABSENT}
    return made


def rendered(template: str, frame: Frame, **model: Any) -> bytes:
    """Give a page. No character in it turns the direction of what follows."""
    own = {"frame": frame, "to": frame.to, "link": frame.link, "site": frame.settings}
    made = _environment().get_template(template).render(own, **model)
    return shown.one_way(made).encode()


def key_of(settings: Settings, *parts: Iterable[object] | object) -> str:
    """Give the key of a page from all it depends on: values whose text tells them apart."""
    values = [list(map(str, part)) if isinstance(part, list | tuple) else str(part) for part in parts]
    written = json.dumps([settings.model_dump(mode="json"), values], ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def publisher(settings: Settings, department: str | None, unit: str) -> str:
    """发布机构: that of the site, or else the report's department or unit."""
    return settings.publisher or department or unit
