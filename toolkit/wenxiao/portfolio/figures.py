"""Figures over many projects, exact to the last digit, and how they are written: never a number without its base."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from decimal import Decimal
from typing import Final, TypeVar

from wenxiao.document import Cell, Paragraph, Table, text
from wenxiao.money import exact, grouped, half_up, percent, ratio, total

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
NONE: Final = "—"
MOST_ROWS: Final = 20
"""Rows that a table over many projects shows; its note says how many there are."""
WAN: Final = Decimal(10_000)


def mean(values: Sequence[Decimal]) -> Decimal:
    """Give the mean of at least one value."""
    return ratio(total(values), Decimal(len(values)))


def quantile(values: Iterable[Decimal], share: Decimal) -> Decimal:
    """Give the value below which a share of at least one value lies, between two neighbours in proportion.

    >>> quantile(map(Decimal, (4, 1, 2, 3)), Decimal("0.5")), quantile([Decimal(7)], Decimal("0.25"))
    (Decimal('2.5'), Decimal('7'))
    """
    ordered = sorted(values)
    with exact():
        place = share * (len(ordered) - 1)
        below = int(place)
        if place == below:
            return ordered[below]
        return ordered[below] + (place - below) * (ordered[below + 1] - ordered[below])


def median(values: Iterable[Decimal]) -> Decimal:
    """Give the middle value."""
    return quantile(values, Decimal("0.5"))


def rank_correlation(pairs: Sequence[tuple[Decimal, Decimal]]) -> Decimal | None:
    """Give Spearman's rank correlation of pairs; None where all values of one side are equal.

    >>> rank_correlation([(Decimal(a), Decimal(b)) for a, b in ((1, 10), (2, 30), (3, 20))])
    Decimal('0.5')
    """
    with exact():
        first, second = _ranks([a for a, _ in pairs]), _ranks([b for _, b in pairs])
        middle = Decimal(len(pairs) + 1) / 2
        down = sum((a - middle) ** 2 for a in first) * sum((b - middle) ** 2 for b in second)
        if not down:
            return None
        up = sum((a - middle) * (b - middle) for a, b in zip(first, second, strict=True))
        return Decimal(up) / Decimal(down).sqrt()


def _ranks(values: Sequence[Decimal]) -> list[Decimal]:
    """Give ranks from 1; equal values share the middle of theirs."""
    places = grouped_by(range(len(values)), lambda i: values[i])
    ranks, before = [Decimal(0)] * len(values), 0
    for value in sorted(places):
        for i in places[value]:
            ranks[i] = before + Decimal(len(places[value]) + 1) / 2
        before += len(places[value])
    return ranks


def grouped_by(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    """Give items by key, keys in order of appearance."""
    found: dict[K, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found


def count_of(part: int, noun: str = "个") -> str:
    """Write a number of things.

    >>> count_of(20000)
    '20,000 个'
    """
    return f"{part:,} {noun}"


def share_of(part: int, whole: int) -> str:
    """Write a share of a whole that may be zero.

    >>> share_of(7, 12), share_of(0, 0)
    ('58.3%', '—')
    """
    return percent(ratio(Decimal(part), Decimal(whole)), 1) if whole else NONE


def part_of(part: int, whole: int, noun: str = "个") -> str:
    """Write a number of things with its share of a whole that the sentence names.

    >>> part_of(7, 12), part_of(0, 12)
    ('7 个（58.3%）', '0 个')
    """
    return f"{count_of(part, noun)}（{share_of(part, whole)}）" if part and whole else count_of(part, noun)


def bar_value(part: int, whole: int) -> str:
    """Write what stands beside a bar.

    >>> bar_value(7, 12), bar_value(0, 12)
    ('7（58.3%）', '0')
    """
    return f"{part:,}（{share_of(part, whole)}）" if part else "0"


def wan(yuan: Decimal) -> str:
    """Write an amount in 万元.

    >>> wan(Decimal("381400"))
    '38.14'
    """
    return grouped(ratio(yuan, WAN), 2)


def points(value: Decimal | None) -> str:
    """Write points or a rate with two decimals."""
    return NONE if value is None else f"{half_up(value, 2):,f}"


def signed(value: Decimal) -> str:
    """Write a change or a correlation with two decimals and its sign.

    >>> signed(Decimal("-1.5")), signed(Decimal(2)), signed(Decimal(0))
    ('−1.50', '+2.00', '0.00')
    """
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{points(abs(value))}"


def rate_of(part: Decimal, whole: Decimal) -> str:
    """Write part ÷ whole as a percentage; a dash where the whole is zero."""
    return percent(ratio(part, whole)) if whole else NONE


def clipped(words: str, most: int = 60) -> str:
    """Give words on one line, cut where they are longer than a cell should be.

    >>> clipped("甲" * 70, 4)
    '甲甲甲…'
    """
    line = " ".join(words.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def paragraph(*sentences: str) -> Paragraph:
    """Give a paragraph of sentences; empty ones fall away."""
    return Paragraph(text("".join(sentences)))


def table(
    caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int], *, order: str,
    most: int = MOST_ROWS, noun: str = "项", left: int = 1, note: str = "", prose: Sequence[int] = (), last: Sequence[str] = (),
) -> Table:  # fmt: skip
    """Give a table whose note says in which order its rows stand and how many of them there are.

    The first column is a header, ``left`` columns and those of ``prose`` are words, all others numbers; ``last`` is a
    row below that is no row of the list, such as a sum.
    """

    def row(cells: Sequence[str], kind: str | None = None) -> tuple[Cell, ...]:
        first, *rest = cells
        words = {*range(left), *prose}
        return (
            Cell(first, scope="row", kind=kind),
            *(Cell(one, align=None if i in words else "right") for i, one in enumerate(rest, 1)),
        )

    shown = rows[:most]
    size = (
        f"前 {len(shown)} {noun}，共 {len(rows):,} {noun}" if len(rows) > most else f"共 {len(rows):,} {noun}"
    )
    return Table(
        caption,
        (tuple(Cell(one, scope="col") for one in head),),
        (*(row(cells) for cells in shown), *([row(last, "sum")] if last else [])),
        tuple(widths),
        f"{order}；{size}。{note}",
        sortable=len(shown) > 1,
    )
