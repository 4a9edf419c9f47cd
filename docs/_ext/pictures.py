"""Boxes and arrows written as text, drawn as SVG: ``python docs/_ext/pictures.py`` draws docs/pictures/*.txt anew."""

from html import escape
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "pictures"
WIDTH, HEIGHT, ACROSS, DOWN, EDGE = 232, 70, 264, 108, 12
# An opaque ground of its own keeps it legible on any page; dark where the reader's system is dark.
STYLE = """
svg{background:#fff;color:#1b1b1b}
.box{fill:#f3f6fb;stroke:#3a5a8c;stroke-width:1.5}
.arrow{fill:none;stroke:#3a5a8c;stroke-width:2}
.head{fill:#3a5a8c}
text{fill:#1b1b1b;font-family:system-ui,"Noto Sans SC","Microsoft YaHei","PingFang SC",sans-serif;text-anchor:middle}
.what{font:600 15px ui-monospace,Consolas,monospace}
.zh{font-size:14px}
.en{font-size:12px}
@media (prefers-color-scheme:dark){
svg{background:#131416;color:#eee}
.box{fill:#1f2836;stroke:#8fb3e8}
.arrow{stroke:#8fb3e8}
.head{fill:#8fb3e8}
text{fill:#eee}
}
"""


def drawn(text: str) -> str:
    """Give the SVG of boxes (``name | column row | what | 中文 | English``) and arrows (``from -> to``).

    Raises:
        KeyError: an arrow names a box that is not there.
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    boxes = {}
    for line in lines:
        if "|" in line:
            name, place, *words = (part.strip() for part in line.split("|"))
            column, row = map(int, place.split())
            boxes[name] = (EDGE + column * ACROSS, EDGE + row * DOWN, words)
    arrows = [[name.strip() for name in line.split("->")] for line in lines if "->" in line]
    wide = max(x for x, _, _ in boxes.values()) + WIDTH + EDGE
    high = max(y for _, y, _ in boxes.values()) + HEIGHT + EDGE
    parts = [_arrow(boxes[a][:2], boxes[b][:2]) for a, b in arrows]
    parts += [_box(x, y, words) for x, y, words in boxes.values()]
    marker = '<marker id="head" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">'
    marker += '<path class="head" d="M0 0L10 5L0 10z"/></marker>'
    frame = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img">'
    return "\n".join([frame, f"<style>{STYLE}</style>", f"<defs>{marker}</defs>", *parts, "</svg>", ""])


def _box(x: int, y: int, words: list[str]) -> str:
    middle, (what, zh, en) = x + WIDTH // 2, words
    rows = (("what", 22, what), ("zh", 42, zh), ("en", 60, en))
    said = "".join(
        f'<text class="{kind}" x="{middle}" y="{y + dy}">{escape(text)}</text>' for kind, dy, text in rows
    )
    return f'<rect class="box" x="{x}" y="{y}" width="{WIDTH}" height="{HEIGHT}" rx="6"/>{said}'


def _arrow(a: tuple[int, int], b: tuple[int, int]) -> str:
    """Draw an arrow between neighbours: along a row, down a column, or by an elbow between rows."""
    (ax, ay), (bx, by) = a, b
    half = WIDTH // 2
    if ay == by:
        start, end = (ax + WIDTH, bx) if bx > ax else (ax, bx + WIDTH)
        path = f"M{start} {ay + HEIGHT // 2}H{end}"
    elif ax == bx:
        path = f"M{ax + half} {ay + HEIGHT}V{by}"
    else:
        between = (ay + HEIGHT + by) // 2
        path = f"M{ax + half} {ay + HEIGHT}V{between}H{bx + half + (40 if ax > bx else -40)}V{by}"
    return f'<path class="arrow" d="{path}" marker-end="url(#head)"/>'


if __name__ == "__main__":
    for source in FOLDER.glob("*.txt"):
        source.with_suffix(".svg").write_text(drawn(source.read_text(encoding="utf-8")), encoding="utf-8")
