"""A rule's text as clauses, and a clause in plain characters."""

import re
import unicodedata
from typing import Final

from wenxiao.numerals import ARABIC, CHINESE, normal
from wenxiao.steps.measures import OF


def split_clauses(text: str) -> list[str]:
    """Split a rule into clauses; a comma before the clause's own verb (90%以上的，得10分) or inside 1,000 splits nothing."""
    text = re.sub(r"^\s*(?:评分标准|评分规则|评分办法|计分标准|计分规则|计分方法)\s*[:：]", "", text)
    text = re.sub(r"[（(]((?:不[足满]|扣[完满]|直[至到]扣)[^（()）]*)[)）]", r"，\1", text)
    joined = (
        rf"(?!\s*(?:得|[记计](?=[\d满{CHINESE}])|按照?(?=[\d{CHINESE}百])|不[得扣计给]|扣(?![完满至到])))"
    )
    thousands = r"(?<=\d),(?=\d{3}(?!\d))"
    pieces = re.split(rf"(?!{thousands})[,，]{joined}|[;；。\n]|(?<=分)、", text)
    return [piece.strip() for piece in pieces if piece.strip()]


# 80%≤满意率<90%, as some forms write it.
_CHAIN: Final = re.compile(rf"(?P<low>-?{ARABIC}%?)(?P<from>[≤<])(?P<of>{OF})?(?P<rest>[≤<]-?{ARABIC}.*)")


def _unchained(found: re.Match[str]) -> str:
    return f"{found['of'] or ''}{'≥' if found['from'] == '≤' else '>'}{found['low']}{found['rest']}"


def clean(clause: str) -> str | None:
    """Give a clause in plain characters without its number in a list; None where a sign can't be told from a digit."""
    clause = re.sub(r"^[①-⒛][、.．]?", "", clause)
    # ² and ⑤ would become digits of their own.
    if any(unicodedata.category(c) == "No" for c in clause):
        return None
    text = re.sub(r"\s+", "", normal(clause))
    text = re.sub(r",(?!\d{3}(?!\d))", "", text).replace("正负", "±")
    text = re.sub(r"^(?:\(\d{1,2}\)|\d{1,2}[、)]|\d{1,2}\.(?=\D))", "", text)
    return _unchained(chain) if (chain := _CHAIN.fullmatch(text)) else text
