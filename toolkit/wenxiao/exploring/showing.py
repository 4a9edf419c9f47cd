"""How values display themselves: HTML for notebooks, in light and dark, and text for consoles.

What is shown of a value is said once, as blocks of :mod:`wenxiao.document`, so a notebook's display also renders in
the exported page and PDF.
"""

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

from wenxiao.document import Block, to_html
from wenxiao.exploring.console import console_text


def bundle_of(value: Any) -> dict[str, str]:
    """Give what a notebook shows of a value, by media type."""
    return bundle(blocks_of(value))


def text_of(value: Any) -> str:
    """Give what a console shows of a value: 80 columns wide, a Chinese character taking two."""
    return console_text(blocks_of(value))


def bundle(blocks: Iterable[Block]) -> dict[str, str]:
    """Give blocks by media type, the page in the notebook's own colours: no script, no outside address."""
    shown = tuple(blocks)
    # JupyterLab would set $…$ of a unit's text as a formula; the class tells it not to.
    # A notebook may show the same table twice, and a landmark must be the only one of its name; a group need not.
    inside = to_html(shown).replace('role="region"', 'role="group"')
    page = (
        f'<div class="wenxiao-shown mathjax_ignore tex2jax_ignore">\n<style>{_style()}</style>\n'
        f"{inside}\n</div>"
    )
    return {"text/html": page, "text/plain": console_text(shown)}


def blocks_of(value: Any) -> tuple[Block, ...]:
    """Give what is shown of a value.

    Raises:
        TypeError: nothing says how it is shown.
    """
    from wenxiao.exploring.cards import CARDS

    for kind in type(value).__mro__:
        if card := CARDS.get(kind.__name__):
            return tuple(card(value))
    raise TypeError(type(value).__name__)


@cache
def _style() -> str:
    return resources.files("wenxiao.exploring").joinpath("shown.css").read_text(encoding="utf-8").strip()
