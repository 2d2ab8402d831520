"""Upcoming events: their times, places, participants, titles and statuses."""

import pytest

from briefing.evidence.grounding import first_ungrounded_word
from briefing.extraction.events.extractor import EventExtractor
from briefing.extraction.events.wording import text_of

TUESDAY = "2024-05-14"


@pytest.fixture
def events(analyse):
    def find(text, **options):
        return EventExtractor()(analyse(text, **{"published": TUESDAY, **options}))

    return find


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("We are going to have a vote on the two bills on Thursday.", "2024-05-16"),
        ("The committee will have a hearing on the merger next month.", "2024-06"),
        ("The bishops are to have a working dinner on Wednesday.", "2024-05-15"),
        ("More information would be forthcoming next week, he said.", "2024-W21"),
        ("The first tickets will be available in June.", "2024-06"),
        ("The crown will be on display from Saturday.", "2024-05-18"),
        ("The minister will be in Lima on Friday.", "2024-05-17"),
        ("The agency intends to feed 40,000 herders by the end of August.", "2024-08"),
        ("The army is preparing to protect the dam from Monday.", "2024-05-20"),
        ("Berg invited Duarte to visit Norway in 2024.", "2024"),
        ("The trade pact is awaiting approval by the Senate.", None),
        ("The suspects are awaiting extradition.", None),
        ("The union is preparing a strike.", None),
        ("The president extended an invitation to Duarte to visit Oslo.", None),
        ("The king invited both presidents to a summit in Oslo.", None),
        ("Duarte will act as deputy head of the delegation.", None),
        ("Duarte will take over as chairman.", None),
        ("Norway is about to sign a pact with Peru.", None),
        ("The mayor will chair a new task force.", None),
        ("The firm will move its head office to Bergen.", None),
        ("Ministers of the two countries will meet in Oslo on 3 June, the envoy said.", "2024-06-03"),
        ("The two leaders are to sign a treaty in Geneva next month.", "2024-06"),
        ("The summit is scheduled for September.", "2024-09"),
        ("Parliament is due to vote on the budget on Thursday.", "2024-05-16"),
        ("The chancellor plans to visit Ankara next week.", "2024-W21"),
        ("He said the king would visit Oslo next week.", "2024-W21"),
        ("The new tax takes effect on 1 July.", "2024-07-01"),
        ("The bank's licence expires on 30 June.", "2024-06-30"),
        ("Voters go to the polls on Sunday.", "2024-05-19"),
        ("Talks ahead of the 30 May referendum were tense.", "2024-05-30"),
        ("The company expects to launch the phone in October.", "2024-10"),
        ("The trial of the former mayor opens on Monday.", "2024-05-20"),
        ("The minister called a snap election for 14 July.", "2024-07-14"),
        ("Residents have until Friday to appeal.", "2024-05-17"),
        ("Ticket holders will get their money back by 31 July.", "2024-07-31"),
        ("The trial has been pushed back to Thursday.", "2024-05-16"),
        ("The match was brought forward to Wednesday.", "2024-05-15"),
        ("The vote has been moved to Friday.", "2024-05-17"),
        ("The deadline for bids is 31 May.", "2024-05-31"),
        ("The rocket could lift off as early as Friday.", "2024-05-17"),
        ("The central bank meets on Wednesday to set rates.", "2024-05-15"),
        ("The bank said it would report first-quarter earnings on May 30.", "2024-05-30"),
        ("The airline's pilots will strike for three days starting May 20.", "2024-05-20"),
        ("The president of Chile is due in Oslo on Thursday.", "2024-05-16"),
        ("The ruling is due on May 30.", "2024-05-30"),
        ("The new rules, approved last week, apply from 1 September.", "2024-09-01"),
        ("The sanctions will remain in place until 31 July.", "2024-07-31"),
        ("The court set a June 20 hearing.", "2024-06-20"),
        ("A law has extended the debt ceiling until 7 August.", "2024-08-07"),
        ("The queen will arrive in Vientiane on Sunday for a three-day official visit.", "2024-05-19"),
        ("The joint committee agreed to meet in Hanoi in the fourth quarter of this year.", "2024-Q4"),
        ("Shareholders will vote on the merger at the annual meeting on June 5.", "2024-06-05"),
        ("Last week the ferry company said that its port would close on 9 June.", "2024-06-09"),
        ("The films would be shown from June, the director said.", "2024-06"),
        ("Oil output is set to rise by 2 percent from 1 June.", "2024-06-01"),
        ("The book is to appear in October.", "2024-10"),
        ("The yearly memorial ceremonies, attended by the king, will continue until 15 June.", "2024-06-15"),
        ("The council would meet later on Friday to discuss the flood, the mayor said.", "2024-05-17"),
        ("The union planned a rally on Saturday.", "2024-05-18"),
        ("Unions called for protests on Friday.", "2024-05-17"),
        ("The next meeting is in two weeks.", "2024-W22"),
        ("A ruling is expected next week.", "2024-W21"),
        ("The agency extended its deadline until 9 a.m. Friday.", "2024-05-17T09:00"),
        ("Nobody spoke before the party takes control of the house on Friday.", "2024-05-17"),
        ("They spoke of the launch of the tax zone Havn, scheduled for 8 June.", "2024-06-08"),
        ("The board will meet on Nov. 30 and Dec. 1.", "2024-11-30/2024-12-01"),
        ("The fair will run on 7, 8 and 9 June.", "2024-06-07/2024-06-09"),
        ("The lease's term begins on 1 June.", "2024-06-01"),
        ("The central bank is expected to raise rates next month.", "2024-06"),
        ("The company must respond by 1 June.", "2024-06-01"),
        ("The ministers discussed Anna Berg's part in the fisheries summit in Oslo in July 2024.", "2024-07"),
        ("On the eve of her trip to Chile next week, the queen spoke of trade.", "2024-W21"),
        ("She declined to meet the king at the Arctic Forum in Oslo later this month.", "2024-05"),
        ("The mayor, who is running for reelection this year, thanked the crowd.", "2024"),
        ("The choir's new record is out on May 31.", "2024-05-31"),
        ("They spoke of a special with Anna Berg airing on May 23.", "2024-05-23"),
        ("Anna Berg, who is running for the Liberal nomination for president in 2025, agreed.", "2025"),
        ("The officer plans to tell investigators on Friday that he was disturbed.", "2024-05-17"),
        ("Her report follows the speaker's call for a vote later this week opening an inquiry.", "2024-W20"),
        ("These angry people are targeting her at tonight's debate in Oslo.", "2024-05-14TNI"),
        ("Norvo will stop making cars in Oslo in December.", "2024-12"),
        ("The army will begin withdrawing its troops from Chile this week.", "2024-W20"),
        ("Anna Berg takes over as head of the bank on 1 July.", "2024-07-01"),
        ("Wednesday's summit in Oslo has been called off.", "2024-05-15"),
        ("She badly needs a win in Sunday's primary in Chile.", "2024-05-19"),
        ("Talks due to start on Monday in Doha have been postponed.", "2024-05-20"),
    ],
)
def test_a_word_with_a_later_time_is_an_event(events, text, value):
    assert [event.when.value for event in events(text)] == [value]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("The Harbour Bank said it would cut 300 jobs.", ["Harbour Bank to cut 300 jobs"]),
        ("In total, some 900 jobs will be lost.", ["Some 900 jobs will be lost"]),
        (
            "The Harbour Bank will restructure and cut a tenth of its staff.",
            ["Harbour Bank will cut a tenth of its staff"],
        ),
        (
            "Norway would strengthen its garrison on the island, the minister said.",
            ["Norway to strengthen its garrison on the island"],
        ),
        ("The commission plans to investigate the crash.", ["Commission to investigate the crash"]),
        (
            "Norway will build a bridge. Norway will build a hospital.",
            ["Norway will build a bridge", "Norway will build a hospital"],
        ),
        ("Lawyers for the firm said they would appeal.", ["Lawyers for the firm to appeal"]),
        ("More launches were planned, the agency said.", ["More launches"]),
        ("Ambassador Anna Berg, who will soon retire, gave a farewell dinner.", ["Ambassador Anna Berg will retire"]),
        ("Norway will take on Chile in upcoming contests in Oslo.", ["Contests in Oslo"]),
        (
            "The signing of the pact between Chile and Peru will be a milestone.",
            ["Signing of the pact between Chile and Peru"],
        ),
        ("The navy is making plans to pull its ships out of Chile.", ["Navy to pull its ships out of Chile"]),
        ("The talks with Chile will resolve the issue.", []),
        ("The reform will build trust.", []),
        ("Norway will strengthen ties with Chile.", []),
        ("Norway will reduce any risk.", []),
        ("The new law will cut prices.", []),
        ("Norway is likely to join the liberal wing.", []),
        ('The mayor said, "I would consider it a mistake."', []),
        ("Other leaders are expected to attend.", []),
    ],
)
def test_an_announced_deed_needs_no_time(events, text, titles):
    found = events(text)
    assert [event.title for event in found] == titles
    assert all(event.when.value is None for event in found)


