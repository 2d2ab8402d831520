"""An actor: roles over time, agreements and disagreements, and whether a person follows it."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from briefing.room.actor import actor_page
from briefing.web.pages import answer, form_of, see
from briefing.web.people import person_of
from briefing.web.places import actor_address
from briefing.web.room import room_of
from briefing.web.routing import deed, page


def show_actor(request: Request) -> Response:
    """Return the page of an actor."""
    with room_of(request).reading() as archive:
        found = actor_page(archive, person_of(request).name, request.path_params["name"])
    return answer(request, "actor.html.j2", found, status=200 if found.histories else 404)


def follow(request: Request) -> Response:
    """Follow an actor, or follow it no longer."""
    form, person = form_of(request), person_of(request).name
    name = " ".join(str(form.get("name", "")).split())[:300]
    if not name:
        raise HTTPException(422, "name the actor to follow")
    with room_of(request).writing() as archive:
        if form.get("follow") == "no":
            archive.room.unfollow(person, name)
        else:
            archive.room.follow(person, name)
    return see(actor_address(name))


ROUTES: Final = (page("/actors/{name:path}", show_actor, "reader"), deed("/follows", follow, "reader"))
