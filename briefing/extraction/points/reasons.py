"""What led to a point: how sure the model is of its sentences and parties, and by which words."""

from collections.abc import Iterator

from briefing.extraction.explanation import Reason
from briefing.extraction.points.topics import topic_of
from briefing.extraction.scoring.joining import Scored
from briefing.extraction.scoring.model import score_article, telling_phrases
from briefing.language.analysis import Analysis
from briefing.model.brief import Position

_OTHERS = 4  # entities that are no parties, but are shown


def point_reasons(analysis: Analysis, point: Scored, stated: int, position: Position) -> Iterator[Reason]:
    """Yield what led to a point.

    Args:
        analysis: The article.
        point: What the model says of it.
        stated: The number of the sentence that states it.
        position: The point as it is printed.
    """
    article, group = score_article(analysis), point.group
    scores = article.scores.sentences[group.kind]
    yield Reason("score", f"{scores[stated]:.2f} that this sentence states a point of {group.kind}")
    for phrase, likely in telling_phrases(analysis, stated, group.kind):
        yield Reason("words", f"{likely:.2f} without", phrase.start, phrase.end)
    for number in group.joined:
        if number != stated:
            sentence = analysis.sentences[number]
            kept = "" if number in group.sentences else ", too little to be evidence"
            alike = article.scores.same_matter[group.kind][min(stated, number), max(stated, number)]
            said = f"{alike:.2f} that it states the same; {scores[number]:.2f} that it states a point{kept}:"
            yield Reason("joined", said, sentence.start, sentence.end)
    for index in point.parties:
        yield Reason("party", f"{analysis.entities[index].name}, {point.likely[index]:.2f}")
    others = sorted((-likely, index) for index, likely in point.likely.items() if index not in point.parties)
    for negative, index in others[:_OTHERS]:
        yield Reason("no party", f"{analysis.entities[index].name}, {-negative:.2f}")
    topic = topic_of(analysis, article, (stated, *group.sentences))
    yield Reason("matter", "", *(topic or (None, None)))
    yield Reason("attributed", f"to {position.attributed_to or 'nobody: the article tells it'}")
    fit = f"{point.fit:.2f} that the parties are right, if the point is"
    yield Reason("confidence", f"{point.confidence:.2f} that the point is right; {fit}")