def test_a_day_right_after_a_report_is_the_reports(events):
    found = events("The mayor said on Monday he would run for governor of Ohio.")
    assert [(event.when.value, event.place) for event in found] == [(None, "Ohio")]


@pytest.mark.parametrize(
    "text",
    [
        "The president visited Rome on Friday.",
        "Norway will always stand by its fishermen.",
        "The bridge will bring the two towns closer.",
        "The minister hopes for peace.",
        "The government is considering a ban.",
        "The government is considering a visit by the king.",
        "Her term ends in March.",
        "The envoy was to have met the rebels last May.",
        "The village would later become a spa.",
        "The president will not sign the treaty in June.",
        "The union said that emissions would fall by a third by 2050.",
        "Voters went to the polls on Sunday to elect a mayor.",
        "The port had planned to open a second quay.",
        "The treaty was to be signed by a body which will be chosen by lot.",
        "The mayor is confident that the team will perform well.",
        "It is not clear when the talks will resume.",
        "No date has been set for the trial.",
        "The king, who will be 70 in July, thanked the crowd.",
        "On 3 May 1998 the ministers agreed to meet again on 7 June.",
        "Last May a judge told the ministry to publish the files by the end of June.",
        "The minister wants the cuts to run until March.",
        "The queen said that if the talks fail, if nobody signs, Norway will leave the pact.",
        "He was grateful when a person agrees to join the mission.",
        "Here is a look at the stories that will be talked about.",
        "The ferry had been due to sail on 28 May.",
        "The January launch would have reached the moon.",
        "The queen said that the guests would sign everything.",
        "The money that the board is planning to send him this autumn is too little.",
        "The mayor will end his term before the year is out.",
        "The two leaders agreed to continue their dialogue in the future.",
        "It is vital to hold consultations that will open a new chapter in ties.",
        "The village will bid for the 2036 Games.",
        "The king will give 400.000 Euros.",
        "In principle, the bank understood that the loan would be frozen in one way or another.",
        "Norway could join the currency as early as 2026.",
        "As we will be moving the office, the phones are down.",
        "The team missed Monday's deadline to file the papers.",
        "At tonight's debate she said that she had won.",
        "Upcoming talks were a topic.",
        "So the mayor missed Friday's deadline to impose the new levy.",
        "Here is a look at the stories that will be talked about on Friday.",
        "A second harbour would not only ease the trade in timber, she said, but also that in fish.",
        "She named an error that Mr. Vale said his memo was partly meant to mend.",
        "Anna Vale will report to and consult regularly with the council.",
        "The launch is the second to fly over Norway in a week.",
        "The launch marks the second time by Friday that Peru has tested its rockets.",
        "",
        "The law will have consequences for the meetings of the board.",
        "We have had a vote on this.",
        "It will be hot on Friday.",
        "The prime minister will be under pressure next week.",
        "Norway invited Peru to join projects in the field of fishing.",
        "Berg came at the invitation of the king to see the fleet.",
        "Berg turned down an invitation to visit Oslo.",
        "The surgeons decided to amputate the leg.",
        "He was about to leave when the phone rang.",
        "France will recognise the new mayor.",
        "The ministry will challenge the notion that fish is cheap.",
    ],
)
def test_past_lasting_vague_or_denied_acts_are_no_events(events, text):
    assert events(text) == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The king will visit Oslo on Friday.", "King will visit Oslo"),
        ('"We will open an office in Kyiv next week," the minister said.', "To open an office in Kyiv"),
        ("Norway said the king would visit Oslo on Friday.", "King to visit Oslo"),
        ("Norway plans to send two ships to the gulf in June.", "Norway to send two ships to the gulf"),
        (
            'Envoys will discuss fish at a "three-plus-three" meeting of fisheries ministers due to be held in June.',
            '"Three-plus-three" meeting of fisheries ministers',
        ),
        ("The upcoming harvest festival will focus on apples.", "Harvest festival"),
        ("The airline said it would report earnings on May 30.", "Airline to report earnings"),
        ("The former mayor will stand trial over fraud in June.", "Former mayor will stand trial over fraud"),
        ("The council would meet later on Friday, weeks earlier than usual.", "Council to meet"),
        ("The king, whose visit to Oslo is expected in June, spoke.", "Visit to Oslo"),
        ("The Harbour Agency has offices. The agency extended its deadline until Friday.", "Harbour Agency's deadline"),
        ("Norway will face Chile in the quarter-finals on Saturday.", "Norway will face Chile in the quarter-finals"),
        ("The top court will rule on Monday whether the ban stands.", "Top court will rule whether the ban stands"),
        (
            "The two ministers will sign the pact during Anna Berg's visit to Oslo next month.",
            "Two ministers will sign the pact during Anna Berg's visit to Oslo",
        ),
        (
            "Our very able deputy secretary of trade, Jon Dahl, will assume the office of secretary on 1 June.",
            "Jon Dahl will assume the office of secretary",
        ),
        (
            "The envoy warned that the king's upcoming Harbour Hall address will be a risk.",
            "King's upcoming Harbour Hall address",
        ),
        ("We are putting new tariffs on steel on Monday.", "Putting new tariffs on steel"),
        ("Norway's plan to withdraw half its ships by 1 June drew protest.", "Norway to withdraw half its ships"),
        (
            "Ministers discussed the meeting of the Arctic Fisheries Board, which will take place on 3 June.",
            "Meeting of the Arctic Fisheries Board",
        ),
        ("The port will begin work by 1 June, the 20th anniversary of the flood.", "Port will begin work"),
        ("The law has extended the levy until 7 August.", "Law has extended the levy until 7 August"),
        ("The results are due on Friday.", "Results"),
        ("They wait for the trip — an event called Herring Night — on Friday.", "Event called Herring Night"),
        ("Bergen will host Euro 2026.", "Bergen will host Euro 2026"),
        ("The two sides will hold the next round of planned fish talks in June.", "Next round of planned fish talks"),
        ("The city plans to open and run a school in June.", "City to open and run a school"),
        ("Chile will ship copper to Oslo in June, despite warnings from its unions.", "Chile will ship copper to Oslo"),
        (
            "The clerk will make an announcement about the hospital on Friday.",
            "Clerk will make an announcement about the hospital",
        ),
        ("The president of Chile met Anna Berg. Berg's office invited her to Oslo next week.", None),
    ],
)
def test_a_title_reads_well_alone(events, text, title):
    assert [event.title for event in events(text)] == ([title] if title else [])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("President Anna Berg spoke on Monday. The President will visit Oslo on Friday.", "Anna Berg will visit Oslo"),
        (
            "Anna Berg and Jon Dahl are pilots. They will fly to Oslo on Friday.",
            "Anna Berg and Jon Dahl will fly to Oslo",
        ),
        (
            "Norwegian Foreign Minister Anna Berg and Norwegian Defence Minister Jon Dahl will discuss the reform in "
            "Bergen on Friday.",
            "Anna Berg and Jon Dahl will discuss the reform in Bergen",
        ),
        ("The navy has two ships and will sell them in July.", "Navy will sell two ships"),
        ("After the exit of Jon Dahl, Anna Berg will chair the committee.", "Anna Berg will chair the committee"),
    ],
)
def test_a_title_replaces_pronouns_by_names(events, text, title):
    assert [event.title for event in events(text)] == [title]


