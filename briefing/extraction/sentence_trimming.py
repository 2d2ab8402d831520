"""A sentence made shorter and able to stand alone, in its own words."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from briefing.grounding import Inserted, Line, compose, first_ungrounded_word
from briefing.language.analysis import Analysis, Attribution, Entity, Mention, Range, SentenceSpan
from briefing.language.lexicon import read_lexicon, word_set

# "(the upper house)" but not "(IAEA)", whose letters the text may use again.
_ASIDE = re.compile(r"\s*\((?![A-Z][A-Za-z&.-]{1,7}\))[^()]{2,120}\)")
# " ," and " ." where something was cut, but not ", an".
_STRAY_SPACE = re.compile(r"\s+(?=[,.;:!?])")
_FINAL_STOP = re.compile(r"[.!?…][\"'”’)\]»]*$")
_TRAILING_PUNCTUATION = " ,;:-–—"
_THIRD_PERSON = frozenset({"he", "she", "it", "they", "him", "them", "his", "her", "its", "their"})
_POSSESSIVE = frozenset({"his", "her", "its", "their"})
_LONG_ADJUNCT = 4  # words; a shorter apposition costs little and may be a name


@dataclass(frozen=True)
class SentenceTrimmer:
    """Cuts a sentence down and says in brackets whom its pronouns mean; every other word is the article's."""

    analysis: Analysis
    named: Mapping[int, int]  # head token of a name -> entity
    referring: Mapping[int, tuple[Mention, Entity]]  # head token of a pronoun or nominal with one referent
    attributions: Mapping[
        int, tuple[Attribution, ...]
    ]  # first token of a sentence -> attributions with their cue in it

    @classmethod
    def of(cls, analysis: Analysis) -> "SentenceTrimmer":
        """Return the trimmer of an article."""
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
        return cls(analysis, named, referring, attributions)

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
        line = _finished(compose(self._pieces(sentence, cuts, self._names(sentence, told))))
        if _is_balanced(line.text) and first_ungrounded_word(line.text, line.insertions, [whole]) is None:
            return line
        return _finished(Line(whole, ()))

    def cuts(self, sentence: SentenceSpan, *, deep: bool = False) -> tuple[Range, ...]:
        """Return what a sentence can spare, in characters of the article, in order and apart.

        Always its opening connective, asides in parentheses, "in an interview with ..." and "..., police said"; with
        *deep* also the relative clauses, appositions and asides between commas or dashes.
        """
        apart: list[Range] = []
        for cut in sorted([*self._light_cuts(sentence), *(self._deep_cuts(sentence) if deep else ())]):
            if not apart or apart[-1].end <= cut.start:
                apart.append(cut)
        return tuple(apart)

    def entities_named(self, sentence: SentenceSpan) -> frozenset[int]:
        """Return the entities that a sentence names, or that its line names in brackets."""
        names = {self.named[i] for i in range(sentence.first, sentence.last) if i in self.named}
        return frozenset(names | {entity.index for _, entity in self._unnamed(sentence)})

    def _light_cuts(self, sentence: SentenceSpan) -> Iterator[Range]:
        opening = _opening_connective(self.analysis, sentence)
        if opening is not None:
            yield opening
        for match in _ASIDE.finditer(self.analysis.article.text, sentence.start, sentence.end):
            yield Range(*match.span())
        for attribution in self.attributions.get(sentence.first, ()):
            cut = self._attribution_cut(sentence, attribution)
            if cut is not None:
                yield cut

    def _attribution_cut(self, sentence: SentenceSpan, attribution: Attribution) -> Range | None:
        """Return the tail "..., police said" of a sentence, or only the "in an interview with ..." of its end."""
        doc, end = self.analysis.doc, sentence.end - 1
        cue, source, head = attribution.cue_token, attribution.source, attribution.source_head
        if cue is None or source is None or head is None:
            return None
        content_end = max(piece.end for piece in attribution.content)
        trailing = content_end <= source.start and content_end <= doc[cue].idx
        if trailing and not attribution.direct and attribution.content[0].start <= sentence.start + 1:
            vague = attribution.speaker is None or doc[head].lemma_.lower() in word_set("summary", "plain_sources")
            vague = vague and doc[head].lemma_.lower() in word_set("summary", "plain_sources")
            if vague and not _holds_clause(doc[cue], content_end):
                return Range(content_end, end)
        if not trailing:
            return None
        setting = _setting(doc[cue])
        return None if setting is None or setting.start < content_end else Range(setting.start, min(setting.end, end))

    def _deep_cuts(self, sentence: SentenceSpan) -> Iterator[Range]:
        """Yield relative clauses and appositions between commas, the outermost only."""
        last = sentence.start
        doc = self.analysis.doc
        for token in doc[sentence.first : sentence.last]:
            if token.dep_ not in ("relcl", "appos") or token.idx < last or token.ent_type_ == "PERSON":
                continue
            first, final = token.left_edge, token.right_edge
            if first.i <= sentence.first + 1 or final.i + 1 >= sentence.last or final.i - first.i + 1 < _LONG_ADJUNCT:
                continue
            before, after = doc[first.i - 1], doc[final.i + 1]
            if before.text != "," or after.text not in (",", "."):
                continue
            end = after.idx + len(after) if after.text == "," else after.idx
            yield Range(before.idx, end)
            last = end

    def _names(self, sentence: SentenceSpan, told: Collection[int]) -> dict[Range, Inserted]:
        """Return what stands in brackets in place of pronouns, or after definite nominals."""
        names: dict[Range, Inserted] = {}
        for mention, entity in self._unnamed(sentence):
            name = _last_name(entity) if entity.index in told else entity.name
            word = self.analysis.article.text[mention.start : mention.end].lower()
            if mention.form == "nominal":
                names[Range(mention.end, mention.end)] = Inserted(f" [{name}]")
            else:
                names[Range(mention.start, mention.end)] = Inserted(
                    f"[{name}'s]" if word in _POSSESSIVE and self._owns(mention) else f"[{name}]"
                )
        return names

    def _owns(self, mention: Mention) -> bool:
        return self.analysis.doc[mention.head].dep_ == "poss"

    def _unnamed(self, sentence: SentenceSpan) -> Iterator[tuple[Mention, Entity]]:
        """Yield the first pronoun of each entity that the sentence does not name, and a nominal that opens it."""
        seen = {self.named[i] for i in range(sentence.first, sentence.last) if i in self.named}
        opening = True
        for index in range(sentence.first, sentence.last):
            mention, entity = self.referring.get(index, (None, None))
            if mention is None or entity is None or entity.index in seen or entity.kind is None:
                continue
            word = self.analysis.article.text[mention.start : mention.end].lower()
            if (mention.form == "pronoun" and word in _THIRD_PERSON) or (
                mention.form == "nominal"
                and opening
                and entity.kind == "person"
                and mention.start <= sentence.start + 1
            ):
                seen.add(entity.index)
                yield mention, entity
            opening = False

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


