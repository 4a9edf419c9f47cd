"""Web pages: what was published, without the page around it.

tree      broken HTML made into a tree, what nobody sees taken out
content   the part of a page that holds the document
blocks    paragraphs and tables of that part
"""

from wenxiao.importing.grid import Grid
from wenxiao.importing.readers.building import Draft
from wenxiao.importing.readers.html.blocks import Blocks
from wenxiao.importing.readers.html.content import content_of
from wenxiao.importing.readers.html.tree import tree_of

__all__ = ["read_html"]


def read_html(file: str, text: str) -> Grid:
    """Read a web page or a part of one.

    Raises:
        InputError: it is too deep or too large.
    """
    draft = Draft(file, "html")
    root = tree_of(draft, text)
    if root is None:
        return draft.grid()
    title, content = content_of(draft, root)
    if title:
        draft.paragraph(title)
    Blocks(draft).read(content)
    return draft.grid()