def test_a_title_holds_only_words_of_its_evidence_and_insertions(events):
    text = (
        "Anna Berg, the harbour minister, arrived on Monday. She will open the new quay in Bergen on Friday. "
        "Berg said that she would also meet the mayor of Oslo next week."
    )
    found = events(text)
    assert found
    for event in found:
        evidence = [piece.text for piece in event.evidence]
        assert first_ungrounded_word(event.title, event.insertions, evidence) is None
        assert not event.title.lower().startswith(("she", "he", "it", "they"))


def test_three_mentions_of_an_event_are_one_event(events):
    found = events(
        "The foreign ministers of Norway and Chile will meet in Oslo on 3 June, an envoy said.\n\n"
        '"The meeting between the foreign ministers of Norway and Chile will focus on fish," she said.',
        title="Norwegian, Chilean foreign ministers to meet",
    )
    assert [(event.when.value, len(event.evidence)) for event in found] == [("2024-06-03", 3)]


def test_reports_of_one_vote_are_one_event(events):
    found = events(
        "Jon Dahl badly needs a win in Sunday's Labour primary in Chile. "
        '"I will be voting for Jon Dahl in the upcoming primary," Anna Berg said.'
    )
    assert [(event.when.value, event.place) for event in found] == [("2024-05-19", "Chile")]


