"""Keys: what each key does, and what the person chose instead. keys.js reads the JSON twin."""

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from briefing.errors import RoomError
from briefing.room.keys import Binding, bind, bindings, unbind
from briefing.web.pages import answer, form_of, see
from briefing.web.people import person_of
from briefing.web.room import room_of
from briefing.web.routing import deed, page


@dataclass(frozen=True, slots=True)
class KeysPage:
    """The page "Keys"."""

    bindings: tuple[Binding, ...]
    trouble: str = ""  # why a key was not changed


def show_keys(request: Request) -> Response:
    """Return the keys of the person."""
    with room_of(request).reading() as archive:
        return answer(request, "keys.html.j2", KeysPage(bindings(archive, person_of(request).name)))


def change_key(request: Request) -> Response:
    """Change the key of an action, turn it off, or go back to the usual keys."""
    form, person = form_of(request), person_of(request).name
    with room_of(request).writing() as archive:
        if form.get("usual") is not None:
            unbind(archive, person)
            return see("/keys")
        try:
            off = form.get("off") is not None
            bind(archive, person, str(form.get("action", "")), "" if off else str(form.get("key", "")))
        except RoomError as error:
            return answer(request, "keys.html.j2", KeysPage(bindings(archive, person), str(error)), status=422)
    return see("/keys")


ROUTES: Final = (page("/keys", show_keys, "reader"), deed("/keys", change_key, "reader"))
