"""A line that names an upcoming event, in the words of the article and in their order."""

from collections.abc import Collection, Sequence

from spacy.tokens import Token

from briefing.extraction.event_candidate import Candidate
from briefing.extraction.event_wording import LONGEST, MARKS, line_of, polished, shortened, stripped, text_of
from briefing.extraction.event_words import is_light
from briefing.grounding import Inserted, Line, first_ungrounded_word, words
from briefing.language.analysis import Analysis
from briefing.language.lexicon import word_set
from briefing.language.predicate_words import lemma_of

# Words of a noun phrase that says enough by itself, at least.
_LEAST_NAME = 3
# Tokens of a phrase that are looked at.
_MOST_TOKENS = 60
# What an event is not told by: clauses beside it, what is coordinated with it, who said so.
_ASIDES = frozenset(
    {"advcl", "parataxis", "relcl", "cc", "conj", "mark", "ccomp", "appos", "intj", "meta", "dep", "discourse"}
)
_NESTED_ASIDES = frozenset({"relcl", "advcl", "parataxis", "acl", "appos"})
_NAMING_PREPOSITIONS = frozenset(
    {"of", "between", "with", "on", "for", "to", "by", "against", "among", "from", "over", "in", "at"}
)


def title_of(candidates: Sequence[Candidate], analysis: Analysis, timed: Collection[int]) -> Line | None:
    """Return the best title that the tellings of an event allow; None where none is grounded.

    The name of an occasion is best, the fuller the better; then who is to do what; then a bare noun. *timed* holds the
    tokens of time expressions, which stand beside a title.
    """
    names = [line for c in candidates if c.noun is not None and not _ends(c) and (line := _name(c.noun, timed))]
    full = [line for line in names if len(words(line.text)) >= _LEAST_NAME]
    clauses = [
        line for c in candidates if c.verb is not None and not _only_fixes(c) and (line := _clause(c, analysis, timed))
    ]
    ranked = [*sorted(full, key=lambda line: -len(words(line.text))), *clauses, *names]
    evidence = [analysis.sentence_evidence(candidate.sentence).text for candidate in candidates]
    evidence = list(dict.fromkeys(evidence))
    return next((line for line in ranked if first_ungrounded_word(line.text, line.insertions, evidence) is None), None)


def _ends(candidate: Candidate) -> bool:
    """Say whether the event is the end of an occasion, which its name does not tell."""
    return candidate.verb is not None and lemma_of(candidate.verb) in word_set("events", "ending_verbs")


def _only_fixes(candidate: Candidate) -> bool:
    """Say whether a predicate tells nothing but that a time is, or was, set for an occasion."""
    verb = candidate.verb
    if candidate.noun is None or verb is None:
        return False
    past = verb.tag_ == "VBD" or any(child.tag_ == "VBD" for child in verb.lefts if child.dep_ in ("aux", "auxpass"))
    return past or lemma_of(verb) in (*word_set("events", "fixing"), "be")


# A name: '"two-plus-two" meeting of foreign and defense ministers'


def _name(noun: Token, timed: Collection[int]) -> Line | None:
    left = [noun.doc[i] for i in range(max(noun.left_edge.i, noun.i - LONGEST), noun.i)]
    kept = [token for token in left if token.i not in timed or _is_part_of_name(token, noun)] + [noun]
    kept = kept if len(kept) > 2 or not left else [*left, noun]  # "September 3 deadline"
    for child in noun.rights:
        if child.text == ",":
            break
        if child.dep_ == "prep" and child.lower_ in _NAMING_PREPOSITIONS and not _is_timed(child, timed):
            kept += _without_asides(child, timed)
    return line_of(shortened(kept, noun))


def _is_part_of_name(token: Token, noun: Token) -> bool:
    """Say whether a date belongs to a name: the year of "2012 Games", not the "next month's" of a meeting."""
    return token.head.i == noun.i and token.text.isdigit() and noun.pos_ == "PROPN"


def _is_timed(phrase: Token, timed: Collection[int]) -> bool:
    """Say whether a phrase holds a time and little else: "on Friday", "as early as Friday"."""
    if any(child.i in timed for child in phrase.rights):
        return True
    first, last = phrase.left_edge.i, phrase.right_edge.i
    return last - first < LONGEST and any(token in timed for token in range(first, last + 1)) and last in timed


