"""The documentation as a site: Sphinx, MyST-Parser, furo. `make docs` builds it in docs/_build/html."""

import sys
from importlib.metadata import version as installed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "问效 Wenxiao"
author = "The Wenxiao maintainers"
version = release = installed("wenxiao")
language = "zh_CN"  # of the pages that don't say otherwise: see _ext/pages.py
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "pages"]
exclude_patterns = ["_build", "gallery"]
suppress_warnings = ["myst.domains"]

myst_enable_extensions = ["attrs_inline", "deflist"]
myst_heading_anchors = 4
nitpicky = True
# A type in a signature links to its page where it has one; nothing is fetched in order to link to other libraries.
nitpick_ignore_regex = [(r"py:(class|exc|obj|data)", r".*"), (r"py:.*", r"(?!wenxiao\.).*")]

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
napoleon_numpy_docstring = False

html_theme = "furo"
html_title = f"问效 Wenxiao {release}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["site.js"]
templates_path = ["_templates"]
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_theme_options = {"sidebar_hide_name": False}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
