"""The line that states a point: the clause of its cue, its subject named, the attribution left off."""

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Span, Token

from briefing.evidence.grounding import Inserted, Line, compose, first_ungrounded_word
from briefing.extraction.points.lists import LEXICON
from briefing.extraction.points.parties.sides import Speech
from briefing.extraction.points.polarity import Cue
from briefing.language.analysis import Analysis, Entity, Mention, SentenceSpan
from briefing.language.lexicon import word_set
from briefing.language.neighbours import token_after, word_after
from briefing.language.syntax import TENSED

_MOST_WORDS = 35
_LEAST_WORDS = 4
_RELATIVE = frozenset({"WDT", "WP"})
_OURS = frozenset({"our", "their"})
_OURSELVES = frozenset({"we", "us", "our", "ours"})
_BARE = frozenset({"we", "they", "it", "i"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_MARKS = frozenset({'"', "'", "“", "”", "‘", "’", "„", "«", "»", "`", "``", "''"})
_STOPS = (",", ";", ":", "-", "–", "—", "--")
_PRONOUNS = frozenset({"nsubj", "nsubjpass", "poss", "dobj", "pobj"})


def statement_of(cue: Cue, analysis: Analysis, speech: Speech, joint: str | None = None) -> Line:
    """Return the shortest stretch around a cue that reads well alone; its whole sentence where none does.

    *joint* names the parties who are meant by a "we" or "they" that holds the position.
    """
    sentence = analysis.sentence_of(cue.token.i)
    if sentence is None:
        return Line(cue.token.text, ())
    source = analysis.article.text[sentence.start : sentence.end]
    for run in _stretches(cue, analysis, speech, sentence):
        line = _line(_trimmed(run), analysis, cue, speech, joint)
        if line.text and first_ungrounded_word(line.text, line.insertions, (source,)) is None:
            return line
    return Line(" ".join(source.split()), ())


def _stretches(cue: Cue, analysis: Analysis, speech: Speech, sentence: SentenceSpan) -> Iterator[Sequence[Token]]:
    """Yield what may stand for the sentence, best first: what is said, the sentence, the clause.

    What is turned by a word before it, as by "denied that", would say the opposite without that word, and a reproach
    would be told as fact without its source: they stay whole.
    """
    whole = analysis.span(sentence)
    if cue.flipped or cue.kind in ("harm", "obligation"):
        yield list(whole)
        return
    runs = [*_said(cue, speech, sentence, whole), list(whole), *_clause(cue, whole)]
    yield from (run for run in runs if _LEAST_WORDS <= _length(run) <= _MOST_WORDS)
    yield list(whole)


def _said(cue: Cue, speech: Speech, sentence: SentenceSpan, whole: Span) -> Iterator[Sequence[Token]]:
    """Yield the part of an attribution's content that holds the cue, where it is a clause."""
    attribution = speech.by_token.get(cue.token.i)
    if attribution is None or attribution.cue in word_set(LEXICON, "wanting"):
        return  # what somebody wants is no sentence: "wants the envoy recalled"
    for stretch in attribution.content:
        if stretch.start <= cue.token.idx < stretch.end:
            start, end = max(stretch.start, sentence.start), min(stretch.end, sentence.end)
            inside = [token for token in whole if start <= token.idx and token.idx + len(token) <= end]
            held = {token.i for token in inside}
            roots = [token for token in inside if token.head.i not in held or token.dep_ == "ROOT"]
            told = [root for root in roots if _is_finite(root)]
            if any(child.dep_ in _SUBJECTS and child.i in held for root in told for child in root.lefts):
                yield inside


def _is_finite(verb: Token) -> bool:
    """Say whether a verb makes a sentence: no infinitive, no participle alone."""
    return verb.tag_ in TENSED or any(child.tag_ in TENSED or child.tag_ == "MD" for child in verb.lefts)


def _length(run: Sequence[Token]) -> int:
    return sum(not (token.is_punct or token.is_space) for token in run)


def _clause(cue: Cue, whole: Span) -> Iterator[Sequence[Token]]:
    """Yield the clause around the cue that has a subject of its own, cut at the clauses that stand after it.

    A relative clause whose object stands before it says too little alone: "which the council backed".
    """
    node = cue.predicate
    while node.dep_ != "ROOT" and not any(child.dep_ in _SUBJECTS for child in node.lefts):
        node = node.head
    if node.dep_ == "relcl" and not any(child.dep_ in _SUBJECTS and child.tag_ in _RELATIVE for child in node.lefts):
        return
    inside = [token.i for token in node.subtree if whole.start <= token.i < whole.end]
    cut = {
        token.i
        for child in node.rights
        if child.dep_ in ("advcl", "parataxis", "conj") and not (child.i == cue.token.i or child.is_ancestor(cue.token))
        for token in child.subtree
    }
    run: list[Token] = []
    for i in range(min(inside), max(inside) + 1):
        if i in cut and i > cue.token.i:
            break
        run.append(whole.doc[i])
    opening = next((number for number, token in enumerate(run) if _opens(token, node)), -1)
    run = run[opening + 1 :]  # "only days after X agreed" says that X agreed
    if len(run) > 1 and run[0].pos_ == "ADP" and run[1].tag_ == "WDT":  # "in which"
        run = run[2:]
    while run and (run[-1].is_punct or run[-1].pos_ in ("CCONJ", "SCONJ", "ADP")):
        run.pop()
    yield run


def _opens(token: Token, verb: Token) -> bool:
    """Say whether a word opens a subordinate clause of a verb: "after", "when"."""
    return token.head.i == verb.i and (token.dep_ == "mark" or (token.dep_ == "advmod" and token.tag_ == "WRB"))


def _trimmed(run: Sequence[Token]) -> Sequence[Token]:
    """Return a run without its outer marks, its connective and its "that"."""
    tokens = _without_edges(list(run))
    for length in (5, 4, 3, 2, 1):
        opening = " ".join(token.lower_ for token in tokens[:length])
        known = len(tokens) > length + _LEAST_WORDS and opening in word_set(LEXICON, "connectives")
        if known and (tokens[length].text == "," or (length == 1 and tokens[0].pos_ == "CCONJ")):
            return _without_edges(tokens[length:])
    return tokens


def _without_edges(tokens: list[Token]) -> list[Token]:
    first, last = 0, len(tokens)
    while first < last and (_is_edge(tokens[first]) or _is_that(tokens[first])):
        first += 1
    while first < last and _is_edge(tokens[last - 1]):
        last -= 1
    tokens = tokens[first:last]
    for opening, closing in (("“", "”"), ("``", "''"), ("‘", "’"), ("«", "»"), ("(", ")"), ("[", "]")):
        shape = [token.text for token in tokens]
        if shape.count(opening) != shape.count(closing):
            tokens = [token for token in tokens if token.text not in (opening, closing) or token.text == "’"]
    if sum(token.text == '"' for token in tokens) % 2:
        tokens = [token for token in tokens if token.text != '"']
    return tokens


def _is_that(token: Token) -> bool:
    return token.dep_ == "mark" and token.lower_ == "that"


def _is_edge(token: Token) -> bool:
    return token.is_space or token.text in _STOPS or token.text in _MARKS


def _line(run: Sequence[Token], analysis: Analysis, cue: Cue, speech: Speech, joint: str | None) -> Line:
    """Return a run as a line, what only points back before the cue replaced by the names it stands for."""
    speaker = _speaker(cue.token, analysis, speech)
    mentions = _nominals(run, analysis)
    pieces: list[str] = []
    named: set[int] = set()
    done = -1
    for token in run:
        if token.i <= done:
            continue
        if pieces and token.i > done + 1 and not pieces[-1].endswith(" "):
            pieces.append(" ")  # a mark is left out in between
        last, name = token, None
        if not pieces and token.tag_ in _RELATIVE and token.dep_ in _SUBJECTS:
            name = _antecedent(token)
        elif token.i <= cue.token.i or token.idx in mentions:
            last, name = _name_for(token, analysis, mentions, named)
        done = last.i
        teller = _teller(token, cue, speaker, joint)
        name = teller if teller is not None and teller == joint and token.lower_ == "we" else name or teller
        if name is None:
            named.update(analysis.referents.get(token.i, ()))
            pieces.append(" " if token.is_space else token.text_with_ws)
        elif _disagrees(token, name):
            pieces.extend((token.text, " ", Inserted(f"[{name}]"), last.whitespace_))
        else:
            pieces.extend((Inserted(f"[{name}]"), last.whitespace_))
    tellers = joint or (speaker.name if speaker is not None else None)
    bare = (
        bool(run) and run[0].lower_ in _BARE and not isinstance(pieces[0], Inserted) and "[" not in "".join(pieces[1:3])
    )
    opening = [Inserted(f"[{tellers}:]"), " "] if bare and tellers else []
    line = compose([*opening, *_capitalised(pieces)])
    return Line(line.text.rstrip(), line.insertions)


def _is_person(entities: Sequence[int], analysis: Analysis) -> bool:
    return any(analysis.entities[index].kind == "person" for index in entities)


def _teller(token: Token, cue: Cue, speaker: Entity | None, joint: str | None) -> str | None:
    """Return who says "I", who are meant by "we": a body that speaks, or all that hold the position; no person."""
    if token.lower_ not in ("i", "we", "they") or token.dep_ not in _SUBJECTS or _is_glossed(token):
        return None
    together = token.lower_ == "we" or (token.lower_ == "they" and token.is_sent_start)
    if joint and together and token.head.i == cue.predicate.i:
        return joint
    own = speaker is not None and (token.lower_ == "i" or (token.lower_ == "we" and speaker.kind != "person"))
    return speaker.name if own and speaker is not None else None


def _is_glossed(pronoun: Token) -> bool:
    """Say whether the article's editor says in brackets whom a pronoun means: "we [Peru and Chile]"."""
    return word_after(pronoun) == "["


def _speaker(token: Token, analysis: Analysis, speech: Speech) -> Entity | None:
    """Return whose words hold a token."""
    attribution = speech.by_token.get(token.i)
    if attribution is None or attribution.speaker is None:
        return None
    return analysis.entities[attribution.speaker]


def _antecedent(relative: Token) -> str | None:
    """Return the phrase that a relative pronoun stands for: "foreign governments" for "that"."""
    noun = relative.head.head
    if relative.head.dep_ != "relcl" or noun.i >= relative.i:
        return None
    return " ".join(noun.doc[noun.left_edge.i : noun.i + 1].text.split())


def _disagrees(pronoun: Token, name: str) -> bool:
    """Say whether a verb would not go with a name put for its pronoun: "I am", "we oppose", "they have" of one."""
    if pronoun.lower_ not in ("i", "we", "they") or pronoun.dep_ not in _SUBJECTS:
        return False
    verb = next((child for child in pronoun.head.lefts if child.dep_ in ("aux", "auxpass")), pronoun.head)
    several = " and " in name and pronoun.lower_ != "i"
    return not several and (verb.tag_ == "VBP" or verb.lower_ in ("were", "am"))


def _capitalised(pieces: list[str]) -> list[str]:
    if pieces and not isinstance(pieces[0], Inserted):
        pieces[0] = pieces[0][:1].upper() + pieces[0][1:]
    return pieces


def _nominals(run: Sequence[Token], analysis: Analysis) -> Mapping[int, Mention]:
    """Return where in a run a definite phrase that stands for several parties begins: "the two countries"."""
    if not run:
        return {}
    start, end = run[0].idx, run[-1].idx + len(run[-1])
    entities = {
        index for token in run for index in analysis.referents.get(token.i, ()) if len(analysis.referents[token.i]) > 1
    }
    return {
        mention.start: mention
        for index in sorted(entities)
        for mention in analysis.entities[index].mentions
        if mention.form == "nominal" and start <= mention.start and mention.end <= end
    }


def _name_for(
    token: Token, analysis: Analysis, mentions: Mapping[int, Mention], named: set[int]
) -> tuple[Token, str | None]:
    """Return the last token of what is replaced and the names for it: "Russia" for "it", "A and B" for "both sides"."""
    mention = mentions.get(token.idx)
    if mention is not None:
        head, last = token.doc[mention.head], token
        while last.idx + len(last) < mention.end and (after := token_after(last)) is not None:
            last = after
    elif token.pos_ == "PRON" and token.dep_ in _PRONOUNS and not any(c.dep_ == "appos" for c in token.rights):
        head = last = token
    else:
        return token, None
    entities = analysis.referents.get(head.i, ())
    if head.lower_ in _OURS and head.dep_ == "poss" and head.head.tag_ == "NNS" and len(entities) == 1:
        return token, None  # "our countries" are not one's own
    if not entities or any(index in named for index in entities):
        return token, None
    if token.lower_ in _OURSELVES and _is_person(entities, analysis):
        return token, None  # a person is not all whom "we" means
    named.update(entities)
    names = [analysis.entities[index].name for index in entities]
    name = ", ".join(names[:-1]) + " and " + names[-1] if len(names) > 1 else names[0]
    if head.dep_ == "poss":
        name += "’" if name.endswith("s") else "’s"
    return last, name
