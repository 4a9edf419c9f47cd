"""Reading a target or an actual: as a day, else as a range or a bound, else as words."""

import re
from dataclasses import replace

from wenxiao.numerals import normal
from wenxiao.target.dates import read_moment
from wenxiao.target.kinds import Bound, Problem, Prose, Range, Reading, Sign, Unread
from wenxiao.target.quantities import MEASURES, lead_of, read_quantity
from wenxiao.target.ranges import read_range
from wenxiao.target.signs import ABOUT, PLAIN, split_sign, without_label
from wenxiao.target.spelling import spell
from wenxiao.target.unread import LONGEST, mistakable, why_unread


def read(text: str) -> Reading:
    """Read a target or an actual.

    >>> read("≧100%").quantity.shown, read("98%以上").sign, read("1.2万亩").quantity.value
    ('100%', '≥', Decimal('12000.0'))
    >>> spell(read("５－８个")), spell(read("2021年12月底前")), spell(read("不得超过百分之五"))
    ('5-8个', '2021年12月底前', '≤5%')
    >>> read("显著提高"), read("290%").problem, read("8个、10套").problem, read("12月前完成").problem
    (Prose(text='显著提高'), 'scanned_bound', 'several_numbers', 'before_month')
    """
    spaced = normal(text)
    clean = re.sub(r"\s+", "", spaced).rstrip("。;,")
    clean = clean if clean[-2:-1].isdigit() else clean.removesuffix(".")
    if re.search(r"[0-9.,]\s+[0-9]", spaced):
        return Unread(text.strip(), "several_numbers")
    reading = read_moment(clean) or _number(clean) if len(clean) <= LONGEST else None
    if reading is None:
        return Unread(text.strip(), why_unread(clean)) if re.search(r"\d", clean) else Prose(text.strip())
    return Unread(text.strip(), reading) if isinstance(reading, str) else reading


def _number(clean: str) -> Bound | Range | Problem | None:
    if problem := mistakable(clean):
        return problem
    text, tendency = without_label(clean)
    lead, text = lead_of(text)
    found = read_range(text) or _bound(text, tendency)
    if isinstance(found, Bound | Range) and not lead:  # 满意度2021, 达到2021年
        spelled = spell(found)
        if problem := mistakable(spelled) or ("date_in_text" if read_moment(spelled) else None):
            return problem
    if not lead or found is None or isinstance(found, str):
        return found
    if isinstance(found, Range):
        return (
            None if found.low.lead else Range(replace(found.low, lead=lead), replace(found.high, lead=lead))
        )
    return None if found.quantity.lead else replace(found, quantity=replace(found.quantity, lead=lead))


def _bound(text: str, tendency: Sign | None) -> Bound | Problem | None:
    signed = split_sign(text)
    if isinstance(signed, str):
        return signed
    sign, text = signed
    about = ABOUT.fullmatch(text)
    if about and (sign or tendency):
        return "approximate_bound"
    text = (about[1] or about[2]) if about else PLAIN.sub("", text, count=1)
    quantity = read_quantity(_unbracketed(text))
    return Bound(sign or tendency, quantity, about is not None) if quantity else None


def _unbracketed(text: str) -> str:
    """Write 50(个) and 1台(套) without brackets."""
    found = re.fullmatch(r"([^()]+)\(([^()]+)\)", text)
    return f"{found[1]}{found[2]}" if found and found[2] in MEASURES else text
