"""The panel's buttons: take all back, save the changes as overrides, copy them as a params file."""

import html
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from wenxiao.exploring.panel.keeping import NotKeptError, overrides_cell, proposed
from wenxiao.exploring.panel.rows import box, page

if TYPE_CHECKING:
    from wenxiao.exploring.panel import Panel

_OVERRIDES = "把下面几行粘贴到模板的参数单元格；或写入文件，再用 papermill … -f 文件 运行。"
_PARAMS = "改动已写进项目文件的副本，原文件不变。全选（Ctrl+A）复制，或写入新文件；放在项目文件夹里，批量运行时会算作一个项目。"


class Keeper:
    """Buttons, and below them the text that one of them asks for, with a file to write it to."""

    def __init__(self, panel: "Panel"):
        self._panel, self._kind = panel, ""
        self._buttons = [
            _button("恢复原值", "wx-reset", lambda: panel.reset()),
            _button("存为 overrides", "wx-save", lambda: self._open("overrides")),
            _button("复制为 params", "wx-copy", lambda: self._open("params")),
        ]
        self._about, self._message = page(""), page("", "wx-told")
        self.text = widgets.Textarea(rows=10, tooltip="可以复制的文本", layout={"width": "auto"})
        self.file = widgets.Text(tooltip="写入的文件", continuous_update=False)
        self.file.add_class("wx-file")
        self.text.add_class("wx-text")
        write = _button("写入文件", "wx-write", self.write)
        self._filing = box((self.text, box((self.file, write), "wx-filing"), self._message), "wx-filed")
        self.kept = box((self._about, self._filing), "wx-kept")
        self.kept.layout.display = "none"
        self.widget = widgets.VBox([box(self._buttons, "wx-actions"), self.kept])

    def _open(self, kind: str) -> None:
        panel = self._panel
        if self._kind == kind:  # a second click closes
            self.close()
            return
        self._kind, self._message.value = kind, ""
        self._filing.layout.display = "none" if panel.evaluation is None else None
        if panel.evaluation is None:
            self.text.value, self._about.value = "", '<span class="wx-red">先改正标红的地方。</span>'
        elif kind == "overrides":
            self.text.value, self._about.value = overrides_cell(panel.base, panel.overrides), _OVERRIDES
            self.file.value = Path(proposed(panel.base, "overrides")).name
        else:
            self.text.value, self._about.value = panel.params, _PARAMS
            self.file.value = proposed(panel.base, "what-if")
        self.kept.layout.display = None

    def close(self) -> None:
        """Put the text away; it may hold what no notebook should keep."""
        self._kind, self.text.value, self._message.value = "", "", ""
        self.kept.layout.display = "none"

    def stale(self) -> None:
        """Put away a text that does not say any more what stands in the panel."""
        if self._kind:
            self.close()

    def write(self) -> None:
        """Write the file, and say so, or why not."""
        panel = self._panel
        if panel.evaluation is None or not self._kind or not str(self.file.value).strip():
            return
        save = panel.save_overrides if self._kind == "overrides" else panel.save_params
        try:
            path = save(Path(str(self.file.value).strip()))
        except NotKeptError as error:
            self._message.value = f'<span class="wx-red" role="alert">{html.escape(error.words.zh)}</span>'
        else:
            self._message.value = (
                f'<span class="wx-green" role="status">已写入 {html.escape(str(path))}。</span>'
            )


def _button(label: str, mark: str, pressed: Any) -> Any:
    made = widgets.Button(description=label, layout={"width": "auto"})
    made.add_class(mark)
    made.on_click(lambda _: pressed())
    return made
