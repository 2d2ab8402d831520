"""Write the title of an upcoming event, in the words of the article and in their order."""

from collections.abc import Collection, Sequence

from spacy.tokens import Token

from briefing.evidence.grounding import Inserted, Line, first_ungrounded_word, words
from briefing.extraction.events.candidate import Candidate
from briefing.extraction.events.phrases import name_words, portions, predicate_words
from briefing.extraction.events.subjects import name_of_pronoun, subject_words
from briefing.extraction.events.wording import LONGEST, line_of, polished, shortened, text_of
from briefing.extraction.events.words import event_words, is_light, noun_kind, noun_lemma
from briefing.extraction.lines.references import possessive
from briefing.language.analysis import Analysis
from briefing.language.predicate_words import lemma_of
from briefing.language.syntax import AUXILIARIES, has_child, is_passive
from briefing.runtime.lexicon import word_set

# A noun phrase with so many words can be a title.
_LEAST_NAME = 3


def title_of(candidates: Sequence[Candidate], analysis: Analysis, timed: Collection[int]) -> Line | None:
    """Return the best title from the mentions of an event; None if no title is grounded in the text.

    The name of an occasion is best, preferably a full one; then a clause with its subject; then a bare noun. *timed*
    holds the tokens of time expressions, which a title leaves out.
    """
    named = [(c, name_words(c.noun, timed)) for c in candidates if c.noun is not None and not _is_end_of_occasion(c)]
    names = [line for c, kept in named if (line := _with_owner(c, analysis) or line_of(kept))]
    proper = [line for c, kept in named if not _is_deed(c) and not _is_done_at(c) and (line := line_of(kept))]
    full = [line for line in proper if len(words(line.text)) >= _LEAST_NAME]
    clauses = [
        line for c in candidates if c.verb is not None and not _only_fixes(c) and (line := _clause(c, analysis, timed))
    ]
    ranked = [*sorted(full, key=_fullness), *clauses, *names]
    evidence = [analysis.sentence_evidence(candidate.sentence).text for candidate in candidates]
    evidence = list(dict.fromkeys(evidence))
    return next((line for line in ranked if first_ungrounded_word(line.text, line.insertions, evidence) is None), None)


def _with_owner(candidate: Candidate, analysis: Analysis) -> Line | None:
    """Return a bare occasion with the name of its owner: "[Norway]'s deadline"; None for any other."""
    noun = candidate.noun
    owner = next((child for child in noun.lefts if child.tag_ == "PRP$"), None) if noun is not None else None
    if noun is None or owner is None or len(list(noun.children)) > 1:
        return None
    name = name_of_pronoun(owner, analysis)
    return polished([Inserted(possessive(name)), " ", noun.text]) if name else None


def _is_deed(candidate: Candidate) -> bool:
    """Return True if the noun is the act of the subject of its clause: "the minister will make an announcement"."""
    noun, verb = candidate.noun, candidate.verb
    if noun is None or verb is None or noun.i < verb.i:
        return False
    return noun_kind(noun) == "act" and noun_lemma(noun) not in portions()


def _is_done_at(candidate: Candidate) -> bool:
    """Return True if the noun is only the occasion of an act: "will sign the pact during the king's visit to Oslo"."""
    noun, verb = candidate.noun, candidate.verb
    if noun is None or verb is None or noun.dep_ != "pobj" or noun.head.lower_ not in ("during", "at"):
        return False
    lemma = lemma_of(verb)
    planned = lemma in event_words("event_verbs") and lemma not in event_words("topical_verbs")
    return planned and not is_light(verb) and has_child(verb, "dobj")


def _fullness(line: Line) -> tuple[int, int]:
    """Return a sort key for names of occasions: the most proper names first, then the longest."""
    kept = line.text.split()
    return (-sum(word[:1].isupper() for word in kept[1:]), -len(kept))


def _is_end_of_occasion(candidate: Candidate) -> bool:
    """Return True if the event is the end of an occasion, which the occasion's name does not show."""
    return candidate.verb is not None and lemma_of(candidate.verb) in event_words("ending_verbs")


def _only_fixes(candidate: Candidate) -> bool:
    """Return True if a predicate only sets a time for an occasion."""
    verb = candidate.verb
    if candidate.noun is None or verb is None:
        return False
    past = verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in verb.lefts if child.dep_ in AUXILIARIES)
    return past or lemma_of(verb) in (*event_words("fixing"), "be")


