"""What led to a point: its cue and sign, its parties and matter, and whose words it rests on."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from briefing.extraction.explanation import Reason
from briefing.extraction.points.confidence import BASE, WEIGHTS, Signs
from briefing.extraction.points.matters import Found
from briefing.extraction.points.parties.party import Party
from briefing.extraction.points.parties.sides import Speech
from briefing.extraction.points.polarity import Cue, Frame
from briefing.language.analysis import Analysis
from briefing.model.brief import Position

# The grammar by which a cue was read, in words.
_FRAMES: dict[Frame, str] = {
    "verb": "a verb",
    "accord": "a verb and its accord",
    "view": "a view that is shared or not",
    "joint": "an attitude that is held together",
    "noun": "a noun",
    "adjective": "an adjective, adverb or preposition",
    "fault": "a fault that the speaker finds",
    "demand": "a demand of another",
    "contrast": "a contrast of two clauses",
}
# The signs of confidence, in words.
_SIGNS = {
    "guessed": "a party is looked for",
    "unnamed": "a party is not named in the sentences",
    "quoted": "somebody is quoted",
    "judging": "read out of a judgement",
    "names_party": "the matter is a party's name",
    "early": "told early",
}
_FORMS = {"pronoun": "resolved from a pronoun", "nominal": "resolved from a noun phrase"}


def position_reasons(
    analysis: Analysis, position: Position, members: Sequence[Found], speech: Speech
) -> Iterator[Reason]:
    """Yield what led to a point, but for its confidence.

    Args:
        analysis: The article.
        position: The point.
        members: What says so, the one that says it best first.
        speech: Which attribution holds each token.
    """
    best = members[0]
    yield Reason("rule", f"{_rule(best.cue)}, which says {_sign(best.cue)}")
    yield Reason("cue", _placed(best.cue), *_range(best.cue.token))
    if best.cue.predicate.i != best.cue.token.i:
        yield Reason("predicate", "its subject holds the position:", *_range(best.cue.predicate))
    told: set[str] = set()
    for one in members:
        for party in one.parties:
            if party.key not in told:
                told.add(party.key)
                yield _party_reason(analysis, party, sought=party.key in one.sought)
    yield Reason("matter", "", *best.stretch)
    yield from _source_reasons(analysis, position, members, speech)
    for one in members[1:]:
        partly = ", which names no other party" if one.partial else ""
        yield Reason("told again", f"{_rule(one.cue)}{partly}:", *_range(one.cue.token))


def confidence_reason(position: Position, signs: Signs) -> Reason:
    """Return what the confidence of a point is made of: the signs that are seen, with their weights."""
    seen = [f"{_SIGNS[name]} {WEIGHTS[name]:+}" for name, told in signs._asdict().items() if told]
    return Reason(
        "confidence", f"{position.confidence:.2f}, the logistic of: {', '.join([f'any point {BASE:+}', *seen])}"
    )


def _rule(cue: Cue) -> str:
    return f"{_FRAMES[cue.frame]} (list “{cue.kind}”)"


def _sign(cue: Cue) -> str:
    says = "agreement" if cue.sign > 0 else "disagreement"
    relation = "of parties with each other" if cue.mutual else "of one with another"
    return f"{says} {relation}"


def _placed(cue: Cue) -> str:
    """Say how a cue is told: negated, ahead, with which word it brings in the other side."""
    how = ["negated, so that its sign is the other one"] if cue.flipped else []
    how += ["told of the future"] if cue.future else []
    how = how or ["told as fact"]
    how += [f"with “{cue.preposition}”"] if cue.preposition else []
    return f"{', '.join(how)}:"


def _party_reason(analysis: Analysis, party: Party, *, sought: bool) -> Reason:
    """Say which words a party was read from and how: by name, resolved, or looked for where the clause has none."""
    token = analysis.doc[party.at] if party.at is not None else None
    how = [party.rule] if party.rule else []
    if token is not None and not party.rule:
        how.append(_form(party, token))
    if sought:
        how.append("looked for, since the clause leaves it out")
    said = f"{party.name}, {', '.join(how)}:" if how else f"{party.name}:"
    if token is None:
        return Reason("party", said.removesuffix(":"))
    mention = party.entity.mention_at(token.i) if party.entity is not None else None
    whole = (mention.start, mention.end) if mention is not None else _range(token)
    return Reason("party", said, *whole)


def _form(party: Party, token: Token) -> str:
    mention = party.entity.mention_at(token.i) if party.entity is not None else None
    return _FORMS.get(mention.form, f"by {mention.form}") if mention is not None else "by the office of its holder"


def _source_reasons(
    analysis: Analysis, position: Position, members: Sequence[Found], speech: Speech
) -> Iterator[Reason]:
    """Yield whose words a point rests on, and where the text says so."""
    if position.attributed_to is None:
        teller = next((one.speaker.name for one in members if one.speaker is not None), None)
        yield Reason("attributed", f"to nobody: {f'{teller} tells of itself' if teller else 'the article tells it'}")
        return
    for one in members:
        attribution = speech.by_token.get(one.cue.token.i)
        if attribution is None or one.speaker is None or one.speaker.name != position.attributed_to:
            continue
        said = f"to {position.attributed_to}, {attribution.rule}:"
        yield Reason("attributed", said, *(attribution.source or (None, None)))
        if attribution.cue_token is not None:
            yield Reason("reporting", f"{attribution.cue}:", *_range(analysis.doc[attribution.cue_token]))
        return


def _range(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)
