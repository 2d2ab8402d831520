"""Check that the evidence of each printed line holds what the line says."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from briefing.evidence.grounding import first_ungrounded_word, holds, spaced_words, words
from briefing.model.brief import (
    Actor,
    Article,
    BackgroundFact,
    Briefing,
    Evidence,
    Insertion,
    Line,
    Position,
    Quote,
    Statement,
    UpcomingEvent,
)
from briefing.model.digest import AnyStoryLine, Contradiction, Digest, HeldRole, Side
from briefing.runtime.lexicon import word_set

_SHOWN = 120  # characters of a line that a message repeats

AnyLine = Line | AnyStoryLine | HeldRole
Articles = Mapping[str | None, Article]  # by the article id that evidence gives; a brief has one article, under None


def check_lines(brief: Briefing) -> Iterator[str]:
    """Yield a message for each unedited line of a brief that its evidence does not support."""
    edited = {edit.where for edit in brief.edits}
    articles: Articles = {None: brief.article}
    for field, records in brief.lines():
        for number, record in enumerate(records):
            where = f"{field}[{number}]"
            yield from _check_record(where, record, articles, edited=where in edited)


def flaws_of(record: Line, article: Article) -> tuple[str, ...]:
    """Return what the evidence of a line does not support; empty if the line may be printed."""
    articles: Articles = {None: article}
    return (*_check_line_of(record, articles), *_check_places(record, articles))


def check_digest_lines(digest: Digest) -> Iterator[str]:
    """Yield a message for each unedited line of a digest that its evidence does not support."""
    edited = {edit.where for edit in digest.edits}
    articles: Articles = {item.article.id: item.article for item in digest.articles}
    for where, record in digest.all_lines():
        if where.endswith(".headline[0]") and _is_title(record, articles):
            continue
        outer = where.partition(".sides[")[0].partition(".other_roles[")[0]
        yield from _check_record(where, record, articles, edited=outer in edited)
    for story_number, story in enumerate(digest.stories):
        for number, contradiction in enumerate(story.contradictions):
            where = f"stories[{story_number}].contradictions[{number}]"
            if where not in edited:
                yield from (f"{where}: {flaw}" for flaw in _check_slot(contradiction))


def _is_title(record: AnyLine, articles: Articles) -> bool:
    """Return True if a headline is the title of the article that its evidence names, which the text need not hold."""
    article = articles.get(record.evidence[0].article)
    return article is not None and isinstance(record, Statement) and record.text == article.title


def _check_record(where: str, record: AnyLine, articles: Articles, *, edited: bool) -> Iterator[str]:
    if not edited:
        yield from (f"{where}: {flaw}" for flaw in _check_line_of(record, articles))
    yield from (f"{where}: {flaw}" for flaw in _check_places(record, articles))


def _check_line_of(record: AnyLine, articles: Articles) -> Iterator[str]:
    check = next(check for kind, check in _CHECKS if isinstance(record, kind))
    return check(record, articles)


def _check_places(record: AnyLine, articles: Articles) -> Iterator[str]:
    for evidence in record.evidence:
        article = articles.get(evidence.article)
        if evidence.sentence is not None and article is not None and not _starts_in_its_sentence(evidence, article):
            yield f"its evidence does not start in sentence {evidence.sentence}"
        if article is not None and evidence.page != article.page_of(evidence.start):
            yield f"its evidence does not start on page {evidence.page}"


def _starts_in_its_sentence(evidence: Evidence, article: Article) -> bool:
    return any(s.number == evidence.sentence and s.start <= evidence.start < s.end for s in article.sentences)


def _wording(record: AnyLine) -> list[str]:
    """Return the evidence for the wording of a line: the pieces from the first article that its evidence names."""
    return [evidence.text for evidence in record.evidence if evidence.article == record.evidence[0].article]


def _all(record: AnyLine) -> list[str]:
    return [evidence.text for evidence in record.evidence]


def _check_statement(record: Statement | BackgroundFact, _: Articles) -> Iterator[str]:
    yield from _check_line(record.text, record.insertions, _wording(record))


def _check_side(record: Side, _: Articles) -> Iterator[str]:
    yield from _check_line(record.text, record.insertions, _wording(record))
    yield from _check_line(record.value, (), _wording(record))


def _check_slot(record: Contradiction) -> Iterator[str]:
    """Yield the words of a slot, outside its insertions, that are in the evidence of no side."""
    held = {word for side in record.sides for piece in side.evidence for word in words(piece.text)}
    slot = record.slot
    for insertion in record.insertions:
        slot = slot[: insertion.start] + " " * (insertion.end - insertion.start) + slot[insertion.end :]
    yield from (f"{word!r} is in the evidence of no side" for word in words(slot) if word not in held)


def _check_role(record: HeldRole, _: Articles) -> Iterator[str]:
    if not any(holds(piece, record.text) for piece in _all(record)):
        yield f"the evidence does not hold the role {record.text!r}"


def _check_actor(record: Actor, articles: Articles) -> Iterator[str]:
    cited = [articles[number] for number in {piece.article for piece in record.evidence} if number in articles]
    evidence = _all(record)
    if any(not word_set(__name__, "first_person").isdisjoint(words(piece)) for piece in evidence):
        evidence += [article.title for article in cited]  # only the title may name the person who says "I"
    forms = (record.name, *record.aliases) if record.kind == "country" else (record.name,)
    if not any(holds(piece, form) for form in forms for piece in evidence):
        yield f"the evidence names no {record.name!r}"
    aliases = () if any(article.withheld for article in cited) else record.aliases
    texts = [spaced_words(article.text) for article in cited] if aliases else []  # once, because there may be many
    for alias in aliases:
        if not any(spaced_words(alias) in text for text in texts):
            yield f"the article does not hold the alias {alias!r}"
    if record.role is not None and not any(holds(piece, record.role) for piece in evidence):
        yield f"the evidence does not hold the role {record.role!r}"


def _check_event(record: UpcomingEvent, _: Articles) -> Iterator[str]:
    yield from _check_line(record.title, record.insertions, _wording(record))
    for said in (record.when.text, record.place):
        if said is not None and not any(holds(piece, said) for piece in _all(record)):
            yield f"the evidence does not hold {said!r}"


def _check_position(record: Position, _: Articles) -> Iterator[str]:
    yield from _check_line(record.statement, record.insertions, _wording(record))
    yield from _check_line(record.topic, (), _wording(record))


def _check_quote(record: Quote, _: Articles) -> Iterator[str]:
    if record.direct and not any(record.text in piece for piece in _wording(record)):
        yield f"its evidence does not hold the words quoted: {record.text[:_SHOWN]!r}"
    elif not record.direct:
        yield from _check_line(record.text, (), _wording(record))


def _check_line(line: str, insertions: Sequence[Insertion], evidence: list[str]) -> Iterator[str]:
    word = first_ungrounded_word(line, insertions, evidence)
    if word is not None:
        yield f"{word!r} is not, in this order, in its evidence: {line[:_SHOWN]!r}"


# Subclasses come before their base classes.
_CHECKS: tuple[tuple[type, Callable[..., Iterator[str]]], ...] = (
    (Side, _check_side),
    (HeldRole, _check_role),
    (Statement, _check_statement),
    (BackgroundFact, _check_statement),
    (Actor, _check_actor),
    (UpcomingEvent, _check_event),
    (Position, _check_position),
    (Quote, _check_quote),
)
