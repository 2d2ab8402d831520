"""Style sheets, scripts, typefaces and the icon of the pages."""

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import PurePath
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.rendering.templating.environment import templates_folder
from briefing.rendering.web_fonts import linked_font_rules
from briefing.web.routing import file

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_FONTS: Final = "fonts.css"  # made of the table of typefaces


def static(request: Request) -> Response:
    """Return a style sheet, script or typeface of ours."""
    name = request.path_params["name"]
    if name not in (files := bodies()):
        raise HTTPException(404)
    headers = {"Cache-Control": "no-cache", "ETag": f'"{hashlib.sha256(files[name]).hexdigest()[:32]}"'}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(files[name], headers=headers, media_type=_TYPES[PurePath(name).suffix])


@cache
def bodies() -> Mapping[str, bytes]:
    """Return what browsers may load, by name."""
    folders = (templates_folder() / "room" / "static", templates_folder() / "fonts")
    files = [path for folder in folders for path in folder.iterdir() if path.suffix in _TYPES]
    rules = "\n".join(linked_font_rules("/static"))
    return {path.name: path.read_bytes() for path in files} | {_FONTS: rules.encode()}


ROUTES: Final = (file("/static/{name}", static, None),)
