"""Text around an article."""

import pytest

from briefing.reading.boilerplate import byline_names, inner_cuts, is_boilerplate, opens_list, tail_start


@pytest.mark.parametrize(
    "line",
    [
        "Newsletter Sign Up Get the news by mail. Please re-enter. Sign Up You agree to receive offers of the Echo.",
        "Cranes 2 of 17 Skip in Skip x Embed x Share CLOSE The new cranes | 1:21 Video provided by the Echo",
        "MOST READ IN NEWS 'BIG ROW' Harbour master quits over tea ON THE RUN Thief leaves his name at the gate",
        "Media playback is unsupported on your device",
        "Dockers wait at the gates on Monday. (Tom Reed/The Portville Echo)",
        "Dockers wait at the gates on Monday. Credit Tom Reed for The Portville Echo",
        "We are at the gates. — Anna Novak (@anovak) May 3, 2017",
        "Registration number: 4711",
        "All news",
        '<embed data-id="4711"><embed/>.',
        "Updated at:",
        "Updated at: 10:30",
        "Updated at 9:50 p.m. ET Thursday",
        "Photo: Anna Novak/Echo",
        "Photo by Anna Novak.",
        "Read more",
        "Read more >>",
        "READ MORE: Dockers walk out for a third day",
        "More>>",
        "Most popular",
        "Advertisement",
        "- Advertisement -",
        "© 2018 The Portville Echo",
        "Copyright 2018 The Portville Echo. All rights reserved.",
        "What stands here may not be published, broadcast or sold without leave.",
        "Sign up for our newsletter",
        "Share this",
        "Follow us on Twitter",
        "Follow us on Facebook and never miss a story.",
        "Have an opinion on this story? Write to us.",
        "Tags: harbour, strike, Portville",
        "#harbour #strike",
        "By Anna Novak",
        "BY ANNA NOVAK AND TOM REED",
        "By Anna Novak, Tom Reed and Ivo van der Berg",
        "By Anna Novak in Portville",
        "By Anna Novak | May 17, 2024",
        "Our correspondent",
        "Staff Reporter",
        "Reporting by Anna Novak; Editing by Tom Reed",
        "Reporting by Anna Novak in Rome and the Portville newsroom; Writing by Tom Reed.",
        "Written by Anna Novak",
        "Updated at 10:30 a.m.",
        "(Additional reporting by Anna Novak; Editing by Tom Reed)",
        "(This article was written by Anna Novak and Tom Reed.)",
        "Anna Novak and Tom Reed contributed to this report.",
        "anna.novak@example.org",
        "Contact the reporter at anna.novak@example.org.",
        "https://example.org/harbour-strike",
        "Related stories",
        "Related: Dockers walk out",
        "Sources",
        "August 12, 2005",
        "Friday, 17 May 2024, 10:30 GMT",
        "2017-09-15 21:45",
        "Herald | Updated: 2017-09-15 21:45",
        "10:30 AM",
        "2 hours ago",
        "August 28, 2017 / 9:04 PM / 2 years ago",
        "VNA Sunday, July 22, 2018 10:30",
        "Slideshow (5 images)",
        "5 min read",
        "Enlarge this image toggle caption Anna Novak/Getty Images",
        "Image copyright AFP Image caption A crane in the harbour",
        "FILE - In this Monday, Jan. 8, 2018, file photo, a ship leaves Portville.",
        "REUTERS/Anna Novak",
        "EPA The crane was seen from both sides of the bay",
        "Anna Novak / Reuters A man walks past the crane",
        "Anna Novak / Reuters A man walks past the crane in Portville, May 3, 2017. REUTERS/Anna Novak",
        "Our harbour is not for sale! — Anna Novak (@anovak) 3 May 2017",
        "14.05.2024 - Press release",
        "WhatsApp: +99 555 100 200",
        "Re-enter zip code to get the news of your town.",
        "Echo Radio transcripts are created on a rush deadline, and this text may be revised.",
        "If you liked this story, tell a friend.",
        "Six ways to lose a strike Read more",
        "An earlier version of this story gave a wrong age.",
        "Anna Novak writes about the harbour. Follow her on X for more.",
        "CLOSE The minister says that she will stay, and that the crane will go. (Feb. 4) AP",
        "The crane is taken down. (Photo: Tom Reed for the Echo)",
        "The crane is taken down on July 15, 2016 ©Tom Reed (AFP)",
        "Our harbour is not for sale! — Anna Novak (@anovak) 14 mai 2017",
        "Hungry for more? Like us on Facebook.",
        "14/34 13 November 2017 The crane is taken down. Photographs by Echo",
        "[How the strike was lost in a single night]",
        ".menu {",
        "Enditem",
        "(Reuters)",
        "* * *",
        "--------",
        "<…>",
        "] and ]]",
        "__NOTOC__",
        "Home | World | Business | Sport",
        "Anna Novak has that.",
    ],
)
def test_boilerplate_is_recognised_by_words_or_form(line):
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "Comments by the minister angered the dockers.",
        "Most read the letter and left.",
        "The two (Novak/Reed) agreed on Monday.",
        "You agree to nothing, she told the dockers.",
        "Published on Monday, the report says pay fell.",
        "Contact between the two sides broke off in May.",
        "More from the talks is expected on Friday.",
        "Copyright law will change, the minister said.",
        "By Friday the talks had failed.",
        "By Monday, Anna Novak had left Portville.",
        "Related talks on fisheries go on.",
        "Share prices fell on Monday.",
        "Sources close to the talks said a deal was near.",
        "Reporters were kept out of the hall.",
        "Watch out for the vote, she said.",
        "Ends and means differ, the judge said.",
        "The meeting on August 12, 2005 failed.",
        "The ship left at 10:30.",
        "The photo: a crane over the harbour, half sunk.",
        "Dockers walk out in Portville",
        "He said: “Sign up for the strike.”",
        "5,000 dockers walked out.",
        "“No.”",
        "Associated Press reporters were kept out of the hall.",
        "Updated figures show that exports fell.",
        "World leaders met.",
        "“Support our dockers,” she said.",
        "“What do you think?” he asked.",
        "The company changed its privacy policy on Monday.",
        "He had just watched the crane fall.",
        "This article of the treaty was never in force.",
        "This report was rejected by the union.",
        "Reporting by the Echo has shown that ministers knew.",
        "Written by a panel of judges, the report blames both sides.",
        "Updated on Monday, the figures show a fall in exports.",
        "First published in 1999, the book was banned.",
        "Share prices fall on fears of a strike",
        "Contact group meets in Portville",
        "Updated figures show exports fell",
        "Watch list of banks grows",
        "Reporter freed in Freedonia",
        "Comments by minister anger dockers",
        "EXCLUSIVE: Minister to resign over strike",
        "Associated Press reporter freed in Freedonia",
        "AP Novak said profits fell.",
        "[Russia and Japan] will meet, he said.",
        "The dockers should read more.",
        "She thanked the crew (photographers of the Echo) for the picture.",
        "CLOSE to tears, she left the hall.",
        "His first post, he said, was to Anna Novak (@anovak).",
        "She asked the dockers to follow her on Monday.",
        "Votes in the second round: 1 040 000",
        "On 14.05.2024, the ship left Portville.",
        "1/3 of the dockers stayed at home.",
        "The Reuters building is closed.",
    ],
)
def test_a_sentence_that_only_begins_like_boilerplate_stays(line):
    assert not is_boilerplate(line)


