"""Points of agreement and disagreement, worded: the statement, its topic, its parties, and whose words it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from briefing.evidence.grounding import Line
from briefing.extraction.explanation import Finding
from briefing.extraction.lines.brackets import Naming
from briefing.extraction.lines.statements import statement_speakers
from briefing.extraction.lines.writer import LineWriter
from briefing.extraction.points.reasons import point_reasons
from briefing.extraction.points.sides import are_one_side
from briefing.extraction.points.signs import are_no_opponents, say_they_disagree
from briefing.extraction.points.topics import topic_of, topic_text
from briefing.extraction.record_ids import slug_of, take_id
from briefing.extraction.salience import entity_salience
from briefing.extraction.scoring.joining import Scored
from briefing.extraction.scoring.model import ScoredArticle, in_reading_order, score_article, without_joint_names
from briefing.extraction.scoring.scores import Kind
from briefing.language.analysis import Analysis, Attribution, SentenceSpan
from briefing.model.brief import Position

_LEAST = 0.1  # confidence below which a reader would not see a point at all
_SAID = 0.5  # share of a sentence within an attribution from which it rests on the speaker's words
_BODY = 0.8  # share of the surest sentence's probability from which one of the body states a point better than a title
_LEAST_PARTIES = 2
_LONG = 32  # words of a statement above which relative clauses and long appositions are cut
_LONGEST_ID = 60


class Point(NamedTuple):
    """A point, what the model says of it, and the sentence that states it."""

    position: Position
    scored: Scored
    stated: int


def find_positions(analysis: Analysis, kind: Kind) -> tuple[Position, ...]:
    """Return the points of a kind, the most salient and surest first."""
    return tuple(point.position for point in _points(analysis, kind))


def explain_positions(analysis: Analysis, kind: Kind) -> Iterator[Finding]:
    """Yield the same points, each with what led to it."""
    for point in _points(analysis, kind):
        yield Finding(point.position, tuple(point_reasons(analysis, point.scored, point.stated, point.position)))


def _points(analysis: Analysis, kind: Kind) -> list[Point]:
    article = score_article(analysis)
    return write_points(analysis, article, [one for one in article.points[kind] if one.confidence >= _LEAST]).points


class Written(NamedTuple):
    """Points in words, and those that are left out with the reason."""

    points: list[Point]
    refused: list[tuple[Scored, str]]


def write_points(analysis: Analysis, article: ScoredArticle, scored: Iterable[Scored]) -> Written:
    """Return points in words, the most salient and surest first."""
    points, refused = list[Point](), list[tuple[Scored, str]]()
    for one in scored:
        point = _point(analysis, article, one)
        if isinstance(point, Point):
            points.append(point)
        else:
            refused.append((one, point))
    points.sort(key=lambda one: (-one.position.salience * one.position.confidence, one.position.evidence[0].start))
    taken = set[str]()
    named = [
        point._replace(position=point.position.model_copy(update={"id": take_id(_slug(point.position), taken)}))
        for point in points
    ]
    return Written(named, refused)


def _has_other_sign(analysis: Analysis, article: ScoredArticle, one: Scored, stated: SentenceSpan) -> bool:
    """Return True if a point is one of the other sign: its sentence says so, or its sentences more surely are such."""
    is_agreement = one.group.kind == "agreement"
    if say_they_disagree(analysis.tokens_of(stated)):
        return is_agreement
    other: Kind = "disagreement" if is_agreement else "agreement"
    return max(article.scores.sentences[other][number] for number in one.group.sentences) > one.group.stated


def _slug(position: Position) -> str:
    return slug_of(" ".join((*position.parties, position.topic)), "point", _LONGEST_ID)


def _point(analysis: Analysis, article: ScoredArticle, one: Scored) -> Point | str:
    """Return a point, or why it is left out."""
    numbers = one.group.sentences
    if len(one.parties) < _LEAST_PARTIES:
        return "it has not two parties"
    stated = _best_sentence(analysis, article, one)
    if stated is None:
        return "its sentence is part of a list, or leads in to one"
    sentence = analysis.sentences[stated]
    if _has_other_sign(analysis, article, one, sentence):
        return "its sentences rather state the opposite"
    if one.group.kind == "disagreement" and are_no_opponents(analysis, sentence, one.parties):
        return "its sentence only lists its parties"
    if are_one_side(analysis, one.parties):
        return "its parties are one government"
    topic = topic_of(analysis, article, (stated, *(number for number in numbers if number != stated)))
    if topic is None:
        return "its sentences name no matter"
    names = {index: analysis.entities[index].name for index in one.parties}
    parties = in_reading_order(analysis, without_joint_names(names), (stated, *numbers))
    salience = entity_salience(analysis)
    speech = _speech(analysis, sentence)
    line = _statement(analysis, sentence, speech)
    position = Position(
        id="",
        statement=line.text,
        insertions=line.insertions,
        topic=topic_text(analysis, topic),
        parties=tuple(names[index] for index in parties),
        attributed_to=_source(analysis, sentence, speech, one.parties),
        confidence=one.confidence,
        salience=round(max(salience[index] for index in one.parties), 3),
        evidence=tuple(analysis.sentence_evidence(analysis.sentences[number]) for number in numbers),
    )
    return Point(position, one, stated)


def _best_sentence(analysis: Analysis, article: ScoredArticle, one: Scored) -> int | None:
    """Return the number of the sentence that states a point best: the surest, one of the body rather than a title.

    Of a disagreement it is the one that names most parties, so that the line says who is against whom.

    None if all of them only lead in to a list, or are part of one: "European Union."
    """
    stated = article.scores.sentences[one.group.kind]
    sure = [number for number in one.group.sentences if stated[number] >= _BODY * one.group.stated]
    alone = [number for number in sure if _is_whole(analysis, analysis.sentences[number])]

    def worth(number: int) -> tuple[bool, int, float, int]:
        sentence = analysis.sentences[number]
        named = _named(analysis, sentence, one.parties) if one.group.kind == "disagreement" else 0
        return sentence.number is None, -named, -stated[number], number

    return min(alone, key=worth, default=None)


def _named(analysis: Analysis, sentence: SentenceSpan, parties: Iterable[int]) -> int:
    """Return how many of the parties a sentence mentions."""
    return sum(any(sentence.start <= m.start < sentence.end for m in analysis.entities[i].mentions) for i in parties)


def _is_whole(analysis: Analysis, sentence: SentenceSpan) -> bool:
    """Return True if a sentence has a verb, and does not end in a colon, so that what follows says what it means."""
    has_verb = any(token.pos_ in ("VERB", "AUX") for token in analysis.tokens_of(sentence))
    return has_verb and not analysis.article.text[sentence.start : sentence.end].endswith(":")


def _statement(analysis: Analysis, sentence: SentenceSpan, speech: Attribution | None) -> Line:
    """Return a sentence as a line that reads alone; a claim stays with who makes it."""
    writer, naming = LineWriter(analysis), Naming(thorough=True, front=True)
    cuts = writer.cuts(sentence)
    if speech is not None and speech.cue_token is not None:
        said = analysis.tokens[speech.cue_token].idx
        cuts = tuple(cut for cut in cuts if not cut.start <= said < cut.end)
    if writer.length(sentence, cuts) > _LONG:
        cuts = writer.deep_cuts(sentence, cuts)
    return writer.line(sentence, naming=naming, cuts=cuts)


def _speech(analysis: Analysis, sentence: SentenceSpan) -> Attribution | None:
    """Return the attribution that most of a sentence is the content of, or None."""
    shares = [
        (sum(max(0, min(piece.end, sentence.end) - max(piece.start, sentence.start)) for piece in one.content), one)
        for one in analysis.attributions
    ]
    share, best = max(shares, key=lambda pair: pair[0], default=(0, None))
    return best if share > _SAID * (sentence.end - sentence.start) else None


def _source(
    analysis: Analysis, sentence: SentenceSpan, speech: Attribution | None, parties: Sequence[int]
) -> str | None:
    """Return whose words a point rests on, unless its line says so, or a state or body tells of itself."""
    if speech is None or speech.speaker is None or sentence.first in statement_speakers(analysis):
        return None
    speaker = analysis.entities[speech.speaker]
    return speaker.name if speaker.kind == "person" or speaker.index not in parties else None
