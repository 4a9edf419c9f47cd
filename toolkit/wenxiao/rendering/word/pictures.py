"""Pictures for Word: every SVG drawn as PNG by Typst, once a document, and set into a line."""

import json
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from wenxiao import fonts
from wenxiao.document import Figure, clean_svg
from wenxiao.rendering import RenderingError
from wenxiao.rendering.grids import LINE_MM
from wenxiao.rendering.layout import PICTURE_MM
from wenxiao.rendering.word.marks import attribute

PIXELS: Final = 200
"""Pixels an inch: sharp on paper, and a chart stays below 60 kB."""
_EMU: Final = 36_000
_VIEW_BOX: Final = re.compile(r'<svg[^>]* viewBox="[-\d.]+[ ,]+[-\d.]+[ ,]+(\d*[1-9][\d.]*)[ ,]+([\d.]+)"')
_DRAWN: Final = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#for one in json(bytes(sys.inputs.pictures)) { page(image(bytes(one.svg), format: "svg", width: one.mm * 1mm)) }
"""


@dataclass(frozen=True)
class Picture:
    """A picture ready to be set: PNG bytes, width and height in mm."""

    png: bytes
    width: float
    height: float


def pictures_of(figures: Sequence[Figure]) -> list[Picture]:
    """Give the pictures of figures, none wider than a line nor higher than a page.

    Raises:
        RenderingError: an SVG can't be drawn; says what the drawer says.
    """
    sizes = [_size(figure) for figure in figures]
    drawn = iter(_draw([(f, w) for f, (w, _) in zip(figures, sizes, strict=True) if f.svg is not None]))
    made = []
    for figure, (width, height) in zip(figures, sizes, strict=True):
        png = next(drawn) if figure.svg is not None else figure.png or b""
        made.append(Picture(png, width, height))
    return made


def _size(figure: Figure) -> tuple[float, float]:
    width, shape = float(LINE_MM), 0.5
    if figure.svg is not None:
        if box := _VIEW_BOX.search(figure.svg):
            shape = float(box[2]) / float(box[1])
    elif len(figure.png or b"") > 24:
        across, down = struct.unpack(">II", (figure.png or b"")[16:24])
        width, shape = min(LINE_MM, max(20, across / 100 * 25.4)), down / max(1, across)
    width = min(width, PICTURE_MM / shape) if shape else width
    return width, width * shape


def _draw(figures: Sequence[tuple[Figure, float]]) -> list[bytes]:
    if not figures:
        return []
    import typst

    pictures: list[dict[str, Any]] = [
        {"svg": clean_svg(figure.svg or ""), "mm": width} for figure, width in figures
    ]
    inputs = {"pictures": json.dumps(pictures, ensure_ascii=False)}
    # Charts of ours are drawn as outlines; of others the letters need our fonts, as in the PDF.
    known = {"font_paths": _fonts()} if any("<text" in one["svg"] for one in pictures) else {}
    try:
        made: Any = typst.compile(
            _DRAWN, format="png", ppi=float(PIXELS), sys_inputs=inputs, ignore_system_fonts=True, **known
        )
    except RuntimeError as error:
        raise RenderingError(f"图画不成：{getattr(error, 'message', error)}") from error
    return [made] if isinstance(made, bytes) else list(made)


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts.FOLDER)]
    )


def inline(picture: Picture, relation: str, number: int, alt: str) -> str:
    """Give the run that shows a picture; ``relation`` is the id of its part, ``number`` its own in the document."""
    across, down = (round(mm * _EMU) for mm in (picture.width, picture.height))
    said = attribute(alt)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
        f'<wp:docPr id="{number}" name="图 {number}" descr={said}/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/>'
        '</wp:cNvGraphicFramePr><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name="图 {number}" descr={said}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