def _opening_connective(analysis: Analysis, sentence: SentenceSpan) -> Range | None:
    """Return "However, " at the head of a sentence."""
    text = analysis.article.text
    head = text[sentence.start : sentence.start + 40].lower()
    for phrase in _connective_phrases():
        if head.startswith(phrase + ","):
            return Range(sentence.start, sentence.start + len(phrase) + 1)
    token = analysis.doc[sentence.first]
    if token.lower_ not in word_set("summary", "connectives") or sentence.last - sentence.first < 3:
        return None
    after = token.nbor(1)
    if after.text == ",":
        return Range(sentence.start, after.idx + 1)
    bare = token.dep_ == "cc" or token.lower_ == "also"
    return Range(sentence.start, after.idx) if bare else None


@cache
def _connective_phrases() -> tuple[str, ...]:
    return tuple(read_lexicon("summary")["connective_phrases"])


def _setting(cue: Token) -> Range | None:
    """Return "in an interview with ..." where it hangs on the verb of saying, with the comma before it."""
    for child in cue.children:
        if child.dep_ == "prep" and child.i > cue.i:
            objects = [word for word in child.children if word.dep_ == "pobj"]
            if objects and objects[0].lemma_.lower() in word_set("summary", "speech_settings"):
                start = child.nbor(-1)
                final = child.right_edge
                return Range(start.idx + len(start), final.idx + len(final))
    return None


def _holds_clause(cue: Token, start: int) -> bool:
    """Say whether more is told after the attribution: "police said, adding that ..."."""
    return any(
        child.dep_ in ("advcl", "conj", "ccomp", "xcomp") and child.idx > cue.idx > start for child in cue.children
    )


def _last_name(entity: Entity) -> str:
    return entity.name.split()[-1] if entity.kind == "person" else entity.name


def _finished(line: Line) -> Line:
    """Return a line with its white space single, a capital at its head and a stop at its end."""
    pieces: list[str] = []
    at = 0
    for insertion in line.insertions:
        pieces += [line.text[at : insertion.start], Inserted(line.text[insertion.start : insertion.end])]
        at = insertion.end
    pieces.append(line.text[at:])
    return compose(_polished(pieces))


def _polished(pieces: list[str]) -> list[str]:
    done: list[str] = []
    for number, piece in enumerate(pieces):
        if isinstance(piece, Inserted):
            done.append(piece)
            continue
        plain = _STRAY_SPACE.sub("", re.sub(r"\s+", " ", piece))
        done.append(plain.lstrip(" ,;:") if number == 0 else plain)
    done[-1] = done[-1].rstrip()
    if not _FINAL_STOP.search("".join(done)):
        done[-1] = done[-1].rstrip(_TRAILING_PUNCTUATION) + "."
    if not isinstance(done[0], Inserted):
        done[0] = _capitalised(done[0])
    return [piece for piece in done if piece]


def _capitalised(text: str) -> str:
    first = re.search(r"[^\W\d_]", text)
    if first is None or first.start() > 2:
        return text
    return text[: first.start()] + first.group().upper() + text[first.end() :]


def _is_balanced(text: str) -> bool:
    """Say whether every quotation mark or bracket that a line opens is closed in it."""
    return text.count('"') % 2 == 0 and all(text.count(a) == text.count(b) for a, b in ("“”", "()", "[]", "«»"))
