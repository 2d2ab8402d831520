"""Review on a command line: lines by their places ("quotes[1]"), values as a person types them ("speaker=Jon")."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from briefing.errors import ReviewError
from briefing.jobs.reviews import Review
from briefing.language.times.values import precision_of
from briefing.model.brief import Actor, Article, Record
from briefing.review.acts import Act
from briefing.review.replay import ReviewedLine, correctable, undone_acts

_SEVERAL: Final = frozenset({"parties", "participants"})  # values are separated by ";"


def places(review: Review[Any]) -> dict[str, ReviewedLine]:
    """Return the lines of a brief or digest by their places; a rejected line has one, too."""
    counted: Counter[str] = Counter()
    found = {}
    for line in review.reviewed.lines:
        if line.state != "removed":
            found[f"{line.field}[{counted[line.field]}]"] = line
            counted[line.field] += 1
    return found


def line_at(review: Review[Any], place: str) -> ReviewedLine:
    """Return the line at a place.

    Raises:
        ReviewError: There is no such line.
    """
    found = places(review)
    if place not in found:
        raise ReviewError(f"find {place}", "there is no such line; briefing review show lists them, such as quotes[0]")
    return found[place]


def read_values(field: str, written: Iterable[str]) -> dict[str, Any]:
    """Return the values that a person typed for a line of a list: ``speaker=Jon Arnarsson``; an empty one is None.

    Raises:
        ReviewError: One is not written so, or is no date.
    """
    values: dict[str, Any] = {}
    for one in written:
        name, equals, text = one.partition("=")
        if not equals:
            raise ReviewError(f"read {one!r}", f'write a field and its value, such as {correctable(field)[0]}="..."')
        name, text = name.strip(), text.strip()
        if name in _SEVERAL:
            values[name] = [part.strip() for part in text.split(";") if part.strip()]
        elif name == "when":
            values[name] = _when(field, text)
        else:
            values[name] = text or None
    return values


def spans_of(article: Article, sentences: Sequence[int], words: Sequence[str]) -> list[tuple[int, int]]:
    """Return the stretches of an article that a new line rests on: whole sentences by number, or exact words.

    Raises:
        ReviewError: The article lacks one of them.
    """
    numbered = {sentence.number: (sentence.start, sentence.end) for sentence in article.sentences}
    spans = []
    for number in sentences:
        if number not in numbered:
            raise ReviewError("add a line", f"the article has no sentence {number}; it has {len(numbered)}")
        spans.append(numbered[number])
    for text in words:
        start = article.text.find(text)
        if start < 0 or not text:
            raise ReviewError("add a line", f"the article does not hold {text!r}; copy the words from it")
        spans.append((start, start + len(text)))
    return spans


def review_lines(review: Review[Any]) -> Iterator[str]:
    """Yield a brief or digest as lines of text: each of its lines with place, state and values, then the acts."""
    by_line = {}
    for place, line in places(review).items():
        by_line[line.digest] = place
        yield "  ".join((place, line.state, _words(line.now), *_values(line)))
    undone = undone_acts(review.acts)
    for act in review.acts:
        yield act_line(act, by_line.get(act.draft.line, act.draft.field), is_undone=act.number in undone)
    again = {act.number for act in review.reviewed.look_again}
    yield from (f"look again: act {number} is about a line that is no longer there" for number in sorted(again))


def act_line(act: Act, place: str, *, is_undone: bool) -> str:
    """Return an act as a line of text: its number, moment, person, and what was done."""
    draft = act.draft
    new, old = draft.new or {}, draft.old or {}
    changes = [f"{name}={_shown(new[name])} (was {_shown(old.get(name))})" for name in new if draft.kind == "corrected"]
    what = [f"act {draft.undoes}"] if draft.undoes is not None else []
    said = " ".join(filter(None, (draft.kind, place, *what, *changes)))
    reason = f": {draft.reason}" if draft.reason else ""
    ending = ", undone" if is_undone else ""
    return f"act {act.number}  {act.at:%Y-%m-%d %H:%M}  {act.by.who or 'somebody'}  {said}{reason}{ending}"


def _when(field: str, text: str) -> Any:
    precision = precision_of(text or None)
    if text and precision == "unknown" and "/" not in text:
        raise ReviewError(f"read {text!r}", "it is no date; write 2031-06-02, 2031-06, 2031-W23 or 2031")
    if field.rpartition(".")[2] != "events":
        return text or None
    return {"text": None, "value": text or None, "precision": precision}


def _words(record: Record) -> str:
    name = "name" if isinstance(record, Actor) else getattr(record, "line_field", "text")
    return repr(str(getattr(record, name)))


def _values(line: ReviewedLine) -> Iterator[str]:
    """Yield the values of a line that may be corrected and that it has, as a person would type them."""
    shown = "name" if isinstance(line.now, Actor) else getattr(line.now, "line_field", "")
    for name in correctable(line.field):
        value = getattr(line.now, name, None)
        if name != shown and value:
            yield f"{name}={_shown(getattr(value, 'value', value))}"


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("value")
    text = "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
    return f'"{text}"'
