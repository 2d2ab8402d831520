"""Find boilerplate, the text around an article on its page, by its words and its form."""

import re
from functools import cache

from briefing.reading.canonical import ends_sentence
from briefing.reading.datelines import agencies, agency_pattern
from briefing.reading.dates import MONTH, WEEKDAY, find_day
from briefing.runtime.lexicon import ordered_words, word_pattern, word_set

_MARKS = " \t()[]{}<>«»›‹|*#•·…:.!-–—=_→►▶▸/~^+\"'“”"
_BULLETS = _MARKS.replace('"', "").replace("“", "").replace("'", "")  # opening marks of a line, without quotation marks
_E_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,}")
_ADDRESS_ALONE = re.compile(r"(?:https?://|www\.)\S+\Z")
_NAME = r"[A-Z][\w.'’-]*(?: (?:[A-Z][\w.'’-]*|" + word_pattern(__name__, "name_particles") + r")){0,4}"
# "By Anna Novak and Tom Reed, Reuters", "By ANNA NOVAK in Geneva"; not "By Friday the talks had failed."
_BYLINE = re.compile(
    rf"{word_pattern(__name__, 'byline_openings')}[: ]\s?(?P<names>{_NAME}(?:(?:, | and | & |, and ){_NAME}){{0,5}})"
    r"(?P<rest>(?:\s?[,|/:•·(–—-]| in | for | at )[^.!?]{0,80})?:?\Z"
)
_CLOCK = r"\d{1,2}[:.]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s?(?:[A-Z]{2,4}|Z))?"
# Matches "9:50 p.m. ET" and "2 hours ago", and not "The clock struck at 9:50."
_TIME_STAMP = re.compile(
    rf"(?:{word_pattern(__name__, 'stamp_openings')}(?: at| on)?:? )?"
    rf"(?:{_CLOCK}|\d+ {word_pattern(__name__, 'time_units')} ago|\d+[ -]min(?:ute)?s?(?: read)?)[ .|,]*\Z",
    re.IGNORECASE,
)
# Words of a time stamp, "Fri, Jul 22, 2018 10:30 AM ET | Update".
_STAMP_WORD = re.compile(
    rf"(?:{MONTH}|{WEEKDAY}|\d[\d:./-]*(?:st|nd|rd|th)?|[ap]\.?m\.?|{word_pattern(__name__, 'stamp_words')}|/)",
    re.IGNORECASE,
)
_NUMERIC_DAY = re.compile(r"\b\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d\b")  # which of both is the month is unknown
_PHONE = re.compile(r"\A[\w /-]{2,30}: ?[+(0][\d ()./-]{7,}\Z")  # "WhatsApp: +44 20 1234 5678"; not "Votes: 1,040"
_TAGS = re.compile(r"(?:#[\w-]+[\s,]*){2,}\Z")
_MARKUP = re.compile(
    r"</?[A-Za-z][^<>]{0,50}>\.?\Z|__[A-Z_]+__\Z|\([A-Z][A-Z .,;:'-]{8,}\)\Z|\{\{|\[\[|\}\}|\]\]|[{}]\Z"
)
# "Toru Ito /AFP/Getty Images", "REUTERS/Anna Novak", "AP Photo/Tom Reed"
_CREDIT = re.compile(
    rf"(?:/\s?{word_pattern(__name__, 'credited_behind')}|{word_pattern(__name__, 'credited_by')}|\(?AP Photo.{{0,60}})"
    r"[)\]]?\Z"
    rf"|\A{word_pattern(__name__, 'credited_before')}/\S"
)
_FILE_PHOTO = re.compile(
    r"\A(?:FILE|File)(?: PHOTO| photo)?\s?[-–—:]|\bHide Caption \d|\bfile photo[,.)]", re.IGNORECASE
)
# "Steve Hall, CNN, the White House.", "Anna Novak reports." at the end of a broadcast item.
_SIGN_OFF = re.compile(rf"(?:\A|(?<=[.!?”\"]) ){_NAME}, (?:[A-Z]{{2,5}}(?: News)?|[A-Z]\w+ News), [\w' ]{{3,40}}\.\Z")
_HAND_OVER = re.compile(
    r"(?:\A|(?<=[.!?”\"]) )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,2} "
    rf"{word_pattern(__name__, 'hand_overs')}\.\Z"
)
_CREDITS_WORD = f"(?:{word_pattern(__name__, 'credit_modifiers')} )?{word_pattern(__name__, 'tail_credits')}"
# "... ended. Additional reporting by Anna Novak."; not "Reporting by the Echo shows that ministers knew."
_CREDITS_SENTENCE = re.compile(
    rf"(?<=[.!?”\"]) (?:(?i:{word_pattern(__name__, 'credit_modifiers')}) )?(?:[Rr]eporting|[Ww]riting|[Ee]diting)"
    rf" (?:from agencies|by {_NAME}(?:(?:, | and |, and ){_NAME}){{0,5}})\.?\Z"
)
_CREDITS_TAIL = re.compile(rf"\s*[(\[]\s*{_CREDITS_WORD}\b[^()\[\]]*[)\]]?\s*\Z", re.IGNORECASE)
# A caption that the page joined to a speech: "Novak AnnaPresident of the Republic: Thank you".
_GLUED_CAPTION = re.compile(
    r"\b[A-Z][\w'’-]{1,30} [A-Z][\w'’-]{0,30}[a-z]"
    rf"(?={word_pattern(__name__, 'captioned_offices')}\b)[^.:;!?]{{3,90}}:?"
)
# A separator between parts of a page in one line: "agreed. * * * Speech by".
_BREAK = re.compile(r"(?<=\s)(?:[*•] ?){3,}(?=\s)|(?<=\s)-{5,}(?=\s)")
# "Reuters The minister leaves the hall", "Tom Reed / AFP A crane", "14/34 May 3, 2017 A crane": captions, credit first.
_CREDIT_FIRST = re.compile(rf"\A{word_pattern(__name__, 'credited_first')} [A-Z]")
_NAMED_CREDIT_FIRST = re.compile(rf"\A(?:[A-Z][\w.'’-]+ ){{1,3}}/ ?{word_pattern(__name__, 'credited_first')} [A-Z]")
# Captions, credit last: "... at the match. (Tom Reed/The Echo)", "... at the match (Photo: Tom Reed)",
# "... at the match ©Tom Reed (AFP)", "... at the match. Credit Tom Reed for The Echo".
_CREDIT_LAST = re.compile(
    r"[(\[](?:[A-Z][\w.'’-]+ ){0,3}[A-Z][\w.'’-]+ ?/ ?[A-Z][^()\[\]/]{1,40}[)\]]\Z"
    rf"|[(\[]{word_pattern(__name__, 'credit_labels')}[^()\[\]]{{1,60}}[)\]]\Z"
    r"|\w ©\s?[A-Z][^©.!?]{2,60}\Z"
    r"|\bCredit:? (?:[A-Z][\w.'’-]+ ){1,4}?(?:[A-Z][\w.'’-]*/|for )[A-Z][\w.'’ -]{1,40}\Z"
)
# A social media post that a page embeds: "... — Anna Novak (@anovak) May 3, 2017".
_POST = re.compile(r"[—–-]+ ?[^@()]{1,60} \(@\w{1,30}\)[ ,|][^.!?()]{2,20}\b20\d\d\b.{0,4}\Z")
# A notice of rights after the last sentence, and links before it: "... ended. All letters Copyright © 2021 The Echo."
_RIGHTS = re.compile(
    r"(?<=[.!?”\"]) (?:[A-Z][^.!?]{0,80} )?(?:Copyright )?(?:©|\([cC]\)) ?(?:Copyright )?\d{4} [^\n]{0,160}\Z"
)
# "Anna Novak is our reporter in Rome. Follow her on X.", "follow her reports on Twitter @anovak"
_REPORTER = re.compile(
    r"\b[Ff]ollow (?:him|her|them|(?:his|her|their) \w+[^.!?]{0,30}) (?:on|at)"
    rf" (?:@|{word_pattern(__name__, 'networks')}\b)"
)
# "14/34 A crane over the harbour", and "CLOSE A crane over the harbour" of a player's button
_GALLERY = re.compile(r"\A(?:\d{1,3}/\d{2,3} \S|CLOSE [A-Z])")
_LINK_LAST = re.compile(r"\bRead more\W*\Z")  # "Six ways to lose a strike Read more"; not "They read more."
_BRACKETED_LINK = re.compile(r"\A\[(?:[^\[\] ]+ ){3,}[^\[\]]+\]\Z")
MAX_LABEL_WORDS, MAX_PHRASE_WORDS, MAX_OPENING_WORDS = 100, 40, 20


