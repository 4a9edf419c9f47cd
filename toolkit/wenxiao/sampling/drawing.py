"""Drawing by lot: everything random about one sample comes from one stream, in a fixed order of draws."""

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

from wenxiao.sampling.data import FIRST_YEAR, forms, places

T = TypeVar("T")


class Draw(random.Random):
    """The stream of one sample, with what is drawn from it in the project's terms."""

    def __init__(self, seed: str):
        super().__init__(seed)
        self._towns: set[str] = set()

    def between(self, low: Decimal, high: Decimal, places: int = 0) -> Decimal:
        """Draw a number of ``places`` decimals from ``low`` to ``high``."""
        step = Decimal(1).scaleb(-places)
        return low + step * self.randint(0, int((high - low) / step))

    def share(self, low: int, high: int) -> Decimal:
        """Draw a share between ``low`` and ``high`` thousandths."""
        return Decimal(self.randint(low, high)) / 1000

    def some(self, choices: Sequence[T], least: int) -> list[T]:
        """Draw at least ``least`` of some choices, in their order."""
        count = self.randint(min(least, len(choices)), len(choices))
        return [choices[i] for i in sorted(self.sample(range(len(choices)), count))]

    def split(self, whole: int, parts: int) -> list[Decimal]:
        """Split points over indicators: whole numbers, none less than 2, none more than twice another's draw."""
        weights = [self.randint(3, 5) for _ in range(parts)]
        points = [max(2, whole * weight // sum(weights)) for weight in weights]
        for i in range(whole - sum(points)):
            points[i % parts] += 1
        return [Decimal(value) for value in points]

    def village(self) -> str:
        """Draw the name of a village."""
        return self.choice(places().front) + self.choice(places().back)

    def town(self) -> str:
        """Draw the name of a town, none twice."""
        while (name := self.village()) in self._towns:
            pass
        self._towns.add(name)
        return name + self.choice(places().endings)

    def rubric(self, year: int) -> str:
        """Draw a rubric that applies to the year.

        Raises:
            ValueError: none does.
        """
        known = {name: form.weight for name, form in forms().items() if form.since <= year}
        if not known:
            raise ValueError(f"no rubric for {year}: samples begin with {FIRST_YEAR}")
        return self.choices(list(known), list(known.values()))[0]