def test_a_vote_on_a_bill_is_no_election(events):
    found = events("The House will have a vote on two bills. Lawmakers are nervous weeks before the midterm elections.")
    assert [event.title for event in found] == ["Vote on two bills", "Midterm elections"]


def test_an_occasion_on_two_days_is_two_events(events):
    found = events("Astronauts will mend the pump during two spacewalks, currently planned for Friday and Sunday.")
    assert [event.when.value for event in found] == ["2024-05-17", "2024-05-19"]


def test_an_occasion_with_its_own_clause_is_a_separate_event(events):
    found = events(
        "The king is scheduled to meet the president of Chile at the fisheries conference which opens on Friday."
    )
    assert [event.when.value for event in found] == ["2024-05-17", "2024-05-17"]


def test_meetings_of_other_parties_are_other_events(events):
    found = events("Norway will hold talks with Chile in June. Norway will hold talks with Peru in July.")
    assert [event.when.value for event in found] == ["2024-06", "2024-07"]


def test_two_events_in_a_sentence_are_two(events):
    found = events("The king will visit Oslo on Friday and open the harbour in Bergen on Sunday.")
    assert [event.when.value for event in found] == ["2024-05-17", "2024-05-19"]


def test_a_meeting_and_the_acts_at_it_are_one_event(events):
    found = events("The ministers will discuss fish at a summit in Oslo on 3 June.")
    assert [(event.when.value, event.place) for event in found] == [("2024-06-03", "Oslo")]