def is_boilerplate(paragraph: str) -> bool:
    """Return True if a paragraph of canonical text is not part of the article."""
    if _is_widget(paragraph):
        return True
    if len(paragraph) > 800:
        return False
    bare = _stripped(paragraph)
    if not bare or bare in _whole_lines() or _is_scrap(paragraph):
        return True
    return _has_boilerplate_words(paragraph) or _has_boilerplate_form(paragraph)


def _is_widget(paragraph: str) -> bool:
    """Return True if a paragraph of any length is a form, a player or a row of teasers within the text."""
    raw = paragraph.casefold()
    widgets = sum(raw.count(phrase) for phrase in word_set(__name__, "widgets"))
    if widgets:
        words = paragraph.count(" ") + 1
        return words <= 2 * MAX_LABEL_WORDS or widgets * 100 > words
    return raw.startswith(ordered_words(__name__, "teasers")) and not ends_sentence(paragraph)


def opens_list(paragraph: str) -> bool:
    """Return True if a paragraph introduces a list of other headlines or of sources."""
    return len(paragraph) < 80 and _stripped(paragraph) in word_set(__name__, "lists")


def is_time_stamp(paragraph: str) -> bool:
    """Return True if a paragraph is only a day or a time of day; an agency's name may follow."""
    if len(paragraph) > 80:
        return False
    if _TIME_STAMP.match(paragraph):
        return True
    words = [word for word in re.split(r"[\s,|()•·–—]+|-(?=\s)", paragraph) if word]
    others = " ".join(word for word in words if not _STAMP_WORD.fullmatch(word.rstrip(":")))
    dated = find_day(paragraph) is not None or _NUMERIC_DAY.search(paragraph) is not None
    return dated and (not others or _stripped(others) in _whole_lines())


