"""Invented articles for the tests of the digest: an agency report and its copies, fires, talks."""

import datetime
from typing import Any

from briefing.digest.items import Item
from briefing.model.brief import Actor, Briefing, Evidence, Provenance, TimeExpression
from briefing.reading.source import read_bytes

WIRE = """\
HALDVIK, March 4 (Reuters) - Ferry crews on Norway's Osterfjord line walked out on Monday over night shifts, cutting \
the island of Skarholm off from the mainland for the first time in eleven years.

The union Havfolk said 212 sailors had joined the strike and that no ferry would leave Haldvik before the operator \
Fjordlink withdrew its new roster.

"Nobody can steer a ship safely after fourteen hours on the bridge," union leader Torvald Brekke told a crowd on the \
quay.

Fjordlink said the roster kept within the law and had been agreed with the authorities in January. Its director \
Silje Aamodt called the walkout "a breach of the peace clause" and announced that the company would go to the labour \
court.

Some 3,400 people live on Skarholm, which has a clinic but no hospital. The county said a helicopter would carry \
patients while the strike lasts.

The island's fish plant, which sends forty tonnes of cod to the mainland every week, stopped taking deliveries."""

# What a house made of it: cut to half, or with a paragraph of its own.
CUT = "\n\n".join(WIRE.split("\n\n")[:3])
LONGER = f"""{WIRE}

Readers of this newspaper who are stranded in Haldvik can stay in the sports hall, where the municipality has set up \
ninety beds and a kitchen, mayor Gro Lunde said."""

# A report of one's own that quotes two paragraphs of it.
OWN = """\
Anne Solli had packed for two nights. On Tuesday she slept for the third time on a camp bed in the sports hall of \
Haldvik, between a school class from Bergen and a choir that missed its own concert.

"We sing in the evenings, that helps," said the conductor, Jonas Vik, whose thirty singers were to perform in the \
church of Skarholm at the weekend.

Since the ferries stopped the small town has become a waiting room. The bakery has doubled its night shift, the \
municipality pays for soup, and at the quay a handwritten list tells who has been waiting longest for a fishing boat \
that takes passengers along.

"Nobody can steer a ship safely after fourteen hours on the bridge," union leader Torvald Brekke told a crowd on the \
quay.

Few of those stranded blame the crews. Solli, a nurse, knows nights herself. "They should have talked in January," \
she said, folding her blanket. Her patients on the island are looked after by a colleague who has not slept since \
Sunday.

Some 3,400 people live on Skarholm, which has a clinic but no hospital. The county said a helicopter would carry \
patients while the strike lasts.

On Tuesday it flew twice: once with a woman in labour, once with a diver. The pilot, Erlend Moe, says that fog is \
what he fears most. The forecast for Wednesday is fog."""

# Two fires on one day in one country, in similar words.
FIRE = """\
A fire destroyed the upper floors of a former sugar mill in Brandholt early on Tuesday, and firefighters brought out \
nineteen people who had slept in the building, police in the Danish town said.

The fire broke out shortly after 3 a.m. on the fourth floor. Sixty firefighters fought the flames for five hours. \
Two men were taken to hospital with burns; nobody died.

The mill belongs to the developer Norrebo, which rents rooms to seasonal workers. Mayor Lise Kragh said the town had \
warned Norrebo about missing smoke alarms in October. "They promised to fit them by Christmas," Kragh said.

Police spokesman Bo Thrane said a cooker on the fourth floor was the likely cause."""
FIRE_ELSEWHERE = """\
A fire destroyed the roof of a furniture warehouse outside Vestermark early on Tuesday, and firefighters evacuated \
two streets because of thick smoke, police in the Danish town said.

The fire broke out shortly before 5 a.m. Forty firefighters fought the flames for four hours. A security guard was \
taken to hospital; nobody died.

The warehouse belongs to the retailer Mobelhus, which had moved its autumn stock there a week ago. Managing director \
Ulla Friis put the damage at thirty million kroner. "We will deliver every sofa, only later," Friis said.

Police spokeswoman Karen Holst said an electric forklift that was being charged was the likely cause."""
FIRE_AGAIN = """\
The sugar mill in Brandholt that burned on Tuesday had no smoke alarms on its two upper floors, the fire service of \
the Danish town said on Wednesday after a first inspection.

Nineteen people slept there when a cooker set the fourth floor alight. Mayor Lise Kragh said the town would fine the \
developer Norrebo, which had promised in October to fit the alarms.

Norrebo's lawyer Peder Quist said the alarms had been ordered and that the seasonal workers had been told not to \
cook in their rooms. Two men with burns were still in hospital on Wednesday."""
FIRE_AT_COURT = """\
The developer Norrebo must pay for the rooms of all nineteen seasonal workers who escaped from the burning sugar \
mill in Brandholt, a Danish court ruled on Friday.

Mayor Lise Kragh welcomed the ruling. The missing smoke alarms, which Norrebo had promised in October, "are now a \
matter for the prosecutor", Kragh said. Norrebo's lawyer Peder Quist announced an appeal.

The fire destroyed the fourth floor of the mill on Tuesday and sent two men to hospital with burns."""