def _without_asides(token: Token, timed: Collection[int]) -> list[Token]:
    """Return the words under *token* in order, without clauses beside it and without times."""
    below: list[Token] = []
    waiting = [token]
    while waiting and len(below) < _MOST_TOKENS:
        node = waiting.pop()
        below.append(node)
        waiting += [
            child
            for child in node.children
            if child.i not in timed
            and child.dep_ not in _NESTED_ASIDES
            and child.text not in MARKS
            and child.text != ")"
            and not (child.pos_ in ("ADP", "ADV") and (_is_timed(child, timed) or _is_parenthesis(child)))
        ]
    return sorted(below, key=lambda word: word.i)


def _is_parenthesis(phrase: Token) -> bool:
    """Say whether a phrase stands between commas: ", now in its tenth year,"."""
    first = phrase.left_edge
    return first.i > 0 and first.nbor(-1).text == "," and phrase.head.i < phrase.i


# A clause: "President Chuichi Date to visit Moscow"


def _clause(candidate: Candidate, analysis: Analysis, timed: Collection[int]) -> Line | None:
    verb, subject = candidate.verb, candidate.subject
    if verb is None:
        return None
    opening = _subject_words(subject, analysis, timed) if subject is not None and subject.i < verb.i else None
    if opening is None and is_light(verb):
        return None
    link = _link(verb)
    told = _predicate_words(verb, timed, alone=opening is None)
    told = shortened(told, verb, LONGEST - len(words(opening or "")) - 1)
    pieces = [opening, " "] if opening else []
    if opening and link:
        pieces += [link, " "]
    elif not opening and any(word.tag_ == "VB" for word in told if word.i <= verb.i):
        pieces += ["To" if link == "to" and not isinstance(link, Inserted) else Inserted("To"), " "]
    return polished([*pieces, text_of(told)])


def _predicate_words(verb: Token, timed: Collection[int], *, alone: bool) -> list[Token]:
    """Return a verb with what follows it, without times, asides and modals; *alone* also without finite auxiliaries."""
    before = [
        child for child in verb.lefts if child.dep_ in ("aux", "auxpass", "neg") and child.tag_ not in ("MD", "TO")
    ]
    told = [*(child for child in before if child.tag_ == "VB" or not alone), verb]
    for child in verb.rights:
        aside = child.dep_ in _ASIDES and not (child.dep_ == "advcl" and child.i < verb.i + 2)
        if aside or child.i in timed or child.dep_ == "punct" or child.lower_ == "according":
            continue
        if child.pos_ not in ("ADP", "ADV") or not _is_timed(child, timed):
            told += _without_asides(child, timed)
    return sorted(told, key=lambda word: word.i)


def _subject_words(subject: Token, analysis: Analysis, timed: Collection[int]) -> str | None:
    """Return the words of a subject; a pronoun by the name of whom it refers to, None where that is unknown."""
    if subject.pos_ == "PRON" or subject.tag_ == "PRP$":
        entities = analysis.entities_of(subject)
        people = subject.lower_ in ("we", "us")  # who says "we" is not alone
        if len(entities) == 1 and not (people and entities[0].kind == "person"):
            return Inserted(entities[0].name)
        reporter = _reporter(subject)
        if reporter is None:
            return None
        subject = reporter
    kept = shortened(
        [token for token in _without_asides(subject, timed) if token.dep_ != "appos"], subject, 2 * LONGEST // 3
    )
    return stripped(text_of(kept)) or None


def _reporter(pronoun: Token) -> Token | None:
    """Return the subject of the report around a clause, where the pronoun goes with it: "the airline said it"."""
    report = pronoun.head.head
    if pronoun.head.dep_ != "ccomp" or lemma_of(report) not in word_set("factuality", "reporting"):
        return None
    subject = next((child for child in report.lefts if child.dep_ == "nsubj"), None)
    if subject is None or subject.i > pronoun.i or subject.pos_ not in ("NOUN", "PROPN"):
        return None
    if subject.tag_ in ("NNS", "NNPS"):
        return subject if pronoun.lower_ == "they" else None
    person = subject.ent_type_ == "PERSON" or lemma_of(subject) in word_set("roles", "role_nouns")
    return subject if pronoun.lower_ in (("he", "she") if person else ("it",)) else None


def _link(verb: Token) -> str | None:
    """Return what stands between subject and verb: "to" or the modal of the text, "to" of ours for "would"."""
    node = verb
    while node.dep_ == "conj" and not any(child.dep_ == "aux" for child in node.lefts):
        node = node.head
    auxiliaries = [child for child in node.lefts if child.dep_ == "aux"]
    if any(child.tag_ == "TO" for child in auxiliaries):
        return "to"
    modal = next((child for child in auxiliaries if child.tag_ == "MD"), None)
    if modal is None:
        return None
    return Inserted("to") if modal.lower_ in ("would", "'d", "’d", "'ll", "’ll") else modal.text
