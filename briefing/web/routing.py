"""The routes of the reading room; each names the least role that it needs."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route as StarletteRoute

from briefing.archive.access import Role
from briefing.web.sessions import signed_in

Endpoint = Callable[[Request], Response]  # it runs in the thread pool

_TWIN: Final = ".json"
LARGEST_FORM: Final = 256 * 1024  # bytes


class Route(StarletteRoute):
    """A path with its endpoint and the least role that it needs; None: nobody must be signed in."""

    def __init__(
        self,
        path: str,
        endpoint: Endpoint,
        least: Role | None,
        method: str,
        *,
        is_page: bool = False,
        largest: int = LARGEST_FORM,
    ) -> None:
        async def answer(request: Request) -> Response:
            return await run_in_threadpool(_checked, request, endpoint, least, largest)

        super().__init__(path, answer, methods=[method], name=endpoint.__name__)
        self.least = least
        self.is_page = is_page
        self._asked = endpoint

    @property
    def twin(self) -> "Route":
        """Return the route of the same page as JSON: "/search.json"; of "/", "/index.json"."""
        path = f"{self.path}index" if self.path.endswith("/") else self.path
        return Route(f"{path}{_TWIN}", self._asked, self.least, "GET")


def page(path: str, endpoint: Endpoint, least: Role) -> Route:
    """Return the route of a page, which also has a JSON twin."""
    return Route(path, endpoint, least, "GET", is_page=True)


def file(path: str, endpoint: Endpoint, least: Role | None) -> Route:
    """Return the route of something that is read but is no page: a PDF, a calendar, a style sheet."""
    return Route(path, endpoint, least, "GET")


def deed(path: str, endpoint: Endpoint, least: Role | None, *, largest: int = LARGEST_FORM) -> Route:
    """Return the route of a form that changes something; *largest* is the most bytes of the form."""
    return Route(path, endpoint, least, "POST", largest=largest)


def with_twins(routes: Iterable[Route]) -> Iterator[Route]:
    """Yield all routes; JSON twins come before their pages, because "{name}" also matches "name.json"."""
    routes = tuple(routes)
    yield from (route.twin for route in routes if route.is_page)
    yield from routes


def _checked(request: Request, endpoint: Endpoint, least: Role | None, largest: int) -> Response:
    """Call an endpoint if the person has the role and the form is not too large.

    Raises:
        HTTPException: Nobody is signed in, the role is not enough, or the form is too large or does not say its length.
    """
    if least is not None:
        person = signed_in(request)
        if person is None:
            raise HTTPException(401)
        if not person.may(least):
            raise HTTPException(403, f"this needs the role {least}; you are {person.role}")
        request.state.person = person
    if "transfer-encoding" in request.headers:  # no browser sends a form so; the server holds others to their length
        raise HTTPException(411, "The form does not say how long it is.")
    if int(request.headers.get("content-length", "0")) > largest:
        raise HTTPException(413, f"It has more than {largest:,} bytes. Send less at once.")
    return endpoint(request)