def byline_names(paragraph: str) -> tuple[str, ...]:
    """Return the reporters that a byline names; empty if the paragraph is not a byline."""
    if len(paragraph) > 200 or not (match := _BYLINE.match(paragraph)):
        return ()
    return tuple(name.strip() for name in re.split(r", and |, | and | & ", match["names"]))


def tail_start(paragraph: str) -> int:
    """Return where the boilerplate at the end of a paragraph begins; its length otherwise.

    It finds credits in brackets, "(Reporting by ...; Editing by ...)", an agency's end mark, "Enditem" or "— VNS",
    a notice of rights, and the hand-over or sign-off of a broadcast.
    """
    tail = paragraph[-400:]
    base = len(paragraph) - len(tail)
    opening = max(tail.rfind("("), tail.rfind("["))
    apart = opening >= 0 and (base + opening == 0 or ends_sentence(paragraph[: base + opening].rstrip()[-16:]))
    if apart and (_CREDITS_TAIL.match(tail, opening) or _stripped(tail[opening:]) in agencies()):
        return base + opening
    closing = _closing_pattern().search(paragraph[-40:])
    if closing is not None:
        return max(0, len(paragraph) - 40) + closing.start()
    tail = paragraph[-200:]
    match = _RIGHTS.search(tail) or _CREDITS_SENTENCE.search(tail) or _HAND_OVER.search(tail) or _SIGN_OFF.search(tail)
    return len(paragraph) if match is None else len(paragraph) - len(tail) + match.start()


def inner_cuts(paragraph: str) -> tuple[tuple[int, int], ...]:
    """Return the ranges of captions and separators ("* * *") within a paragraph, in reading order."""
    captions = _GLUED_CAPTION.finditer(paragraph) if ": " in paragraph else ()
    return tuple(sorted(match.span() for match in (*captions, *_BREAK.finditer(paragraph))))


