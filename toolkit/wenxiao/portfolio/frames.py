"""Many evaluations as pandas DataFrames: what ``wx.portfolio`` gives."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from wenxiao.above import Displayed
from wenxiao.evaluation import Evaluation
from wenxiao.portfolio.ones import One, ones_of, rows_of_frame
from wenxiao.portfolio.schema import COLUMNS, SCALES
from wenxiao.portfolio.tabular import FRAMES, UNSTATED, Loaded, dtype_of, of_evaluations, of_folder
from wenxiao.portfolio.titles import title_of

if TYPE_CHECKING:
    import pandas as pd

Frames = Callable[[str], "pd.DataFrame"]
Chosen = tuple[int | None, str | None]
"""Year and department of what was chosen by :meth:`Portfolio.where`."""
_SAID: Final = {
    "severity": {"note": "提示", "warning": "警告", "error": "错误"}, "met": {"yes": "是", "no": "否"},
}  # fmt: skip


class Portfolio(Displayed):
    """All evaluations of a folder as three DataFrames: :attr:`projects`, :attr:`indicators`, :attr:`findings`.

    Every row begins with ``year`` and ``stem``, the name of the report folder: the key that joins the three. Types:
    whole numbers are ``Int64``; texts ``string``, those that come again and again ``category`` (``grade`` and
    ``severity`` ordered, so that ``>=`` and sorting work); amounts in 元, points, scores and rates in % are exact
    ``Decimal`` in ``object`` columns, None where there is none: they add up and sort exactly. :meth:`floats` gives the same with ``Float64`` numbers,
    for plots and statistics; :meth:`labelled` the same under Chinese titles; :meth:`where` some of the projects;
    :attr:`columns` says what every column means. ``digest`` is the SHA-256 of
    portfolio-projects.csv, and ``left_out`` the number of evaluations that could not be read.

    >>> import wenxiao as wx
    >>> both = wx.portfolio(wx.check_file(f"params/2021/{name}.yaml") for name in ("lingling-forestry", "xinhuang-video-conference"))
    >>> both
    <Portfolio: 2 projects of 2021, 17 indicators, 22 findings>
    >>> both.projects["outturn"].sum()
    Decimal('38619200')
    """

    def __init__(
        self, loaded: Loaded, frames: Frames | None = None, chosen: Chosen = (None, None), *, labels: bool = False, floats: bool = False
    ):  # fmt: skip
        self._loaded, self._frames, self.chosen = loaded, frames or cache(loaded.frame), chosen
        self._labels, self._floats = labels, floats

    @cached_property
    def projects(self) -> "pd.DataFrame":
        """A row a project: budget, execution, total, grade, counts of findings."""
        return self._shown("projects")

    @cached_property
    def indicators(self) -> "pd.DataFrame":
        """A row an indicator: target, actual, how far it got, points, score."""
        return self._shown("indicators")

    @cached_property
    def findings(self) -> "pd.DataFrame":
        """A row a finding: code, severity, field, message, remedy, the unit's answer."""
        return self._shown("findings")

    @property
    def columns(self) -> "pd.DataFrame":
        """A row a column of the three: its Chinese title, type, unit, what it says, and what an empty cell means."""
        import pandas as pd

        return pd.DataFrame([
            {
                "table": name, "column": one.name, "title": title_of(one), "type": dtype_of(one), "unit": one.unit,
                "about": one.about, "empty": one.null,
            }
            for name, table in FRAMES.items()
            for one in COLUMNS[table]
        ])  # fmt: skip

    @property
    def digest(self) -> str:
        """SHA-256 of portfolio-projects.csv, as it stands or as it would be written."""
        return self._loaded.digest

    @property
    def left_out(self) -> int:
        """Number of evaluations that could not be read."""
        return self._loaded.left_out

    def where(self, year: int | None = None, department: str | None = None) -> "Portfolio":
        """Give the projects of a year, of a department, or of both; ``未列明`` are those that state no department."""
        kept = self._frames("projects")
        if year is None and department is None:
            return self
        if year is not None:
            kept = kept[kept["year"] == year]
        if department is not None:
            stated = kept["department"]
            kept = kept[stated.isna() if department == UNSTATED else stated == department]
        keys = set(zip(kept["year"], kept["stem"], strict=True))

        def chosen(name: str) -> "pd.DataFrame":
            whole = self._frames(name)
            places = [
                i for i, key in enumerate(zip(whole["year"], whole["stem"], strict=True)) if key in keys
            ]
            return whole.iloc[places].reset_index(drop=True)

        both = year or self.chosen[0], department or self.chosen[1]
        return Portfolio(self._loaded, cache(chosen), both, labels=self._labels, floats=self._floats)

    def labelled(self) -> "Portfolio":
        """Give the same under Chinese titles (with units), severities and answers in Chinese."""
        return Portfolio(self._loaded, self._frames, self.chosen, labels=True, floats=self._floats)

    def floats(self) -> "Portfolio":
        """Give the same with ``Float64`` numbers, NA where there is none: near enough for plots, not for accounts."""
        return Portfolio(self._loaded, self._frames, self.chosen, labels=self._labels, floats=True)

    @cached_property
    def ones(self) -> tuple[One, ...]:
        """The projects as plain values, with what their indicators say of each."""
        return ones_of(self._frames("projects"), self._frames("indicators"))

    def rows(self, name: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Give columns of ``projects``, ``indicators`` or ``findings`` row by row: exact, None for what is not stated."""
        return rows_of_frame(self._frames(name), *columns)

    def _shown(self, name: str) -> "pd.DataFrame":
        frame = self._frames(name).copy(deep=False)
        columns = COLUMNS[FRAMES[name]]
        if self._floats:
            for one in (one.name for one in columns if one.type in SCALES):
                frame[one] = frame[one].astype("float64").astype("Float64")
        if self._labels:
            for one, words in _SAID.items():
                if one in frame:
                    frame[one] = frame[one].cat.rename_categories(words)
            frame = frame.rename(columns={one.name: title_of(one) for one in columns})
        return frame

    def __len__(self) -> int:
        return len(self._frames("projects"))

    def __repr__(self) -> str:
        years, sizes = self._frames("projects")["year"], [len(self._frames(name)) for name in FRAMES]
        span = f" of {'–'.join(dict.fromkeys((str(years.min()), str(years.max()))))}" if len(years) else ""
        return f"<Portfolio: {sizes[0]:,} projects{span}, {sizes[1]:,} indicators, {sizes[2]:,} findings>"


def portfolio(source: "str | Path | Iterable[Evaluation]" = "reports") -> Portfolio:
    """Give all evaluations of a folder as DataFrames (see :class:`Portfolio`).

    ``source`` is the folder that ``wenxiao run`` wrote its reports into, one of its portfolio files, or evaluations.
    The tables beside the reports are read; where one is missing, older than a report or of another version, the
    reports themselves. A relative path that is not here is looked for one folder up, where a workspace's notebooks have it.

    Raises:
        InputError: no such folder; a file that is not a portfolio's; or tables of another version without reports.

    >>> import wenxiao as wx
    >>> len(wx.portfolio([wx.check_file("params/2021/xinhuang-video-conference.yaml")]).indicators)
    7
    """
    return Portfolio(of_folder(Path(source)) if isinstance(source, str | Path) else of_evaluations(source))
