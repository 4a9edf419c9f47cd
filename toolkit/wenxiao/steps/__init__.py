"""What a unit's own scoring rule (评分标准) says: points lost step by step, points by band, all or nothing, or nothing certain.

Real rules read ``达9个得6分，少检查一个扣1分，扣完为止``, ``90%以上得10分，每降5%扣1分`` or ``±10%以内得5分，±10-15%以内得3分``
(printed in Fujian and Jiangxi). A rule is read clause by clause and taken only when every clause has one reading:
otherwise it is :class:`Unclear` and names the clause. ``以上``, ``以下`` and ``以内`` include the number, ``超过``, ``低于``,
``不满`` and ``以外`` do not (民法典第一千二百五十九条; 尚待与原文核对). :func:`spell_rule` writes a rule so that
:func:`read_rule` gives it back.

What a rule says stands in deductions, bands and rules; how it is read, in splitting → clauses (with spans) → reading
(with by_steps and by_bands); how it is written, in spelling. A new wording of a clause belongs in clauses.
"""

from wenxiao.steps.bands import Bands, PointBand
from wenxiao.steps.deductions import Side, Steps, stepwise
from wenxiao.steps.measures import Target
from wenxiao.steps.reading import read_rule
from wenxiao.steps.rules import AllOrNothing, Rule, Unclear
from wenxiao.steps.spelling import spell_rule

__all__ = [
    "AllOrNothing",
    "Bands",
    "PointBand",
    "Rule",
    "Side",
    "Steps",
    "Target",
    "Unclear",
    "read_rule",
    "spell_rule",
    "stepwise",
]