def test_the_time_of_a_report_is_not_the_events(events):
    assert [event.when.value for event in events("The envoy said on Monday that the talks would resume in June.")] == [
        "2024-06"
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The summit is scheduled for September.", "scheduled"),
        ("The king is expected to visit Oslo in June.", "expected"),
        ("The talks could resume in June.", "expected"),
        ("Norway proposed a summit in Oslo in June.", "proposed"),
        ("The union will strike on Friday unless wages rise.", "conditional"),
        ("The match scheduled for Friday has been cancelled.", "cancelled"),
        ("The drivers called off a strike planned for Monday.", "cancelled"),
        ("The fair, which was to have opened on Friday, has been cancelled.", "cancelled"),
        ("The match was postponed to Friday.", "scheduled"),
        ("The match was due to start next week but has been cancelled.", "cancelled"),
        ("The meeting was postponed indefinitely.", "postponed"),
        ("The top court will rule on Monday whether the ban stands.", "scheduled"),
        ("They spoke of preparations for the summit scheduled for June.", "scheduled"),
        ("Envoys are planning to attend a trade fair that will be held in June.", "scheduled"),
        ("The port is preparing a series of launches.", "expected"),
        ("Organisers have scrapped this year's carnival.", "cancelled"),
        ("The king's state visit to Japan has been put off.", "postponed"),
        ("The king invited both presidents to a summit in Oslo.", "proposed"),
        ("The airline will offer free seats to nurses.", "scheduled"),
        ("The government will scrap the fuel tax.", "scheduled"),
    ],
)
def test_status_follows_the_words_that_govern_the_event(events, text, status):
    assert [event.status for event in events(text)] == [status]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The ministers will meet in Oslo on Friday.", "Oslo"),
        ("The king will visit Oslo on Friday.", "Oslo"),
        ("Experts will meet next month in the border city of Kirkenes.", "Kirkenes"),
        ("The ministers will discuss the war in Sudan on Friday.", None),
        ("The High Court in Malmo will hear the case on 3 June.", "Malmo"),
        ("The next round will be hosted by Chile in September.", "Chile"),
        ("Ministers will attend the Bergen International Film Festival on 3 June.", "Bergen"),
        ("Strikes on militia camps in Sudan could begin on Friday.", "Sudan"),
        ("The ministers will meet on Friday at a castle near Oslo.", "Oslo"),
        ("The crew will fix a pump on the Nordic Space Station during a spacewalk on Friday.", "Nordic Space Station"),
        ("The envoy will travel to a small coastal town on Friday.", "small coastal town"),
        ("The board will vote on the new office on Friday.", None),
        ("The satellite will lift off from Cape Canaveral on Friday.", "Cape Canaveral"),
        ("The government will send a delegation to Geneva on Friday.", "Geneva"),
        ("Voters in Slovenia go to the polls on Sunday.", "Slovenia"),
        ("Teachers in Norway will strike on Friday.", "Norway"),
        ("Farmers will block the port of Bergen on Friday.", "Bergen"),
        ("Ministers will discuss the plan with allies in Oslo on Friday.", "Oslo"),
        ("It affects a 10-day summit starting May 24 about Sudan in Oslo.", "Oslo"),
        ("India will deliver the missiles to Peru by the end of June.", "Peru"),
        ("The minister arrived in Tokyo on Monday and will meet his counterpart on Wednesday.", "Tokyo"),
        ("The region has another summit planned for today but in Tunis.", "Tunis"),
        ("Talks will resume Friday, this time in Doha.", "Doha"),
        ("A trip of the choir to Mexico is planned for July.", "Mexico"),
        ("Strikes are planned across Norway on Friday.", "Norway"),
        ("The minister will be in Lima on Friday.", "Lima"),
    ],
)
def test_the_place_of_an_event(events, text, place):
    assert [event.place for event in events(text)] == [place]


