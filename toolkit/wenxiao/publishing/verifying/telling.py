"""A result in words, as a citizen reads it: the verdict first, then each place, then what else is worth knowing."""

import itertools
import re
from collections.abc import Iterator
from typing import Final

from wenxiao.publishing.verifying.environment import name_of
from wenxiao.publishing.verifying.result import Difference, Part, Result
from wenxiao.visible import visible
from wenxiao.words import Words

MOST: Final = 12
"""Differences of one file that are told in words; JSON has all."""
_TOKEN: Final = re.compile(r"[\w.%+—-]{1,20}")


def told(result: Result, language: str) -> Iterator[str]:
    """Give the lines to print."""

    yield verdict(result).in_(language)
    number = itertools.count(1)
    for (file, cause), group in itertools.groupby(result.differences, lambda one: (one.file, one.cause)):
        yield ""
        yield _head(file, cause, language)
        yield from _listed(list(group), number, language)
    for title, sentences in (
        (Words("相同：", "The same:"), [words.in_(language) for words in result.same]),
        (Words("没有核对：", "Not checked:"), [words.in_(language) for words in result.unchecked]),
        (Words("与公布时不同的软件：", "Other software than at publication:"), list(_others(result, language))),
        (Words("请留存下面的日志树根，下次用 --head 核对，就能看出有没有记录被删改：",
               "Keep these roots of the log; given to --head next time, they show whether anything was removed or changed:"),
         [Words(f"{size}:{root}（{year} 年度）", f"{size}:{root} ({year})").in_(language) for year, size, root in result.heads]),
    ):  # fmt: skip
        if sentences:
            yield ""
            yield title.in_(language)
            yield from (f"  {sentence}" for sentence in sentences)


def verdict(result: Result) -> Words:
    """Give the first line."""
    n, left = len(result.differences), len(result.unchecked)
    if n:
        return Words(f"不一致：{n} 处", f"Differs in {n} place{'s' * (n > 1)}")
    if left:
        return Words(f"一致（{left} 项没有核对，见下）", f"Identical ({left} not checked, see below)")
    return Words("一致", "Identical")


def _head(file: str, cause: Words | None, language: str) -> str:
    name = visible(file) or Words("整个网站", "the whole site").in_(language)
    return Words(f"{name}：{cause.zh}", f"{name}: {cause.en}").in_(language) if cause else name


def _listed(group: list[Difference], number: Iterator[int], language: str) -> Iterator[str]:
    for one in group[:MOST]:
        lines = list(_difference(one, language))
        yield f"  {next(number)}. {lines[0]}"
        yield from (f"     {line}" for line in lines[1:])
    if more := len(group[MOST:]):
        for _ in range(more):
            next(number)
        yield Words(f"  ……这里另有 {more} 处，用 --json 可以全部列出。",
                    f"  … and {more} more here; --json lists all of them.").in_(language)  # fmt: skip


def _difference(one: Difference, language: str) -> Iterator[str]:
    place = one.where.in_(language)
    said = one.message.in_(language).split("\n")
    both = one.published, one.expected
    if one.said is None and all(both) and not all(_TOKEN.fullmatch(text or "") for text in both):
        said = [
            f"{Words('公布：', 'published:  ').in_(language)}{one.published}",
            f"{Words('重算：', 'recomputed: ').in_(language)}{one.expected}",
        ]
    if not place:
        yield from said
    elif len(said) == 1:
        yield Words(f"{place}：{said[0]}", f"{place}: {said[0]}").in_(language)
    else:
        yield place
        yield from said


def _others(result: Result, language: str) -> Iterator[str]:
    for part in result.environment:
        if not part.same:
            yield _part(part, result.subject == "site").in_(language)


def _part(part: Part, counted: bool) -> Words:
    name = name_of(part.name)
    many = Words(f"（{part.reports} 份报告）", f" ({part.reports} reports)") if counted else Words("", "")
    return Words(
        f"{name.zh}：公布时 {part.recorded}，这里 {part.present}{many.zh}",
        f"{name.en}: {part.recorded} at publication, {part.present} here{many.en}",
    )