def _has_boilerplate_words(paragraph: str) -> bool:
    words = paragraph.count(" ") + 1
    raw = paragraph.casefold()
    start = raw.lstrip(_BULLETS)
    labels = ordered_words(__name__, "labels")
    if words <= MAX_LABEL_WORDS and (start.startswith(labels) or raw.startswith(labels)):
        return True
    if words <= MAX_PHRASE_WORDS and _is_credit(paragraph):
        return True
    if words <= MAX_PHRASE_WORDS and any(phrase in raw for phrase in word_set(__name__, "phrases")):
        return True
    opening = words <= MAX_OPENING_WORDS and not ends_sentence(paragraph)
    return opening and re.match(rf"{word_pattern(__name__, 'openings')}(?!\w)", start) is not None


def _is_credit(paragraph: str) -> bool:
    """Return True if a paragraph credits the makers of the article, with only names and words of credits."""
    words = re.findall(r"[^\W\d_][\w'’.-]*", paragraph)
    if not re.match(rf"{word_pattern(__name__, 'credits')} by", " ".join(words[:4]).casefold()):
        return False
    return all(word[0].isupper() or word.rstrip(".") in word_set(__name__, "credit_words") for word in words)


def _has_boilerplate_form(paragraph: str) -> bool:
    words = paragraph.count(" ") + 1
    if is_time_stamp(paragraph) or byline_names(paragraph) or _TAGS.match(paragraph) or _PHONE.match(paragraph):
        return True
    if _is_caption(paragraph, words) or (words <= 2 * MAX_LABEL_WORDS and _POST.search(paragraph)):
        return True
    if words <= MAX_LABEL_WORDS and (_BRACKETED_LINK.match(paragraph) or _LINK_LAST.search(paragraph)):
        return True
    if words <= MAX_PHRASE_WORDS and _REPORTER.search(paragraph):
        return True
    if words <= 25 and (_E_MAIL.search(paragraph) or _ADDRESS_ALONE.match(paragraph)):
        return True
    if words <= 30 and not paragraph.endswith(".") and paragraph.count(" | ") > 1:
        return True
    if words <= 12 and " | " in paragraph and find_day(paragraph):
        return True
    return bool(tail_start(paragraph) == 0)


def _is_caption(paragraph: str, words: int) -> bool:
    """Return True if a paragraph has the form of a caption, or of the credit of a picture."""
    if words <= 2 * MAX_LABEL_WORDS and (_CREDIT_LAST.search(paragraph) or _FILE_PHOTO.search(paragraph)):
        return True
    if words <= MAX_LABEL_WORDS and (_GALLERY.match(paragraph) or _NAMED_CREDIT_FIRST.match(paragraph)):
        return True
    if words <= MAX_PHRASE_WORDS and _CREDIT_FIRST.match(paragraph) and not ends_sentence(paragraph):
        return True
    return words <= 30 and not paragraph.endswith(".") and _CREDIT.search(paragraph) is not None


def _is_scrap(paragraph: str) -> bool:
    """Return True if a paragraph is leftover markup, or has hardly any letters."""
    if len(paragraph) > 120:
        return False
    letters = sum(map(str.isalnum, paragraph))
    return letters * 3 < len(paragraph) or (len(paragraph) < 60 and bool(_MARKUP.search(paragraph)))


def _stripped(paragraph: str) -> str:
    return paragraph.strip(_MARKS).casefold() if len(paragraph) <= 200 else paragraph


@cache
def _whole_lines() -> frozenset[str]:
    return word_set(__name__, "lines", "lists") | agencies()


@cache
def _closing_pattern() -> re.Pattern[str]:
    """Return the pattern of end marks after the last sentence: "Enditem", "— VNS", "/."."""
    agency, end = agency_pattern(), word_pattern(__name__, "end_marks")
    return re.compile(rf"(?<=[.!?”\"])(?:/\.\s?{agency}?|\s?(?:[-–—/]{{1,2}}\s?{agency}/?|{end})\.?)\Z")
