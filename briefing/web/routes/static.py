"""Style sheets, scripts and the icon of the pages."""

import hashlib
from functools import cache
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.rendering.templating.environment import templates_folder
from briefing.web.routing import file

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


def static(request: Request) -> Response:
    """Return a style sheet or script of ours."""
    name = request.path_params["name"]
    if name not in names():
        raise HTTPException(404)
    path = templates_folder() / "room" / "static" / name
    body = path.read_bytes()
    headers = {"Cache-Control": "no-cache", "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"'}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=_TYPES[path.suffix])


@cache
def names() -> frozenset[str]:
    """Return the names of the files that browsers may load."""
    folder = templates_folder() / "room" / "static"
    return frozenset(path.name for path in folder.iterdir() if path.suffix in _TYPES)


ROUTES: Final = (file("/static/{name}", static, None),)
