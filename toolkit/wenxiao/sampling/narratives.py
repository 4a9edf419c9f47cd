"""What a sample says in words: the sections of the self-evaluation, and 年度总体目标."""

from collections.abc import Sequence

from wenxiao.sampling.data import Facts, ProjectType, sentences
from wenxiao.sampling.drawing import Draw


def narrative(kind: ProjectType, unit: str, draw: Draw) -> Facts:
    """Give the sections of the narrative; one in three projects leaves one out."""

    def say(about: str) -> str:
        names = {name: draw.town() for name in "abcd"}
        works = draw.sample(kind.contents, 2)
        return draw.choice(sentences()[about]).format(
            **names, unit=unit, w="和".join(works), v=works[0], p=draw.village(), m=draw.randint(2, 7), n=draw.randint(8, 11)
        )  # fmt: skip

    text = {
        "overview": "".join(map(say, ("overview", "progress", "money"))),
        "organisation": "".join(map(say, draw.sample(("methods", "fieldwork", "crosschecks"), 2))),
        **{about: say(about) for about in ("experience", "problems", "suggestions")},
    }
    left_out = draw.choice(("", "", "", "", "experience", "organisation"))
    return {key: words for key, words in text.items() if key != left_out}


def objective(rows: Sequence[Facts]) -> Facts:
    """Give 年度总体目标 in the numbers of the first outputs."""
    first = [row for row in rows if row["subcategory"] == "quantity"][:2]
    planned = "，".join(f"{row['name']}{row['target'].lstrip('≥=')}" for row in first)
    actual = "，".join(f"{row['name']}{row['actual']}" for row in first)
    return {"planned": f"年内{planned}。", "actual": f"实际{actual}。"}
