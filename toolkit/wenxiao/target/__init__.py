"""What a target (年度指标值) and an actual (实际完成值) say: a bound, a range, a day, words, or something unreadable.

Real forms write ``≥95%``, ``≧100``, ``═8个``, ``不少于3次``, ``98%以上``, ``5-8个``, ``约200人``, ``每亩300元``, ``同比增长5%``,
``2021年12月底前``, ``百分之九十五``. Each spelling has one reading, and :func:`spell` writes a reading so that :func:`read`
gives it back. What holds a number but has no certain reading is :class:`Unread` with the name of the problem: it is
never guessed. ``以上``, ``以下`` and ``以内`` include the number, ``超过`` and ``不满`` do not
(民法典第一千二百五十九条; 尚待与原文核对).

The modules, from the bottom: kinds of reading · quantities · signs · ranges · dates · spelling · unread · reading, and
comparing. A new spelling of a number belongs in quantities, of a bound in signs, of a day in dates.
"""

from wenxiao.target.comparing import comparable
from wenxiao.target.kinds import SCALES, Bound, Moment, Problem, Prose, Quantity, Range, Reading, Sign, Unread
from wenxiao.target.reading import read
from wenxiao.target.spelling import spell

__all__ = [
    "SCALES",
    "Bound",
    "Moment",
    "Problem",
    "Prose",
    "Quantity",
    "Range",
    "Reading",
    "Sign",
    "Unread",
    "comparable",
    "read",
    "spell",
]
