"""Wenxiao in JupyterLab: what its server and its pages are given.

launching   the command and surroundings that ``wenxiao lab`` starts JupyterLab with
copies      working copies of the template and of the portfolio notebook, with paths that hold where they stand
marks       what an editor marks in a params file as it is typed
server      the routes: exporters with a dash in their name, working copies, checking
share       the launcher's cards, menu items and marks, as JupyterLab loads them (JavaScript, no build step)
config      turns the server extension on; no questions to the internet
chinese     makes Chinese the default language of the interface
"""

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "wenxiao.lab"}]


def _load_jupyter_server_extension(server: Any) -> None:
    from wenxiao.lab.server import routes

    server.web_app.add_handlers(".*$", routes(server.web_app.settings["base_url"]))
