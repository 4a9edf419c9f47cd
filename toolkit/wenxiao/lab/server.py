"""The routes of JupyterLab's server: exporters with a dash in their name, working copies, checking of params files."""

import asyncio
import json
from pathlib import Path
from posixpath import relpath
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler, path_regex
from jupyter_server.nbconvert.handlers import NbconvertFileHandler
from jupyter_server.utils import ensure_async, url_path_join
from tornado.web import HTTPError, authenticated

from wenxiao.lab.copies import FOLDER, KERNEL, KINDS, copy_name, parameter, working_copy
from wenxiao.running.places import starter_file
from wenxiao.words import Words


def routes(base: str) -> list[tuple[str, type]]:
    """Give the routes below a server's base address.

    The first is the server's own for exporting, which ends a format's name at the first character that is no letter,
    digit or underscore: ``wenxiao-html`` and ``wenxiao-pdf`` are in JupyterLab's menu but would answer 404.
    """
    return [
        (url_path_join(base, rf"/nbconvert/(?P<format>wenxiao-\w+){path_regex}"), NbconvertFileHandler),
        (url_path_join(base, "/wenxiao/copies"), CopiesHandler),
        (url_path_join(base, "/wenxiao/marks"), MarksHandler),
    ]


class _Handler(APIHandler):
    auth_resource = "contents"

    def asked(self, name: str) -> str:
        """Give a text of the request's JSON; empty where it is missing."""
        return str((self.get_json_body() or {}).get(name) or "")

    def refuse(self, words: Words) -> HTTPError:
        """Give the error that the page shows as it stands."""
        return HTTPError(
            400, reason="wenxiao", log_message=words.in_(self.asked("language")).replace("%", "%%")
        )

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Answer an error with its message alone: there is no traceback a user could do anything with."""
        error = kwargs.get("exc_info", (None, None, None))[1]
        message = getattr(error, "log_message", None) or str(error or status_code)
        self.set_status(status_code)
        self.finish(json.dumps({"message": message.replace("%%", "%")}))


class MarksHandler(_Handler):
    """``POST {text, path, language}`` gives ``{marks: […]}``: what ``wenxiao check`` says of the text."""

    @authenticated
    @authorized(action="read")  # type: ignore[untyped-decorator]
    async def post(self) -> None:
        """Check a text in a thread of its own."""
        from wenxiao.lab.marks import marks  # with pydantic and all: not before a params file is opened

        where = self.asked("path")
        place = getattr(self.contents_manager, "get_os_path", None)
        path = Path(place(where)) if place else Path(where)
        loop = asyncio.get_running_loop()
        found = await loop.run_in_executor(None, marks, self.asked("text"), path, self.asked("language"))
        self.finish(json.dumps({"marks": found}))


class CopiesHandler(_Handler):
    """``POST {kind, folder | params, language}`` gives ``{path}``: a working copy, new or left from before."""

    @authenticated
    @authorized(action="write")  # type: ignore[untyped-decorator]
    async def post(self) -> None:
        """Give an existing copy of the same parameter, else make one."""
        path = await self._copy()
        self.finish(json.dumps({"path": path}))

    async def _copy(self) -> str:
        """Find the workspace, then the copy or a name for it; nothing that is there is overwritten."""
        kind = KINDS.get(self.asked("kind"))
        if kind is None:
            raise HTTPError(400)
        params, folder = self.asked("params").strip("/"), self.asked("folder").strip("/")
        workspace = await self._workspace(params.rpartition("/")[0] if params else folder)
        template = await self._template(kind.file, workspace)
        at = _join(workspace, FOLDER)
        target = params or await self._target(kind.parameter, template, workspace)
        value = relpath("/" + target, "/" + at)
        below = params.removeprefix(_join(workspace, "params") + "/") if params else ""
        try:
            made = working_copy(template, kind.parameter, value, self._kernel_is_there())
        except LookupError:
            raise self.refuse(Words(
                f"notebooks/{kind.file} 里没有带 parameters 标签、写着 {kind.parameter} = \"…\" 的单元格。请补上，或删去这个文件，改用自带的模板。",
                f"No cell tagged parameters of notebooks/{kind.file} says {kind.parameter} = \"…\". Add it, or delete the file and use the template that comes with Wenxiao.",
            )) from None  # fmt: skip
        number = 0
        while True:
            path = _join(at, copy_name(kind, below, number))
            if not await self._is_file(path):
                break
            if parameter(await self._notebook(path), kind.parameter) == value:
                return path
            number += 1
        if not await ensure_async(self.contents_manager.dir_exists(at)):
            await ensure_async(self.contents_manager.save({"type": "directory"}, at))
        await ensure_async(
            self.contents_manager.save({"type": "notebook", "format": "json", "content": made}, path)
        )
        self.set_status(201)
        return path

    async def _workspace(self, folder: str) -> str:
        """Give the nearest folder at or above ``folder`` that holds a folder ``params``."""
        at = folder
        while not await ensure_async(self.contents_manager.dir_exists(_join(at, "params"))):
            if not at:
                raise self.refuse(Words(
                    "这里不是工作文件夹：没有 params 文件夹。新建一个：wenxiao init 文件夹",
                    "This is no workspace: there is no folder params. To make one: wenxiao init FOLDER",
                ))  # fmt: skip
            at = at.rpartition("/")[0]
        return at

    async def _template(self, file: str, workspace: str) -> dict[str, Any]:
        """Give the workspace's own notebook, else the one that comes with the package."""
        own = _join(workspace, f"notebooks/{file}")
        if await self._is_file(own):
            return await self._notebook(own)
        made: dict[str, Any] = json.loads(starter_file(file, "notebooks").read_text(encoding="utf-8"))
        return made

    async def _target(self, name: str, template: dict[str, Any], workspace: str) -> str:
        """Give what the template's parameter means, or, where there is no such params file, the first there is."""
        said = _join(workspace, parameter(template, name) or "")
        if name != "params_file" or await self._is_file(said):
            return said
        first = await self._first_params_file(_join(workspace, "params"))
        if first is None:
            raise self.refuse(Words(
                "params 文件夹里还没有项目文件（.yaml）。", "There is no params file (.yaml) in the folder params yet."
            ))  # fmt: skip
        return first

    async def _first_params_file(self, folder: str) -> str | None:
        listed = await ensure_async(self.contents_manager.get(folder, type="directory"))
        entries = sorted(listed["content"], key=lambda one: (one["type"] == "directory", one["path"]))
        for one in entries:
            if one["type"] == "directory":
                if found := await self._first_params_file(one["path"]):
                    return found
            elif one["name"].endswith(".yaml"):
                return str(one["path"])
        return None

    async def _is_file(self, path: str) -> bool:
        return bool(await ensure_async(self.contents_manager.file_exists(path)))

    async def _notebook(self, path: str) -> dict[str, Any]:
        got = await ensure_async(self.contents_manager.get(path, type="notebook", content=True))
        content: dict[str, Any] = got["content"]
        return content

    def _kernel_is_there(self) -> bool:
        return KERNEL["name"] in self.kernel_spec_manager.find_kernel_specs()


def _join(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