def test_without_a_publication_date_the_tense_decides(events):
    found = events("The ministers will meet on 31 July. The king visited Oslo on 2 May.", published=None)
    assert [event.when.value for event in found] == ["XXXX-07-31"]


def test_a_weekday_without_a_publication_date_has_no_value(events):
    found = events("The ministers will meet on Friday.", published=None)
    assert [(event.when.text, event.when.value) for event in found] == [("Friday", None)]


def test_dated_events_come_first_in_order_of_date(events):
    found = events(
        "Norway announced plans to close two embassies. The king will visit Oslo on 3 June. "
        "The queen will open a museum on Friday."
    )
    assert [event.when.value for event in found] == ["2024-05-17", "2024-06-03", None]


def test_ids_differ(events):
    found = events("The king will visit Oslo on Friday. The king will visit Bergen on 2 June.")
    assert len({event.id for event in found}) == len(found) == 2


@pytest.mark.parametrize(
    "text", ["“", "\x00 will meet on Friday", "🙂 will 🙂 on Friday " * 50, "سيجتمع on Friday", "to " * 400]
)
def test_odd_text_raises_nothing(events, text):
    EventExtractor()
    events(text)


def test_a_group_is_no_participant_beside_its_members(analyse):
    text = "The ministers of Norway and Chile will meet on 3 June. Norway and Chile will sign a treaty at the meeting."
    events = EventExtractor()(analyse(text, published="2024-05-14"))
    assert events
    for event in events:
        assert not any("Norway" in name and "Chile" in name for name in event.participants)


def test_a_horizon_leaves_out_later_events_only(analyse):
    text = (
        "Ministers will meet in Oslo on 3 June, the envoy said. The two leaders will meet in Bergen on 20 December. "
        "Norway plans to host a summit of the fishing nations."
    )
    whole = EventExtractor()(analyse(text, published=TUESDAY))
    assert {event.when.value for event in whole} == {"2024-06-03", "2024-12-20", None}
    near = EventExtractor(horizon="20d")(analyse(text, published=TUESDAY))
    assert {event.when.value for event in near} == {"2024-06-03", None}
    assert EventExtractor(horizon="19d")(analyse(text, published=TUESDAY)) == tuple(e for e in near if not e.when.value)
    assert len(EventExtractor(horizon="19d")(analyse(text, published=None))) == len(whole)


@pytest.mark.parametrize("horizon", ["90", "3 months", "-1d", "999999d", ""])
def test_a_horizon_is_a_number_of_days(horizon):
    with pytest.raises(ValueError, match="90d"):
        EventExtractor(horizon=horizon)


def test_an_empty_subject_costs_no_event(analyse):
    assert text_of(()) == ""
    text = 'HALVIK, March 8 - Dockers in the port called off a s"trike planned for Monday after a deal on Friday.'
    assert all(event.title for event in EventExtractor()(analyse(text, published="2024-03-08")))
