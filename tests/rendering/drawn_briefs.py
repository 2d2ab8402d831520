"""Briefs with something to draw."""

from briefing.model.brief import LINE_FIELDS, Briefing, EventStatus, Position, UpcomingEvent, When
from briefing.rendering.layout import SectionLayout
from tests.rendering.briefs import article_with, brief_of, evidence_of

EVENTS: tuple[tuple[str, str | None, EventStatus], ...] = (
    ("Finance ministers of the Kell League open talks on the harbour levy in Port Sellin", "2031-06-12", "scheduled"),
    ("Joint commission reports on the catch", "2031-W26", "expected"),
    ("Belmora's parliament votes on the treaty", "2031-07", "scheduled"),
    ("Naval exercise in the Strait of Kell", "2031-08-03/2031-08-21", "scheduled"),
    ("A new quota would take effect", "2031-Q4", "proposed"),
    ("Summit of the neighbours", "2031-09-02", "postponed"),
    ("Ice road reopens", "2031-FA", "expected"),
    ("Anniversary of the first treaty", "XXXX-10-04", "scheduled"),
    ("A date that nobody named", None, "proposed"),
)
AGREEMENTS = (
    ("the Strait of Kell", ("Arland", "Belmora", "European Union")),
    ("the patrol-free zone", ("Arland", "Belmora")),
    ("rescue at sea", ("Arland", "Fishermen's unions")),
)
DISAGREEMENTS = (
    ("the quota of 40,000 tonnes that Arland set in March for all trawlers", ("Belmora", "Arland")),
    ("the patrol-free zone", ("Fishermen's unions", "Belmora")),
)
_OPTIONS = {"events": {"timeline": True}, "agreements": {"matrix": True}}
SECTIONS = tuple(SectionLayout(name, options=_OPTIONS.get(name, {})) for name in (*LINE_FIELDS, "source"))


def drawn() -> Briefing:
    """Return a brief with events of every precision, and with parties that agree and disagree."""
    return _brief(EVENTS, AGREEMENTS, DISAGREEMENTS)


def full_sheet() -> Briefing:
    """Return a brief with more events, parties and matters than a picture holds."""
    names = ("United Nations Security Council", "Mikhail Galanin", "Côte d'Ivoire", "World Trade Organisation")
    parties = (*names, *(f"Province of Upper Kell {n}" for n in range(1, 8)))
    events = [
        (f"Round {n} of the talks on tariffs and the harbour", f"2031-{n % 12 + 1:02}-{n + 1:02}") for n in range(20)
    ]
    points = [(f"matter {n} of the long, long list of matters", parties[n % 8 : n % 8 + 4]) for n in range(12)]
    return _brief([(title, value, "scheduled") for title, value in events], points[::2], points[1::2])


def years() -> Briefing:
    """Return a brief whose events are years apart."""
    events = (
        ("Bridge opens", "2032"),
        ("Olympic Games", "2036-07-20/2036-08-05"),
        ("Census", "2041"),
        ("Vote", "2031-11-05"),
    )
    return _brief([(title, value, "expected") for title, value in events], (), DISAGREEMENTS[:1])


def foreign() -> Briefing:
    """Return a brief whose names a picture cannot set, and some that it can."""
    points = (("the harbour", ("محمد بن سلمان", "王小明")), ("the wall", ("Наталья Ёлкина", "王小明")))
    return _brief(
        (("王小明 meets Αθηνά Ώρα", "2031-06-12", "scheduled"), ("Čapek & <Sons>", "2031-06-14", "scheduled")),
        points,
        (),
    )


def _brief(events, agreements, disagreements):  # type: ignore[no-untyped-def]
    texts = [title for title, *_ in events] + [topic for topic, _ in (*agreements, *disagreements)]
    article = article_with("What is drawn", *(f"{text}." for text in texts))
    return brief_of(
        article,
        events=tuple(
            UpcomingEvent(
                id=f"e{n}",
                title=title,
                when=When(text=title, value=value),
                status=status,
                evidence=evidence_of(article, n),
            )
            for n, (title, value, status) in enumerate(events, start=1)
        ),
        agreements=_points(agreements, article, len(events)),
        disagreements=_points(disagreements, article, len(events) + len(agreements)),
    )


def _points(points, article, before):  # type: ignore[no-untyped-def]
    return tuple(
        Position(
            id=f"p{before + n}",
            statement=topic,
            topic=topic,
            parties=tuple(parties),
            confidence=0.8,
            evidence=evidence_of(article, before + n),
        )
        for n, (topic, parties) in enumerate(points, start=1)
    )