TALKS = """\
Foreign ministers Mara Lindqvist of Sweden and Tomas Rehak of Slovakia signed an agreement on joint training of \
customs officers in Bratislava on Tuesday.

The agreement lets two hundred officers a year learn at the Swedish customs school in Malmo. "Smugglers do not wait \
for our paperwork," Rehak said. Lindqvist said the first course, on fentanyl, would begin in September.

The ministers did not speak about the gas pipeline, on which both governments differ, a Slovak diplomat said."""
OTHER_TALKS = """\
Trade minister Karl Ostberg of Sweden and his Canadian counterpart Denise Roy opened talks on timber duties in \
Ottawa on Tuesday.

Canada charges eleven percent on Swedish spruce. "A duty that nobody can explain should go," Ostberg said. Roy \
answered that the mills of New Brunswick needed time until 2027. Both sides will meet again in Stockholm in June.

Swedish sawmills sent 900,000 cubic metres to Canada last year."""

# Takes two paragraphs from each of four stories.
ROUND_UP = """\
Skarholm, an island of 3,400, is cut off: ferry crews of the Osterfjord line walked out over night shifts, and the \
union Havfolk wants the operator Fjordlink to withdraw its roster.

Firefighters brought nineteen sleepers out of a burning sugar mill in Brandholt. Mayor Lise Kragh blames the \
developer Norrebo, which never fitted the smoke alarms that it had promised.

Smugglers face better trained customs officers: Mara Lindqvist and Tomas Rehak signed an agreement in Bratislava \
that sends two hundred of them to school in Malmo each year.

Timber duties were on the table in Ottawa, where Karl Ostberg and Denise Roy could not agree on spruce and put off a \
decision to a meeting in Stockholm."""


def item_of(
    text: str,
    *,
    title: str = "",
    outlet: str | None = None,
    url: str | None = None,
    date: str | None = "2024-03-05",
    byline: str | None = None,
    actors: tuple[str, ...] = (),
    days: tuple[str, ...] = (),
) -> Item:
    """Return an article as the reading layer reads it, with a brief that holds actors and days that it names."""
    known = {"title": title or None, "outlet": outlet, "url": url, "byline": byline}
    matter = "".join(f"{key}: {value!r}\n" for key, value in known.items() if value)
    source = f"---\n{matter}---\n\n{text}" if matter else text
    article = read_bytes(
        source.encode(), "a test", published=datetime.date.fromisoformat(date) if date else None
    ).article
    fields: dict[str, Any] = {
        "article": article,
        "actors": tuple(_actor(name, article.text) for name in actors),
        "times": tuple(_time(day, article.text) for day in days),
        "provenance": Provenance(
            engine="rules",
            briefing="0.1.0",
            spacy="3.8",
            model="test",
            profile="standard",
            profile_sha256="0" * 64,
            source_sha256="1" * 64,
        ),
    }
    return Item(Briefing(**fields))


def _actor(name: str, text: str) -> Actor:
    start = text.index(name)
    evidence = Evidence(start=start, end=start + len(name), text=name)
    return Actor(id=name.lower(), name=name, kind="organisation", mentions=1, salience=0.8, evidence=(evidence,))


def _time(day: str, text: str) -> TimeExpression:
    return TimeExpression(text=text[:1], start=0, end=1, type="DATE", value=day)
