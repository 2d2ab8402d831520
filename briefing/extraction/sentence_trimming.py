"""A sentence made shorter and able to stand alone, in its own words."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from briefing.extraction.finished_line import finished
from briefing.extraction.quoted_words import quoted_tokens
from briefing.extraction.sentence_cuts import deep_cuts, light_cuts
from briefing.grounding import Inserted, Line, compose, first_ungrounded_word
from briefing.language.analysis import Analysis, Attribution, Entity, Mention, Range, SentenceSpan

_PERSONAL = frozenset({"he", "she", "they"})
_POSSESSIVE = frozenset({"his", "her", "its", "their"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@dataclass(frozen=True)
class SentenceTrimmer:
    """Cuts a sentence down and says in brackets whom its pronouns mean; every other word is the article's."""

    analysis: Analysis
    named: Mapping[int, int]  # head token of a name -> entity
    referring: Mapping[int, tuple[Mention, Entity]]  # head token of a pronoun or nominal with one referent
    quoted: frozenset[int]  # tokens in quotation marks: of these none is left out
    attributions: Mapping[int, tuple[Attribution, ...]]  # by the first token of the sentence that holds their cue

    @classmethod
    def of(cls, analysis: Analysis, quoted: frozenset[int] | None = None) -> "SentenceTrimmer":
        """Return the trimmer of an article, of which *quoted* are the tokens in quotation marks where known."""
        named: dict[int, int] = {}
        referring: dict[int, tuple[Mention, Entity]] = {}
        for entity in analysis.entities:
            for mention in entity.mentions:
                if mention.form in ("pronoun", "nominal"):
                    if analysis.referents.get(mention.head) == (entity.index,):
                        referring[mention.head] = (mention, entity)
                else:
                    named[mention.head] = entity.index
        attributions: dict[int, tuple[Attribution, ...]] = {}
        for attribution in analysis.attributions:
            sentence = None if attribution.cue_token is None else analysis.sentence_of(attribution.cue_token)
            if sentence is not None:
                attributions[sentence.first] = (*attributions.get(sentence.first, ()), attribution)
        if quoted is None:
            quoted = quoted_tokens(analysis)
        return cls(analysis, named, referring, quoted, attributions)

    def line(self, sentence: SentenceSpan, *, told: Collection[int] = (), cuts: Iterable[Range] | None = None) -> Line:
        """Return a sentence without what it can spare, beginning with a capital and ending with a stop.

        Args:
            sentence: The sentence.
            told: Indices of the entities that the lines before this one name in full: their last name will do.
            cuts: What to leave out, in characters of the article; the light cuts unless given.
        """
        if cuts is None:
            cuts = self.cuts(sentence)
        whole = self.analysis.article.text[sentence.start : sentence.end]
        line = finished(compose(self._pieces(sentence, cuts, self._names(sentence, told))))
        if first_ungrounded_word(line.text, line.insertions, [whole]) is None:
            return line
        return finished(Line(whole, ()))

    def length(self, sentence: SentenceSpan, cuts: Iterable[Range]) -> int:
        """Return how many words the line has at most, apart by white space."""
        return len("".join(self._pieces(sentence, cuts, self._names(sentence, ()))).split())

    def cuts(self, sentence: SentenceSpan) -> tuple[Range, ...]:
        """Return what a sentence can always spare, in characters of the article, in order and apart.

        Its opening connective, "also", asides in parentheses, "in an interview with ..." and "..., police said".
        """
        return self._apart(light_cuts(self.analysis, sentence, self.attributions.get(sentence.first, ())))

    def deep_cuts(self, sentence: SentenceSpan, light: tuple[Range, ...]) -> tuple[Range, ...]:
        """Return its light cuts and what it can spare where words are short: relative clauses, long appositions."""
        deep = tuple(deep_cuts(self.analysis, sentence))
        return self._apart((*light, *deep)) if deep else light

    def _apart(self, cuts: Iterable[Range]) -> tuple[Range, ...]:
        apart: list[Range] = []
        for cut in sorted(cuts):
            if (not apart or apart[-1].end <= cut.start) and not self._touches_quotation(cut):
                apart.append(cut)
        return tuple(apart)

    def entities_named(self, sentence: SentenceSpan) -> frozenset[int]:
        """Return the entities that a sentence names, or that its line names in brackets."""
        names = {self.named[i] for i in range(sentence.first, sentence.last) if i in self.named}
        return frozenset(names | {entity.index for _, entity in self._unnamed(sentence, ())})

    def _touches_quotation(self, cut: Range) -> bool:
        span = self.analysis.doc.char_span(cut.start, cut.end, alignment_mode="expand")
        return span is not None and any(token.i in self.quoted for token in span)

    def _names(self, sentence: SentenceSpan, told: Collection[int]) -> dict[Range, Inserted]:
        """Return what stands in brackets in place of pronouns, or after definite nominals."""
        names: dict[Range, Inserted] = {}
        for mention, entity in self._unnamed(sentence, told):
            name = _last_name(entity) if entity.index in told else entity.name
            if mention.form == "nominal":
                names[Range(mention.end, mention.end)] = Inserted(f" [{name}]")
            elif self._word(mention) in _POSSESSIVE:
                names[Range(mention.start, mention.end)] = Inserted(f"[{name}'s]")
            else:
                names[Range(mention.start, mention.end)] = Inserted(f"[{name}]")
        return names

    def _unnamed(self, sentence: SentenceSpan, told: Collection[int]) -> Iterator[tuple[Mention, Entity]]:
        """Yield the pronouns and nominals whose meaning the sentence does not tell: one for each entity."""
        seen = {self.named[i] for i in range(sentence.first, sentence.last) if i in self.named}
        kinds: set[str | None] = set()  # of those named or meant so far: the pronoun may be theirs
        for index in range(sentence.first, sentence.last):
            mention, entity = self.referring.get(index, (None, None))
            if mention is None or entity is None:
                if index in self.named:
                    kinds.add(self.analysis.entities[self.named[index]].kind)
                continue
            opening = mention.start <= sentence.start + 1
            if entity.kind is not None and entity.index not in seen and entity.kind not in kinds:
                if self._needs_name(mention, entity, told, opening=opening):
                    yield mention, entity
                seen.add(entity.index)
            kinds.add(entity.kind)

    def _needs_name(self, mention: Mention, entity: Entity, told: Collection[int], *, opening: bool) -> bool:
        """Say whether a reader needs a name: for a subject anywhere, for "its" and "the minister" at the head."""
        if mention.form == "nominal":
            return opening and entity.kind == "person" and entity.index not in told
        head = self.analysis.doc[mention.head]
        word = self._word(mention)
        if head.dep_ == "poss":
            return opening and word in _POSSESSIVE
        if word == "it":  # but not in "it was agreed to ..."
            return opening and head.dep_ == "nsubj" and head.head.lemma_ != "be"
        return (word in _PERSONAL and head.dep_ in _SUBJECTS) or self._is_source(head)

    def _is_source(self, head: Token) -> bool:
        """Say whether a word is the "him" of "according to him"."""
        return head.i >= 2 and head.nbor(-1).lower_ == "to" and head.nbor(-2).lower_ == "according"

    def _word(self, mention: Mention) -> str:
        return self.analysis.article.text[mention.start : mention.end].lower()

    def _pieces(self, sentence: SentenceSpan, cuts: Iterable[Range], names: Mapping[Range, Inserted]) -> Iterator[str]:
        text, at = self.analysis.article.text, sentence.start
        edits = sorted([*((cut, "") for cut in cuts), *names.items()])
        for (start, end), replacement in edits:
            if start < at:
                continue
            yield text[at:start]
            yield replacement
            at = end
        yield text[at : sentence.end]


def _last_name(entity: Entity) -> str:
    return entity.name.split()[-1] if entity.kind == "person" else entity.name
