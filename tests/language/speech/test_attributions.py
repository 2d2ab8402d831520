"""Attributions: source, cue and content."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st


def _found(analyse, text, *, direct):
    """Return source, cue and content of each attribution of one kind."""
    analysis = analyse(text)
    body = analysis.article.text
    return [
        (
            body[attribution.source.start : attribution.source.end] if attribution.source else None,
            attribution.cue,
            " ... ".join(body[start:end] for start, end in attribution.content),
        )
        for attribution in analysis.attributions
        if attribution.direct == direct
    ]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ('"We will rebuild the bridge by June," Mayor Anna Berg said.', "Mayor Anna Berg", "say"),
        ('"We will rebuild the bridge by June," said Mayor Anna Berg.', "Mayor Anna Berg", "say"),
        ("“And we will rebuild the bridge by June?” asked the mayor.", "the mayor", "ask"),
        ('The mayor told reporters: "We will rebuild the bridge by June."', "The mayor", "tell"),
        ('Speaking in Lund, she added that "we will rebuild the bridge by June."', "she", "add"),
        ('"We will rebuild the bridge by June," according to the city council.', "the city council", "according to"),
        ('In a statement, the council wrote, "We will rebuild the bridge by June."', "the council", "write"),
        ('The mayor was quoted as saying "we will rebuild the bridge by June."', "The mayor", "say"),
        ('The agency quoted the mayor as saying: "We will rebuild the bridge by June."', "the mayor", "say"),
        ('The vote came as the mayor left, saying: "We will rebuild the bridge by June."', "the mayor", "say"),
        ('The mayor hailed the deal, saying: "We will rebuild the bridge by June."', "The mayor", "say"),
        ('"We will rebuild the bridge by June," beamed the mayor.', "the mayor", "beam"),
        ('The mayor raised a glass: "We will rebuild the bridge by June."', "The mayor", "raise"),
        ("'We will rebuild the bridge by June,' the mayor told the BBC.", "the mayor", "tell"),
        ("«We will rebuild the bridge by June», the mayor said.", "the mayor", "say"),
        ('"We will rebuild the bridge by June!" the mayor said.', "the mayor", "say"),
        ('"We will rebuild the bridge by June," the agency reported, citing Anna Berg.', "Anna Berg", "report"),
        ('"We will rebuild the bridge by June," the mayor is convinced.', "the mayor", "convinced"),
        (
            'A spokesman said that the men had come "to rebuild the bridge by June," Reuters reported.',
            "A spokesman",
            "say",
        ),
        ('Norway branded the plan "a rebuild the bridge by June affair".', "Norway", "brand"),
        (
            '"We will rebuild the bridge by June!" Mayor Anna Berg wrote in a long letter to all towns on the river.',
            "Mayor Anna Berg",
            "write",
        ),
        ('"Will you rebuild the bridge by June?" Anna Berg asked the bald engineer.', "Anna Berg", "ask"),
        ('"We will rebuild the bridge by June"—as the mayor put it—and left.', "the mayor", "put"),
    ],
)
def test_a_quotation_has_the_source_and_the_cue_beside_it(analyse, text, source, cue):
    (found,) = _found(analyse, text, direct=True)
    assert found[:2] == (source, cue)
    assert "rebuild the bridge by June" in found[2]


@pytest.mark.parametrize(
    "text",
    [
        'When fighting continues in the north, "no one will rebuild the bridge by June".',
        'The bridge, dubbed "the longest way to nowhere in Europe", is shut.',
        'By the mayor, Monday will see "the longest parade of the year".',
    ],
)
def test_a_clause_of_time_or_naming_is_no_cue(analyse, text):
    assert [cue for _, cue, _ in _found(analyse, text, direct=True)] == [None]


def test_he_said_splits_an_attribution_into_two_ranges(analyse):
    text = '"We will rebuild the bridge," Anna Berg said, "and then we will rest."'
    assert _found(analyse, text, direct=True) == [
        ("Anna Berg", "say", "We will rebuild the bridge, ... and then we will rest.")
    ]


def test_a_second_cue_makes_a_second_attribution(analyse):
    text = '"We will rebuild the bridge," Anna Berg said, adding that "the school comes next in line."'
    assert [(source, cue) for source, cue, _ in _found(analyse, text, direct=True)] == [
        ("Anna Berg", "say"),
        ("Anna Berg", "add"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '"We will rebuild the bridge," Anna Berg said. "The school comes next in line."',
        '"We will rebuild the bridge," Anna Berg said.\n\n"The school comes next in line."',
        '"We will rebuild the bridge.\n\n"The school comes next in line," Anna Berg said.',
        'Anna Berg spoke last: "We will rebuild the bridge.\n\n"The school comes next in line."',
        'Anna Berg said this on Friday:\n\n"We will rebuild the bridge. The school comes next in line."',
    ],
)
def test_a_quotation_that_goes_on_keeps_its_speaker(analyse, text):
    assert {source for source, _, _ in _found(analyse, text, direct=True)} == {"Anna Berg"}


@pytest.mark.parametrize(
    "text",
    [
        'He reads "The Silent Harbour" every year.',
        'They met in the "Green Room" of the palace.',
        'Karl "the Hammer" Weiss left early.',
        'He bought the book "The Long Winter of the North" in Lund.',
    ],
)
def test_titles_nicknames_and_words_set_apart_are_no_speech(analyse, text):
    assert _found(analyse, text, direct=True) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The minister said that the talks had failed.", ("The minister", "say", "the talks had failed")),
        ("The minister said the talks had failed.", ("The minister", "say", "the talks had failed")),
        ("The talks had failed, the minister said.", ("the minister", "say", "The talks had failed")),
        ("The talks, the minister said, had failed.", ("the minister", "say", "The talks ... had failed")),
        ("According to the minister, the talks failed.", ("the minister", "according to", "the talks failed")),
        ("The talks failed, according to the minister.", ("the minister", "according to", "The talks failed")),
        ("Norway denied that its ship had sunk.", ("Norway", "deny", "its ship had sunk")),
        ("Norway urged Chile to sign the treaty.", ("Norway", "urge", "Chile to sign the treaty")),
        ("Norway vowed to sign the treaty.", ("Norway", "vow", "to sign the treaty")),
        ("The envoy warned of new floods.", ("The envoy", "warn", "of new floods")),
        ("The envoy called the plan a mistake.", ("The envoy", "call", "the plan a mistake")),
        ("Critics condemned the new tax.", ("Critics", "condemn", "the new tax")),
        ("As the envoy noted, the plan failed.", ("the envoy", "note", "the plan failed")),
        ("It was announced by the court that he had resigned.", ("the court", "announce", "he had resigned")),
        ("The talks are expected to fail.", (None, "expect", "The talks ... to fail")),
        ("Norway repeated its criticism of the treaty.", ("its", "criticism", "of the treaty")),
        ("Norway called on Chile to sign the treaty.", ("Norway", "call", "on Chile to sign the treaty")),
        ("He rejected Norway's claim that the ship had sunk.", ("Norway", "claim", "the ship had sunk")),
        ("The envoy is confident that the talks will resume.", ("The envoy", "confident", "the talks will resume")),
        ("The unions were critical of the new law.", ("The unions", "critical", "of the new law")),
        ("The envoy was convinced that the talks failed.", ("The envoy", "convinced", "the talks failed")),
        ("Farmers voiced doubts about the harvest.", ("Farmers", "doubt", "about the harvest")),
        ("The treaty was condemned by Norway.", ("Norway", "condemn", "The treaty")),
        ("Norway praised Chile for keeping its word.", ("Norway", "praise", "Chile for keeping its word")),
        ("The mayor laid out a plan for the harbour.", ("The mayor", "lay", "a plan for the harbour")),
        ("The envoy suggested moving the talks.", ("The envoy", "suggest", "moving the talks")),
        ("The minister apologised for the delay.", ("The minister", "apologise", "for the delay")),
        ("The minister commented on the strike.", ("The minister", "comment", "on the strike")),
        ("He mocked the idea that the ship had sunk.", (None, "idea", "the ship had sunk")),
        ("The talks appear to have failed.", (None, "appear", "The talks ... to have failed")),
        (
            "In a poll of farmers, half wanted the levy to go.",
            ("a poll of farmers", "in", "half wanted the levy to go"),
        ),
    ],
)
def test_reported_speech_has_its_whole_clause(analyse, text, expected):
    assert expected in _found(analyse, text, direct=False)


@pytest.mark.parametrize(
    "text",
    [
        "They said goodbye.",
        "The ship left the harbour.",
        "That is to say, nothing.",
        "You know that the ship has sunk.",
        "It is certain of nothing.",
        "She put the plan out of her mind.",
    ],
)
def test_a_verb_without_content_reports_nothing(analyse, text):
    assert _found(analyse, text, direct=False) == []


def test_turns_of_an_interview_are_direct_speech(analyse):
    text = (
        "Q: Why now?\n\nAnna Berg: We had no choice.\n\nWe waited long enough.\n\nQ: And next?\n\nAnna Berg: We rest."
    )
    sources = [(source, content) for source, _, content in _found(analyse, text, direct=True)]
    assert sources == [
        ("Q", "Why now?"),
        ("Anna Berg", "We had no choice."),
        ("Anna Berg", "We waited long enough."),
        ("Q", "And next?"),
        ("Anna Berg", "We rest."),
    ]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('The speaker, Anna Berg, said: "We will rebuild the old bridge."', "Anna Berg"),
        ('"We will rebuild the old bridge," said city council chairwoman Anna Berg.', "Anna Berg"),
        ('Anna Berg spoke in Lund. "We will rebuild the old bridge," she said.', "Anna Berg"),
    ],
)
def test_the_speaker_is_the_entity_that_the_source_names(analyse, text, speaker):
    analysis = analyse(text)
    assert {analysis.entities[a.speaker].name for a in analysis.attributions if a.direct and a.speaker is not None} == {
        speaker
    }


_PIECES = [
    "said",
    "He ",
    "Anna Berg ",
    " that ",
    "the talks failed",
    ", ",
    ". ",
    ": ",
    '"',
    "“",
    "”",
    "'",
    "«",
    "»",
    "\n\n",
]
_ODD = [
    "according to ",
    "according",
    "asked ",
    "\u202eabc",
    "🙂",
    "\x00",
    " as ",
    "who ",
    "claim ",
    "Q: ",
    "-",
    "…",
    "call ",
]


@settings(deadline=None, max_examples=80)
@example(["who ", "He ", "according to "])
@given(st.lists(st.sampled_from(_PIECES + _ODD), max_size=40))
def test_attributions_of_any_text_are_ordered_ranges_of_it(analyse, pieces):
    analysis = analyse("".join(pieces))
    length = len(analysis.article.text)
    starts = [attribution.content[0].start for attribution in analysis.attributions]
    assert starts == sorted(starts)
    for attribution in analysis.attributions:
        last = 0
        for start, end in attribution.content:
            assert last <= start < end <= length
            last = end
        if attribution.source is not None:
            assert 0 <= attribution.source.start < attribution.source.end <= length
            assert attribution.source_head is not None
