"""Widgets for one fact each. A control knows the path of its fact, what is stated, and what stands there now."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import ipywidgets as widgets

from wenxiao.exploring.panel.scales import nearest

Changed = Callable[[], None]


class Control:
    """A field for text; an empty one takes the fact back to "not stated"."""

    def __init__(self, where: str, name: str, stated: str | None, mark: str, changed: Changed):
        self.where, self.name, self.stated = where, name, stated
        self._changed = changed
        self.field = self._made()
        self.field.add_class(mark)
        self.field.observe(self._noticed, "value")
        self.boxed: Any = None

    def _made(self) -> Any:
        return widgets.Text(
            value=self.stated or "", placeholder="未写明", continuous_update=False, tooltip=self.name,
            description=self.name,
        )  # fmt: skip

    @property
    def widgets(self) -> list[Any]:
        """What is shown, from left to right."""
        return [self.field]

    @property
    def value(self) -> str | None:
        """What stands there now; None is "not stated"."""
        text = str(self.field.value).strip()
        return text or None

    @property
    def altered(self) -> bool:
        """Tell whether something else stands there than is stated."""
        return self.value != self.stated

    def put(self, value: str | None) -> None:
        """Let something else stand there."""
        self.field.value = value or ""

    def _noticed(self, _: Any) -> None:
        self._changed()


class Choice(Control):
    """A list to choose from; ``options`` are (label, value)."""

    def __init__(
        self, where: str, name: str, stated: str | None, mark: str, changed: Changed,
        options: Sequence[tuple[str, str | None]],
    ):  # fmt: skip
        self._options = list(options)
        super().__init__(where, name, stated, mark, changed)

    def _made(self) -> Any:
        return widgets.Dropdown(
            options=self._options, value=self.stated, tooltip=self.name, description=self.name
        )

    def label(self, value: str | None) -> str:
        """Give the label of a value."""
        return next((label for label, one in self._options if one == value), value or "")

    @property
    def value(self) -> str | None:
        """What is chosen."""
        chosen: str | None = self.field.value
        return chosen

    def put(self, value: str | None) -> None:
        """Choose a value."""
        self.field.value = value


class Slider(Control):
    """A field with a slider beside it: the slider writes into the field, and follows what is written there.

    ``positions`` are numbers in order, each as the fact has it; ``read`` gives the number of what stands in the field
    (None where it has none).
    """

    def __init__(
        self, where: str, name: str, stated: str | None, mark: str, changed: Changed, positions: Mapping[Decimal, str],
        read: Callable[[str], Decimal | None],
    ):  # fmt: skip
        self._numbers, self._read = tuple(positions), read
        self._following = False
        super().__init__(where, name, stated, mark, changed)
        now = read(stated) if stated else None
        self.slider = widgets.SelectionSlider(
            options=list(positions.values()), index=0 if now is None else nearest(self._numbers, now), readout=False,
            description=name, tooltip=name,
        )  # fmt: skip
        self.slider.add_class(f"{mark}-slider")
        self.slider.observe(self._moved, "index")

    @property
    def widgets(self) -> list[Any]:
        """The slider, and the field."""
        return [self.slider, self.field]

    def _moved(self, _: Any) -> None:
        if not self._following:
            self.field.value = self.slider.value

    def _noticed(self, change: Any) -> None:
        number = self._read(str(self.field.value))
        if number is not None and self.field.value != self.slider.value:
            self._following = True
            self.slider.index = nearest(self._numbers, number)
            self._following = False
        super()._noticed(change)
