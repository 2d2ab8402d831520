"""Check a finished brief, line by line, against the evidence that it carries."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from briefing.briefs import read_brief
from briefing.errors import BriefingError, ModelError
from briefing.grounding import first_ungrounded_word, holds
from briefing.model import (
    Actor,
    Article,
    BackgroundFact,
    Briefing,
    Insertion,
    Line,
    Position,
    Quote,
    Statement,
    UpcomingEvent,
)
from briefing.reading.source import read_file
from briefing.rendering.attachments import BRIEF_ATTACHMENT, LAYOUT_ATTACHMENT, blanked
from briefing.rendering.json_text import layout_from_json
from briefing.rendering.page import lay_out
from briefing.rendering.pdf_figures import is_drawn
from briefing.rendering.pdf_text import PrintedPdf, comparable, first_difference, is_made_of, printed
from briefing.rendering.view import Page
from briefing.sealing import find_edits

_PDF_SIGNATURE = b"%PDF-"
_SHOWN = 120  # characters of a line that a message repeats


@dataclass(frozen=True, slots=True)
class Verification:
    """What the check of one file found: nothing wrong where *failures* is empty."""

    failures: tuple[str, ...]
    verdict: str = ""


def verify_file(path: Path, source: Path | None = None) -> Verification:
    """Check a brief in a PDF or JSON file and, where *source* is given, that it was made from that article."""
    try:
        content = path.read_bytes()
    except OSError as error:
        return Verification((f"cannot be read: {error.strerror or error}",))
    return verify_bytes(content, path.name, source)


def verify_bytes(content: bytes, name: str, source: Path | None = None) -> Verification:
    """Check a brief in the bytes of a PDF or JSON file; *name* is for messages."""
    try:
        page = printed(content) if content.startswith(_PDF_SIGNATURE) else None
        for attachment in (BRIEF_ATTACHMENT, LAYOUT_ATTACHMENT):
            if page is not None and attachment not in page.attachments:
                return Verification(
                    (f"no {attachment} is attached: it is no brief, was printed with attach: none, or anew elsewhere",)
                )
        brief = read_brief(page.attachments[BRIEF_ATTACHMENT] if page else content, name)
        failures = [*check_seal(brief), *check_lines(brief)]
        if page is not None:
            failures += check_page(page, lay_out(brief, layout_from_json(page.attachments[LAYOUT_ATTACHMENT], name)))
        if source is not None:
            failures += check_source(brief, source)
    except ModelError as error:
        return Verification((f"is not a brief: {error.reason}",))
    except BriefingError as error:
        return Verification((str(error),))
    return Verification(tuple(failures), _verdict(brief, page, source))


def check_seal(brief: Briefing) -> Iterator[str]:
    """Yield each record that was altered without an edit that says so, and each edit that says so in vain."""
    found, declared = find_edits(brief), brief.edits
    for edit in found:
        if edit not in declared:
            yield f"{edit.where} was {edit.change} after the brief was made, and no edit says so"
    for edit in declared:
        if edit not in found:
            yield f"{edit.where} is said to be {edit.change} by hand, but is as it was made"


def check_lines(brief: Briefing) -> Iterator[str]:
    """Yield each printed line, not edited by hand, that holds something which its evidence does not."""
    edited = {edit.where for edit in brief.edits}
    sentences = {sentence.number: sentence for sentence in brief.article.sentences}
    for field, records in brief.lines():
        for number, record in enumerate(records):
            where = f"{field}[{number}]"
            if where not in edited:
                yield from (f"{where}: {flaw}" for flaw in _flaws(record, brief.article))
            for evidence in record.evidence:
                sentence = sentences.get(evidence.sentence) if evidence.sentence is not None else None
                if evidence.sentence is not None and not (sentence and sentence.start <= evidence.start < sentence.end):
                    yield f"{where}: its evidence does not start in sentence {evidence.sentence}"
                if evidence.article is None and evidence.page != brief.article.page_of(evidence.start):
                    yield f"{where}: its evidence does not start on page {evidence.page}"


def check_page(page: PrintedPdf, wanted: Page) -> Iterator[str]:
    """Yield the first place where the printed page is not what the attached brief lays out to, and each odd margin."""
    difference = first_difference([block.text for block in wanted.blocks()], page.blocks)
    if difference is not None and difference.expected:
        yield f"printed is {difference.printed[:_SHOWN]!r}, where the brief has {difference.expected[:_SHOWN]!r}"
    elif difference is not None:
        yield f"printed, but not in the attached brief: {difference.printed[:_SHOWN]!r}"
    pages = len(page.furniture)
    for number, texts in enumerate(page.furniture, start=1):
        pieces = [comparable(text) for text in wanted.furniture(number, pages)]
        if not is_made_of("".join(map(comparable, texts)), pieces):
            shown = " | ".join(texts)
            yield f"page {number}: header and footer are {shown[:_SHOWN]!r}, not what the attached brief has"
    yield from page.oddities
    yield from _check_pictures(page, wanted)
    for link in page.web_links:
        if unquote(link) != unquote(wanted.evidence.link):
            yield f"a link leads to {link[:_SHOWN]!r}, which is not the article's address"


def _check_pictures(page: PrintedPdf, wanted: Page) -> Iterator[str]:
    """Yield each picture that is missing, too many, or drawn otherwise."""
    if page.has_logo != (wanted.logo is not None):
        yield "a logo is painted, where the attached layout has none" if page.has_logo else "the logo is missing"
    if len(page.figures) != len(wanted.pictures):
        yield f"{len(page.figures)} pictures are painted, where the attached brief has {len(wanted.pictures)}"
    for number, (picture, figure) in enumerate(zip(wanted.pictures, page.figures, strict=False), start=1):
        if not is_drawn(picture, figure):
            yield f"picture {number} is not drawn as the attached brief has it"


def check_source(brief: Briefing, source: Path) -> Iterator[str]:
    """Yield how an article, read again, differs from the one that the brief was made from."""
    reading = read_file(source)
    text = _as_attached(reading.article.text, brief.article)
    if text != brief.article.text:
        place = _first_difference(text, brief.article.text)
        now, then = text[place : place + 40], brief.article.text[place : place + 40]
        yield f"{source}: its text differs from the brief's at character {place}: {now!r}, in the brief {then!r}"
    elif reading.source_sha256 != brief.provenance.source_sha256:
        yield f"{source}: its text is the brief's, but its bytes are not those that the brief was made from"


def _as_attached(text: str, article: Article) -> str:
    """Return a source's text, what the brief's article withholds made spaces."""
    if not article.withheld:
        return text
    return blanked(text, [match.span() for match in re.finditer(r"\S+", article.text)])


def _first_difference(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


def _verdict(brief: Briefing, page: PrintedPdf | None, source: Path | None) -> str:
    edited = {edit.where for edit in brief.edits}
    places = [f"{field}[{number}]" for field, records in brief.lines() for number in range(len(records))]
    said = f"{sum(place not in edited for place in places)} lines rest on their evidence"
    if page is not None:
        said += f", {len(page.blocks)} printed lines are the attached brief's"
    if source is not None:
        said += ", the source is the same"
    if brief.edits:
        said += f"; edited by hand: {', '.join(f'{edit.where} {edit.change}' for edit in brief.edits)}"
    return said


def _flaws(record: Line, article: Article) -> Iterator[str]:
    """Yield what a record holds that its evidence does not."""
    check: Callable[..., Iterator[str]] = _CHECKS[type(record)]
    yield from check(record, [evidence.text for evidence in record.evidence], article)


def _check_statement(record: Statement | BackgroundFact, evidence: list[str], _: Article) -> Iterator[str]:
    yield from _check_line(record.text, record.insertions, evidence)


def _check_actor(record: Actor, evidence: list[str], article: Article) -> Iterator[str]:
    forms = (record.name, *record.aliases) if record.kind == "country" else (record.name,)
    if not any(holds(piece, form) for form in forms for piece in evidence):
        yield f"the evidence names no {record.name!r}"
    for alias in () if article.withheld else record.aliases:
        if not holds(article.text, alias):
            yield f"the article does not hold the alias {alias!r}"
    if record.role is not None and not any(holds(piece, record.role) for piece in evidence):
        yield f"the evidence does not hold the role {record.role!r}"


def _check_event(record: UpcomingEvent, evidence: list[str], _: Article) -> Iterator[str]:
    yield from _check_line(record.title, record.insertions, evidence)
    for said in (record.when.text, record.place):
        if said is not None and not any(holds(piece, said) for piece in evidence):
            yield f"the evidence does not hold {said!r}"


def _check_position(record: Position, evidence: list[str], _: Article) -> Iterator[str]:
    yield from _check_line(record.statement, record.insertions, evidence)
    yield from _check_line(record.topic, (), evidence)


def _check_quote(record: Quote, evidence: list[str], _: Article) -> Iterator[str]:
    if record.direct and not any(record.text in piece for piece in evidence):
        yield f"its evidence does not hold the words quoted: {record.text[:_SHOWN]!r}"
    elif not record.direct:
        yield from _check_line(record.text, (), evidence)


def _check_line(line: str, insertions: Sequence[Insertion], evidence: list[str]) -> Iterator[str]:
    word = first_ungrounded_word(line, insertions, evidence)
    if word is not None:
        yield f"{word!r} is not, in this order, in its evidence: {line[:_SHOWN]!r}"


_CHECKS: dict[type, Callable[..., Iterator[str]]] = {
    Statement: _check_statement,
    BackgroundFact: _check_statement,
    Actor: _check_actor,
    UpcomingEvent: _check_event,
    Position: _check_position,
    Quote: _check_quote,
}