def _clause(candidate: Candidate, analysis: Analysis, timed: Collection[int]) -> Line | None:
    """Return a title with a subject and an act: "President Chuichi Date to visit Moscow"."""
    verb, subject = candidate.verb, candidate.subject
    if verb is None:
        return None
    opening = subject_words(subject, analysis, timed) if subject is not None and subject.i < verb.i else None
    if opening is None and ((is_light(verb) and not _has_own_object(verb)) or is_passive(verb)):
        return None
    kept = predicate_words(verb, _times_to_drop(candidate, timed), alone=opening is None)
    if opening and verb.lemma_ == "be" and any(child.lower_ == "due" for child in verb.rights):
        return polished([opening])  # for "the results are due on Friday" the title is "The results"
    kept = shortened(kept, verb, LONGEST - len(words(opening or "")) - 1)
    named = _with_names(kept, subject, analysis)
    if named is None:
        return None
    link = _link(verb)
    pieces = [opening, " "] if opening else []
    if opening and link:
        pieces += [link, " "]
    elif not opening and any(word.tag_ == "VB" for word in kept if word.i <= verb.i):
        pieces += ["To" if link == "to" and not isinstance(link, Inserted) else Inserted("To"), " "]
    return polished([*pieces, *named])


def _has_own_object(verb: Token) -> bool:
    """Return True if the object of a light verb is the event: "open an office", not "begin the talks"."""
    held = [child for child in verb.rights if child.dep_ == "dobj" and child.pos_ != "PRON" and not noun_kind(child)]
    return any(f"{lemma_of(verb)} {lemma_of(noun)}" not in event_words("event_phrases") for noun in held)


def _times_to_drop(candidate: Candidate, timed: Collection[int]) -> Collection[int]:
    """Return the times to leave out of a title; the end of a state stays: "has extended the ceiling until May"."""
    tied, verb = candidate.tied, candidate.verb
    if tied is None or verb is None or tied.preposition not in ("until", "till") or is_passive(verb):
        return timed
    if lemma_of(verb) not in event_words("keeping_verbs"):
        return timed
    end = tied.time.start + len(tied.time.text)
    return frozenset(index for index in timed if not tied.time.start <= verb.doc[index].idx < end)


def _with_names(kept: Sequence[Token], subject: Token | None, analysis: Analysis) -> list[str] | None:
    """Return words as pieces of a line, with names for pronouns; None if a referent is unknown."""
    pieces: list[str] = []
    run: list[Token] = []
    for token in kept:
        name: str | None = None
        if token.tag_ == "PRP" and not token.lower_.endswith(("self", "selves")):
            name = _name_of_object(subject, token, analysis) or _object_before(token)
            if name is None:
                return None
        elif token.tag_ == "PRP$" and subject is not None:
            name = _name_of_owner(token, subject, analysis)
        if name is None:
            run.append(token)
            continue
        pieces += [text_of(run), " "] if run else []
        pieces += [Inserted(name), " "]
        run = []
    return [*pieces, text_of(run)] if run else pieces[:-1]


def _name_of_object(subject: Token | None, pronoun: Token, analysis: Analysis) -> Inserted | None:
    """Return the name of an object pronoun's referent; None if that would be the subject, so it is unknown."""
    doers = analysis.entities_of(subject) if subject is not None else ()
    return None if set(doers) & set(analysis.entities_of(pronoun)) else name_of_pronoun(pronoun, analysis)


def _object_before(pronoun: Token) -> Inserted | None:
    """Return the referent of "it" or "them" after a predicate with an object: "has two ships and will sell them"."""
    verb = pronoun.head
    while verb.dep_ == "xcomp":
        verb = verb.head
    if pronoun.dep_ != "dobj" or verb.dep_ != "conj" or pronoun.lower_ not in ("it", "them"):
        return None
    tags = ("NNS", "NNPS") if pronoun.lower_ == "them" else ("NN", "NNP")
    held = [noun for noun in verb.head.rights if noun.dep_ == "dobj" and noun.tag_ in tags]
    if not held:
        return None
    named = [child for child in held[0].lefts if child.dep_ in ("det", "nummod", "amod", "compound")]
    return Inserted(text_of([*named, held[0]]))


def _name_of_owner(pronoun: Token, subject: Token, analysis: Analysis) -> Inserted | None:
    """Return the owner's name; None if the owner is the subject or unknown."""
    owners, doers = analysis.entities_of(pronoun), analysis.entities_of(subject)
    if len(owners) != 1 or not doers or owners[0] in doers:
        return None
    return Inserted(possessive(owners[0].name))


def _link(verb: Token) -> str | None:
    """Return the link between subject and verb: "to" or the modal of the text; our own "to" for "would"."""
    node = verb
    while node.dep_ == "conj" and not any(child.dep_ == "aux" for child in node.lefts):
        node = node.head
    auxiliaries = [child for child in node.lefts if child.dep_ == "aux"]
    if any(child.tag_ == "TO" for child in auxiliaries):
        return "to"
    modal = next((child for child in auxiliaries if child.tag_ == "MD"), None)
    if modal is None:
        return None
    return Inserted("to") if modal.lower_ in word_set(__name__, "short_futures") else modal.text
