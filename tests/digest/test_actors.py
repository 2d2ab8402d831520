"""Actors are matched across articles, and their roles are merged."""

import pytest

from briefing.digest.actors import merge_actors
from briefing.digest.members import in_order
from tests.digest.stories import Draft


def actors_of(*members):
    actors, _ = merge_actors(in_order(members))
    return actors


def named(name, *, role=None, text=None, origin="a", day="2031-06-09", **fields):
    sentence = text or f"{role or 'The guest'} {name} spoke for {origin}."
    return Draft(sentence, published=day).actor(name, role, **fields).by(origin)


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        ("Ingrid Solheim", "Ingrid Solheim", "Ingrid Solheim"),
        ("Solheim", "Ingrid Solheim", "Ingrid Solheim"),
        ("I. Solheim", "Ingrid Solheim", "Ingrid Solheim"),
        ("Ingrid Marie Solheim", "Ingrid Solheim", "Ingrid Marie Solheim"),
    ],
)
def test_a_person_has_the_fullest_name(one, other, name):
    (actor,) = actors_of(named(one, origin="a"), named(other, origin="b"))
    assert (actor.name, actor.origins) == (name, 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Yussef Haddad", "Yusuf Hadad"),
        ("Tarek al-Masri", "Tarik el-Masri"),
        ("Sergei Lukin", "Sergey Lukin"),
        ("André Zoé", "Andre Zoe"),
    ],
)
def test_two_spellings_of_a_name_are_one_person(one, other):
    surname = named(one.split()[-1], origin="c")
    (actor,) = actors_of(named(one, origin="a"), named(other, origin="b"), surname)
    assert actor.origins == 3


def test_two_spellings_in_one_article_are_two_persons():
    both = Draft("Yussef Haddad met Yusuf Haddad.").actor("Yussef Haddad").actor("Yusuf Haddad")
    assert len(actors_of(both.by("a"))) == 2


def test_the_name_that_most_origins_use_is_printed():
    slip = named("Video Ingrid Solheim", origin="c")
    (actor,) = actors_of(named("Ingrid Solheim", origin="a"), named("Ingrid Solheim", origin="b"), slip)
    assert (actor.name, actor.origins) == ("Ingrid Solheim", 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ingrid Solheim", "Anders Solheim"),
        ("Ingrid Solheim", "Ingrid Aas"),
        ("Solheim", "Aas"),
        ("Paul Brekke", "Paula Brekke"),
        ("Mario Brekke", "Maria Brekke"),
    ],
)
def test_persons_of_other_names_stay_two(one, other):
    assert {actor.name for actor in actors_of(named(one, origin="a"), named(other, origin="b"))} == {one, other}


def test_a_surname_that_two_persons_share_is_ambiguous():
    members = (named("Ingrid Solheim", origin="a"), named("Anders Solheim", origin="b"), named("Solheim", origin="c"))
    assert len(actors_of(*members)) == 3


def test_two_given_names_with_one_office_are_one_person():
    one = named("Joe Brekke", role="Fisheries Minister", affiliation="Norway", origin="a")
    other = named("Joseph Brekke", role="Fisheries Minister", affiliation="Norway", origin="b")
    assert [actor.origins for actor in actors_of(one, other)] == [2]


@pytest.mark.parametrize(("kind", "alias", "count"), [("organisation", "NFA", 1), ("organisation", "NFU", 2)])
def test_an_organisation_is_known_by_its_alias(kind, alias, count):
    long = Draft("The Norwegian Fishermen's Association (NFA) met.")
    long.actor("Norwegian Fishermen's Association", kind=kind, aliases=("NFA",))
    short = Draft(f"{alias} members voted.").actor(alias, kind=kind)
    assert len(actors_of(long.by("a"), short.by("b"))) == count


def test_nested_roles_become_the_fullest_one():
    one = named("Ingrid Solheim", role="minister", origin="a")
    other = named("Ingrid Solheim", role="Norwegian fisheries minister", origin="b")
    (actor,) = actors_of(one, other)
    assert (actor.role, actor.other_roles) == ("Norwegian fisheries minister", ())


def test_roles_that_differ_are_kept_with_their_origins():
    members = [named("Ingrid Solheim", role="Fisheries Minister", origin=origin) for origin in "ab"]
    members.append(named("Ingrid Solheim", role="party leader", origin="c"))
    (actor,) = actors_of(*members)
    assert actor.role == "Fisheries Minister"
    assert [(role.text, role.origins) for role in actor.other_roles] == [("party leader", 1)]


def test_reprints_are_one_origin_and_add_no_mentions():
    members = [named("Ingrid Solheim", text=f"Ingrid Solheim spoke on day {n}.", origin="wire") for n in (1, 2, 3)]
    (actor,) = actors_of(*members)
    assert (actor.origins, actor.mentions) == (1, 2)


def test_more_origins_make_an_actor_more_salient():
    """An actor of all origins is more salient than one of a single origin."""
    both = [named("Ingrid Solheim", origin=origin, salience=0.5) for origin in "ab"]
    alone = Draft("Olav Brekke came too.").actor("Olav Brekke", salience=0.6).by("c")
    assert [actor.name for actor in actors_of(*both, alone)] == ["Ingrid Solheim", "Olav Brekke"]