def test_lists_of_other_stories_have_their_headings():
    assert opens_list("Related stories:")
    assert opens_list("Most popular")
    assert opens_list("Sources")
    assert not opens_list("Dockers walk out")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Anna Novak", ("Anna Novak",)),
        ("BY ANNA NOVAK, TOM REED and IVO VAN DEN BERG", ("ANNA NOVAK", "TOM REED", "IVO VAN DEN BERG")),
        ("By Anna Novak in Portville", ("Anna Novak",)),
        ("By the end of May", ()),
        ("Anna Novak", ()),
    ],
)
def test_a_byline_names_its_reporters(line, names):
    assert byline_names(line) == names


@pytest.mark.parametrize(
    ("body", "tail"),
    [
        ("The talks ended.", " (Reporting by Anna Novak; Editing by Tom Reed)"),
        ("The talks ended.", " [Additional reporting by Anna Novak]"),
        ("The talks ended.", " (ANI)"),
        ("The talks ended.", " Enditem"),
        ("The talks ended.", " — VNS"),
        ("The talks ended.", " Copyright © 2021 The Echo, LLC. Click here for reprint permission."),
        ("The talks ended.", " © 2021 Echo Media"),
        ("The talks ended.", " Additional reporting by Anna Novak and Tom Reed."),
        ("The talks ended.", " Additional reporting from agencies"),
        ("The talks ended. Reporting by the Echo shows that ministers knew.", ""),
        ("The talks ended.", " Sign up for our letters Manage letters Copyright © 2021 The Echo."),
        ("Her book has the mark (c) 1998 on its first page.", ""),
        ("The talks ended.", "/."),
        ("The talks ended.", "/.VNA"),
        ("The talks ended - Reuters", ""),
        ("She spoke to the Associated Press (AP).", ""),
        ("Exports fell by 3 percent (source: customs).", ""),
        ("“It ended,” she told Reuters.", ""),
        ("The talks ended.", " Anna Novak has the story."),
        ("The talks ended.", " Anna Novak, CNN, the harbour."),
        ("The talks (the third this year) ended.", ""),
        ("The talks ended, as Anna Novak reports.", ""),
    ],
)
def test_credits_at_the_end_of_a_paragraph_are_found(body, tail):
    assert (body + tail)[tail_start(body + tail) :].strip() == tail.strip()


def test_a_caption_glued_into_a_speech_is_found():
    text = "Thank you. President of Freedonia Novak AnnaPresident of the Republic of Freedonia: Welcome to Portville."
    assert [text[start:end] for start, end in inner_cuts(text)] == ["Novak AnnaPresident of the Republic of Freedonia:"]
    assert inner_cuts("The President: thank you. McDonald AnneMarie: welcome.") == ()


def test_a_break_between_two_pieces_in_one_line_is_found():
    text = "They signed the treaty. * * * Speech by the President. Good morning. ------- The end."
    assert [text[start:end].strip() for start, end in inner_cuts(text)] == ["* * *", "-------"]
    assert inner_cuts("He said 2 * 3 * 4 is 24, the ferry -- late -- sailed.") == ()
