"""Find which entities the words of an article refer to, who speaks each sentence, and how names are written."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc, Token

from briefing.extraction.lines.quoted_words import quoted_tokens
from briefing.extraction.lines.speaking_turns import is_setting, speaker_before, turn_speakers
from briefing.extraction.lines.statements import statement_speakers
from briefing.language.analysis import Analysis, Attribution, Entity, Mention, SentenceSpan
from briefing.language.memory import once_per_analysis

_MOST_NAMES = 4  # in one pair of brackets
_NAME_WORD = re.compile(r"[^\W_]+")  # "Ana" and "Sol" of "Ana-Sol"

Meaning = tuple[Mention, tuple[Entity, ...]]


@dataclass(frozen=True, slots=True)
class References:
    """What the words of an article refer to."""

    entities: tuple[Entity, ...]
    attributions: tuple[Attribution, ...]
    named: Mapping[int, int]  # head token of a name, metonym or demonym -> entity
    referring: Mapping[int, Meaning]  # head token of a pronoun or nominal -> its referents with printable names
    turns: Mapping[int, Entity]  # first token of a sentence within a speaker's turn or statement -> who speaks
    quoted: frozenset[int]  # tokens in quotation marks
    doubtful: frozenset[int]  # head tokens of references that are not certain

    def named_in(self, part: SentenceSpan) -> set[int]:
        """Return the entities that a part of a sentence names."""
        return {self.named[i] for i in range(part.first, part.last) if i in self.named}

    def speaker_of(self, token: Token) -> int | None:
        """Return the certain speaker of the direct speech that holds a token; the inner one of two."""
        around = [
            one for one in self.attributions if one.direct and any(r.start <= token.idx < r.end for r in one.content)
        ]
        inner: Attribution | None = min(reversed(around), key=_length, default=None)
        return inner.speaker if inner is not None and inner.source_head not in self.doubtful else None


@once_per_analysis
def references_in(analysis: Analysis) -> References:
    """Return the references of an article."""
    named: dict[int, int] = {}
    referring: dict[int, Meaning] = {}
    doubtful: set[int] = set()
    for entity in analysis.entities:
        names = _names_that_others_share(analysis, entity)
        shared = False
        for mention in entity.mentions:
            if mention.form not in ("pronoun", "nominal"):
                named[mention.head] = entity.index
                shared = analysis.article.text[mention.start : mention.end] in names
            if shared or not mention.certain:
                doubtful.add(mention.head)
            if mention.form not in ("pronoun", "nominal") or mention.head in doubtful:
                continue
            if analysis.referents.get(mention.head, (None,))[0] == entity.index:
                meant = tuple(analysis.entities[index] for index in analysis.referents[mention.head])
                if _is_printable(analysis.doc, meant):
                    referring[mention.head] = (mention, meant)
    spoken = {first: speaker for first, speaker in turn_speakers(analysis).items() if speaker is not None}
    spoken |= dict(_speakers_named_afterwards(analysis))
    turns = {first: analysis.entities[speaker] for first, speaker in spoken.items()}
    turns = {**statement_speakers(analysis), **turns}
    quoted = quoted_tokens(analysis)
    return References(analysis.entities, analysis.attributions, named, referring, turns, quoted, frozenset(doubtful))


def entities_meant(analysis: Analysis, token: Token) -> tuple[Entity, ...]:
    """Return the entities that a pronoun or definite nominal refers to; none if they are unknown or not printable."""
    known = references_in(analysis).referring.get(token.i)
    if known is not None or token.lower_ != "i" or (sentence := analysis.sentence_of(token.i)) is None:
        return known[1] if known is not None else ()
    speaker = statement_speakers(analysis).get(sentence.first)
    return (speaker,) if speaker is not None else ()


def names_of(meant: Sequence[Entity], known: Collection[int] = ()) -> str:
    """Return the names of entities as a list in words; last names if all are *known* and each of them has one."""
    full = [entity.name for entity in meant]
    short = [_short_name(entity) for entity in meant if entity.index in known]
    names = short if len(short) == len(full) and not set(short) & set(full) else full
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def possessive(name: str, apostrophe: str = "'") -> str:
    """Return "Peru's" for "Peru", "Reuters'" for "Reuters"."""
    return name + apostrophe + ("" if name.endswith("s") else "s")


def _speakers_named_afterwards(analysis: Analysis) -> Iterator[tuple[int, int]]:
    """Yield sentences without a source before "This was stated by Ana Sol.": their first token, and the speaker."""
    sourced = {analysis.sentence_of(a.cue_token) for a in analysis.attributions if a.cue_token is not None}
    for before, sentence in pairwise(analysis.sentences):
        verb = analysis.span(sentence).root
        if before.role == sentence.role == "body" and before not in sourced and is_setting(verb):
            speaker = speaker_before(analysis, verb)
            if speaker is not None:
                yield before.first, speaker


def _names_that_others_share(analysis: Analysis, entity: Entity) -> frozenset[str]:
    """Return the names of an entity that are part of another's of its kind: "Ilves" beside "Peter Ilves"."""
    others = [one for one in analysis.entities if one.kind == entity.kind and one.index != entity.index]
    known = [set(_NAME_WORD.findall(name)) for one in others for name in (one.name, *one.aliases)]
    return frozenset(
        name for name in (entity.name, *entity.aliases) if any(set(_NAME_WORD.findall(name)) <= one for one in known)
    )


def _is_printable(doc: Doc, meant: tuple[Entity, ...]) -> bool:
    """Return True if entities have printable names: at most four, and none known only as an adjective ("African")."""
    return 0 < len(meant) <= _MOST_NAMES and all(
        entity.kind is not None
        and (entity.kind != "person" or entity.name.split()[-1][:1].isupper())
        and (entity.kind != "group" or any(doc[m.head].pos_ != "ADJ" for m in entity.mentions if m.form == "name"))
        for entity in meant
    )


def _short_name(entity: Entity) -> str:
    """Return the last name of a person if the text uses it; the full name otherwise, as for "Ban Ki-moon"."""
    last = entity.name.split()[-1]
    return last if entity.kind == "person" and last in entity.aliases else entity.name


def _length(attribution: Attribution) -> int:
    return sum(piece.end - piece.start for piece in attribution.content)
