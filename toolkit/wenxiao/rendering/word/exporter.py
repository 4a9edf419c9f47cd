"""nbconvert exporter ``wenxiao-docx``: an editable Word document in the layout of GB/T 9704."""

from typing import Any

from nbconvert.exporters import Exporter
from traitlets import Unicode, default

from wenxiao.rendering.tree import read_notebook


class WenxiaoWordExporter(Exporter):
    """A Word document for the office, with the facts it was made from in it; ``letterhead`` is an office's own template."""

    export_from_notebook = "Word（公文格式）"
    output_mimetype = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    letterhead = Unicode("", help="the file of an office's own template (红头)").tag(config=True)

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        return True

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".docx"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """Give the document of an executed notebook.

        Raises:
            RenderingError: a picture can't be drawn.
            LetterheadError: the office's own template can't be used; says why.
        """
        nb, resources = super().from_notebook_node(nb, resources, **kw)
        report = read_notebook(nb)
        if self.letterhead:
            from wenxiao.rendering.word.letterhead import render_under

            return render_under(self.letterhead, report), resources
        from wenxiao.rendering.word.setting import render

        return render(report), resources
