"""Write the title of an upcoming event, in the words of the article and in their order."""

from collections.abc import Collection, Iterable, Sequence

from spacy.tokens import Token

from briefing.evidence.grounding import Inserted, Line, first_ungrounded_word, words
from briefing.extraction.events.phrases import auxiliaries_of, name_words, predicate_words
from briefing.extraction.events.subjects import name_of_pronoun, subject_words
from briefing.extraction.events.wording import LONGEST, planned, polished, shortened, text_of
from briefing.extraction.lines.brackets import disagrees
from briefing.extraction.lines.references import possessive
from briefing.extraction.lines.statements import is_first_person, is_own_voice, statement_speakers
from briefing.language.analysis import Analysis
from briefing.language.factuality import factuality
from briefing.language.predicate_words import lemma_of, reporting_verbs
from briefing.language.syntax import has_child, is_passive, subject_of
from briefing.runtime.lexicon import word_set

_LEAST_WORDS = 2  # of a title; one word says too little
_MOST_NAMES = 2  # that open a title in place of its subject


def title_of(
    analysis: Analysis, deeds: Iterable[Token], timed: Collection[int], names: Sequence[str] = ()
) -> tuple[Line, Token] | None:
    """Return the title of an event and its deed, or None if nothing reads well: a name or a clause with its subject.

    Args:
        analysis: The article.
        deeds: The nouns and verbs that say what happens, the best first.
        timed: The tokens of time expressions, which a title leaves out.
        names: The bodies that take part: a clause without a subject, or with "we", is theirs.
    """
    for deed in deeds:
        sentence = analysis.sentence_of(deed.i)
        line = _clause(deed, analysis, timed, names) if deed.pos_ == "VERB" else _name(deed, analysis, timed)
        if line is None or sentence is None or len(words(line.text)) < _LEAST_WORDS:
            continue
        if first_ungrounded_word(line.text, line.insertions, [analysis.sentence_evidence(sentence).text]) is None:
            return line, deed
    return None


def _name(noun: Token, analysis: Analysis, timed: Collection[int]) -> Line | None:
    """Return a noun phrase as a title, with the name of its owner: "[Norway]'s deadline"."""
    kept = name_words(noun, timed)
    owner = next((child for child in noun.lefts if child.tag_ == "PRP$"), None)
    rest = [token for token in kept if owner is None or kept[0].i > owner.i or token.i > owner.i]
    named = _with_names(rest, None, analysis)  # "talks with him"
    name = name_of_pronoun(owner, analysis) if owner is not None and len(rest) < len(kept) else None
    if named is None:
        return None
    return polished(named if name is None else [Inserted(possessive(name)), " ", *named])


def _clause(verb: Token, analysis: Analysis, timed: Collection[int], names: Sequence[str]) -> Line | None:
    """Return a title with a subject and an act: "President Chuichi Date to visit Moscow"."""
    while verb.dep_ == "xcomp" and verb.tag_ == "VBG":
        verb = verb.head  # "will start building"
    if factuality(verb).negated and not any(word.dep_ == "neg" for word in auxiliaries_of(verb)):
        return None  # "there are no plans to strike": without its governor it would say the opposite
    if lemma_of(verb) in word_set(__name__, "states"):
        return None
    subject = subject_of(verb)
    opening = subject_words(subject, analysis, timed) if subject is not None and subject.i < verb.i else None
    link = _link(verb)
    lent = () if opening or not link or is_passive(verb) or not _is_left_open(subject) else names
    if 0 < len(lent) <= _MOST_NAMES:
        opening = Inserted(" and ".join(lent))
    if opening is None or (verb.tag_ == "VBG" and not has_child(verb, "aux")):
        return None
    kept = shortened(predicate_words(verb, timed), verb, LONGEST - len(words(opening)) - 1)
    if kept[-1].i == verb.i and has_child(verb, "ccomp"):
        return None  # "will order" without what
    if all(token.pos_ == "AUX" or token.lower_ in planned() for token in kept):
        return polished([opening])  # for "the results are due on Friday" the title is "The results"
    if any(_points_elsewhere(token, opening) for token in kept) or _names_again(lent, kept):
        return None
    if _is_stated(verb, analysis) and (any(map(is_first_person, kept)) or _says_little(verb, subject, kept)):
        return None  # the whole sentence is printed with its speaker
    named = _with_names(kept, subject, analysis)
    return None if named is None else polished([opening, " ", *([link, " "] if link else []), *named])


def _is_stated(verb: Token, analysis: Analysis) -> bool:
    """Return True if a known speaker says the sentence of a verb in the first person."""
    sentence = analysis.sentence_of(verb.i)
    return sentence is not None and sentence.first in statement_speakers(analysis)


def _says_little(verb: Token, subject: Token | None, kept: Sequence[Token]) -> bool:
    """Return True if "I" is no title's subject: "I welcome", "I am pleased to announce", "I will meet"."""
    if subject is None or not is_own_voice(subject):
        return False
    lost = kept[-1].i <= verb.i or any(child.dep_ == "dobj" and child.i > kept[-1].i for child in verb.rights)
    return disagrees(subject) or lemma_of(verb) in reporting_verbs() or lost


def _names_again(names: Sequence[str], kept: Sequence[Token]) -> bool:
    """Return True if one of the names is in the act, too: "[India] will travel to India"."""
    act = set(words(text_of(kept)))
    return any(act.issuperset(words(name)) for name in names)


def _is_left_open(subject: Token | None) -> bool:
    """Return True for no subject, and for "we", which may be a body."""
    return subject is None or {"Person=1", "Number=Plur"} <= set(str(subject.morph).split("|"))


def _points_elsewhere(token: Token, opening: str) -> bool:
    """Return True for a word that a title does not explain: "the first of those", "our" beside a name of ours."""
    return (token.pos_ == "PRON" and token.tag_ == "DT") or (
        isinstance(opening, Inserted) and "Person=1" in token.morph
    )


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
    is_another = bool(doers) or is_own_voice(subject)
    if len(owners) != 1 or not is_another or owners[0] in doers:
        return None
    return Inserted(possessive(owners[0].name))


def _link(verb: Token) -> str | None:
    """Return the link between subject and verb: "to" or the modal of the text; our own "to" for "would"."""
    auxiliaries = auxiliaries_of(verb)
    if any(child.tag_ == "TO" for child in auxiliaries):
        return "to"
    modal = next((child for child in auxiliaries if child.tag_ == "MD"), None)
    if modal is None:
        return None
    return Inserted("to") if modal.lower_ in word_set(__name__, "short_futures") else modal.text
