"""Which events of an article lie ahead, and when."""

from briefing.extraction.events import EventExtractor


def test_a_planned_visit_is_an_upcoming_event(analyse):
    events = EventExtractor()(analyse("The president will visit Rome on Friday.", published="2024-05-14"))
    assert [event.when.value for event in events] == ["2024-05-17"]


def test_what_is_over_is_no_event(analyse):
    assert EventExtractor()(analyse("The president visited Rome on Friday.", published="2024-05-14")) == ()
