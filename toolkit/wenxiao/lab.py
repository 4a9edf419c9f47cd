"""A Jupyter server extension of one route: lets JupyterLab's export menu reach exporters with a dash in their name.

The server's own route ends a format's name at the first character that is no letter, digit or underscore, so
``wenxiao-html`` and ``wenxiao-pdf`` are listed in *Save and Export Notebook As* but answer 404.
"""

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "wenxiao.lab"}]


def _load_jupyter_server_extension(server: Any) -> None:
    from jupyter_server.base.handlers import path_regex
    from jupyter_server.nbconvert.handlers import NbconvertFileHandler
    from jupyter_server.utils import url_path_join

    route = url_path_join(
        server.web_app.settings["base_url"], rf"/nbconvert/(?P<format>wenxiao-\w+){path_regex}"
    )
    server.web_app.add_handlers(".*$", [(route, NbconvertFileHandler)])
