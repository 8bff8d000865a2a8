"""Contributions: their text, threads, withdrawing, endorsing, hiding. RULES, "Contributions"."""

import pytest

from fishbowl.debate.events import ContributionEndorsed, ContributionHidden, ContributionPosted
from tests.debate.stories import begun, opened


def test_a_contribution() -> None:
    """Numbers count from 1 in order of acceptance; author, language and place are kept."""
    story = begun("cleo")
    assert story.cleo.posts("Ours to keep.", language="en-GB") == 1
    assert story.ines.posts() == 2
    posted = story.last(ContributionPosted)
    assert (posted.contribution, posted.author, posted.root, posted.path) == (2, "ines", 2, "2")
    first = story.contribution(1)
    assert (first.text, first.author, first.language) == ("Ours to keep.", "cleo", "en-GB")
    assert (first.seq, first.at) == (story.state.seq - 1, story.now)


def test_refused_ones_are_not_numbered() -> None:
    """A refused contribution takes no number."""
    story = begun("cleo")
    with story.refuses("text.empty"):
        story.cleo.posts("")
    assert story.cleo.posts() == 1


def test_inner_and_outer() -> None:
    """A contribution is inner where its author sits when it is made, and the chair's always; it stays so."""
    story = begun("cleo")
    story.admits("mo", "moderator")
    story.cleo.posts()
    story.cleo.takes_seat()
    story.cleo.posts()
    story.ines.posts()
    story.chair.posts()
    story.mo.posts()
    story.cleo.leaves_seat()
    found = [(each.circle, each.seat) for each in story.state.contributions.values()]
    assert found == [("outer", None), ("inner", 3), ("inner", 1), ("inner", None), ("outer", None)]


def test_away_is_still_seated() -> None:
    """Who is seen away and posts all the same posts from the seat."""
    story = begun("cleo")
    story.cleo.takes_seat()
    story.cleo.drops()
    story.cleo.posts()
    assert story.contribution(1).seat == 3


# Text


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("  trimmed \n", "trimmed"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\tb", "a b"),
        ("e\u0301", "é"),
        ("#harbour stays", "#harbour stays"),
    ],
)
def test_stored_text(sent: str, stored: str) -> None:
    """What is stored is the NFC of what was sent, line ends as LF, trimmed, a tab as a space."""
    story = begun("cleo")
    story.cleo.posts(sent)
    assert story.contribution(1).text == stored


def test_control_characters() -> None:
    """Other control characters are refused as no text at all, by their code."""
    story = begun("cleo")
    with story.refuses("bad_request", "U+0007"):
        story.cleo.posts("ring \x07")


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\u200b"])
def test_empty(text: str) -> None:
    """A text in which nothing can be seen is empty."""
    story = begun("cleo")
    with story.refuses("text.empty"):
        story.cleo.posts(text)


def test_too_long() -> None:
    """A text has at most as many characters as the rules say, as a reader counts them."""
    story = begun("cleo", max_length=140)
    story.cleo.posts("👨‍👩‍👧" * 20 + "x" * 120)
    with story.refuses("text.too_long", "140"):
        story.cleo.posts("x" * 141)


def test_the_length_is_a_rule() -> None:
    """The limit is the one of the rules when the text is sent; what stands already stays."""
    story = begun("cleo")
    story.cleo.posts("x" * 500)
    story.chair.sets_rules(max_length=140)
    with story.refuses("text.too_long"):
        story.cleo.posts("x" * 200)
    assert story.contribution(1).text == "x" * 500


# Threads


def test_threads() -> None:
    """Replies count under what they answer, to any depth; the root is the first of the thread."""
    story = begun("cleo", pace_per_minute=0)
    one = story.cleo.posts()
    two = story.ines.posts(reply_to=one)
    three = story.cleo.posts(reply_to=one)
    four = story.ines.posts(reply_to=three)
    five = story.cleo.posts(reply_to=four)
    six = story.cleo.posts()
    paths = [each.path for each in story.state.contributions.values()]
    assert paths == ["1", "1.1", "1.2", "1.2.1", "1.2.1.1", "6"]
    assert [each.root for each in story.state.contributions.values()] == [one] * 5 + [six]
    assert [each.contribution for each in story.state.descendants(one)] == [two, three, four, five]


def test_a_long_thread() -> None:
    """A thread may be as deep as people make it."""
    story = begun("cleo", pace_per_minute=0)
    last = story.cleo.posts()
    for _ in range(60):
        last = story.cleo.posts(reply_to=last)
    assert story.contribution(61).path == ".".join(["1"] * 61)
    assert len(list(story.state.descendants(1))) == 60


def test_replying_to_what_is_not_there() -> None:
    """One replies to what is visible: not to what does not exist, was hidden or withdrawn."""
    story = begun("cleo", pace_per_minute=0)
    with story.refuses("contribution.unknown", "no contribution 1"):
        story.cleo.posts(reply_to=1)
    for _ in range(2):
        story.cleo.posts()
    story.chair.hides(1)
    story.cleo.withdraws(2)
    with story.refuses("contribution.gone", "hidden"):
        story.cleo.posts(reply_to=1)
    with story.refuses("contribution.gone", "withdrawn"):
        story.cleo.posts(reply_to=2)


def test_replies_stay() -> None:
    """What answers a hidden or withdrawn contribution stays, and may be answered."""
    story = begun("cleo", pace_per_minute=0)
    story.cleo.posts()
    story.cleo.posts(reply_to=1)
    story.chair.hides(1)
    story.cleo.posts(reply_to=2)
    assert story.contribution(3).path == "1.1.1"


# Classic


def test_classic() -> None:
    """Under `classic` only the circle and the chair contribute; everybody else endorses and waits."""
    story = begun("cleo", posting="classic")
    story.admits("mo", "moderator")
    story.ines.posts()
    story.chair.posts()
    with story.refuses("right.missing", "Raise your hand"):
        story.cleo.posts()
    with story.refuses("right.missing"):
        story.mo.posts()
    assert story.cleo.endorses(1) == ["contribution.endorsed"]
    story.cleo.raises_hand()
    with story.refuses("right.missing"):
        story.cleo.posts()
    story.cleo.takes_seat()
    story.cleo.posts()


def test_a_speaker_without_a_seat_under_classic() -> None:
    """A speaker who has stepped out is outside like anybody."""
    story = begun(posting="classic")
    story.ines.leaves_seat()
    with story.refuses("right.missing"):
        story.ines.posts()


def test_virtual() -> None:
    """Under `virtual` everybody who joined contributes at once, seated or not."""
    story = begun("cleo")
    story.cleo.posts()
    with story.refuses("right.missing"):
        story.nobody.posts()


# Withdrawing


def test_withdrawing() -> None:
    """One's own contribution may be withdrawn: its text is gone, its number and its replies stay."""
    story = begun("cleo", pace_per_minute=0)
    story.cleo.posts()
    story.ines.posts(reply_to=1)
    assert story.cleo.withdraws(1) == ["contribution.withdrawn"]
    assert (story.contribution(1).status, story.contribution(1).text) == ("withdrawn", None)
    assert story.contribution(2).path == "1.1"
    assert story.cleo.withdraws(1) == [], "it is withdrawn already"
    assert story.cleo.posts() == 3


def test_somebody_elses() -> None:
    """Nobody withdraws somebody else's, the chair neither."""
    story = begun("cleo dan")
    story.cleo.posts()
    for person in (story.dan, story.chair):
        with story.refuses("right.missing", "author"):
            person.withdraws(1)
    with story.refuses("contribution.unknown"):
        story.cleo.withdraws(2)


def test_withdrawing_what_is_hidden() -> None:
    """A hidden contribution may be withdrawn by its author, and is not restored then."""
    story = begun("cleo")
    story.cleo.posts()
    story.chair.hides(1)
    assert story.cleo.withdraws(1) == ["contribution.withdrawn"]
    with story.refuses("contribution.gone", "withdrawn"):
        story.chair.restores(1)


def test_withdrawing_until_archived() -> None:
    """One may withdraw in a pause and in correction, until the debate is archived."""
    story = begun("cleo", pace_per_minute=0)
    for _ in range(3):
        story.cleo.posts()
    story.chair.moves_to("paused")
    story.cleo.withdraws(1)
    story.chair.moves_to("wrap_up", "correction")
    story.cleo.withdraws(2)
    story.chair.moves_to("archived")
    with story.refuses("phase.not_live"):
        story.cleo.withdraws(3)


# Endorsing


def test_endorsing() -> None:
    """One endorses a contribution once, and may take it back; the record says how many there are now."""
    story = begun("cleo dan")
    story.chair.posts("Welcome.")
    story.cleo.endorses(1)
    assert story.dan.endorses(1) == ["contribution.endorsed"]
    assert story.last(ContributionEndorsed).endorsements == 2
    assert story.dan.endorses(1) == [], "once is enough"
    assert story.cleo.endorses(1, on=False) == ["contribution.endorsed"]
    assert story.last(ContributionEndorsed) == ContributionEndorsed(contribution=1, on=False, endorsements=1)
    assert story.contribution(1).endorsed_by == {"dan"}
    assert story.cleo.endorses(1, on=False) == []


def test_endorsing_what_is_gone() -> None:
    """What is hidden or withdrawn is not endorsed."""
    story = begun("cleo", pace_per_minute=0)
    story.cleo.posts()
    story.chair.hides(1)
    with story.refuses("contribution.gone"):
        story.cleo.endorses(1)
    with story.refuses("contribution.unknown"):
        story.cleo.endorses(2)


def test_endorsing_after_the_end() -> None:
    """Endorsing goes on to correction, not in a pause, not in the lobby."""
    story = opened("cleo")
    story.chair.posts("Welcome.")
    with story.refuses("phase.not_live"):
        story.cleo.endorses(1)
    story.chair.moves_to("live", "paused")
    with story.refuses("phase.not_live"):
        story.cleo.endorses(1)
    story.chair.moves_to("wrap_up", "correction")
    assert story.cleo.endorses(1) == ["contribution.endorsed"]


# Hiding


def test_hiding() -> None:
    """Hiding keeps the text for those behind the scenes, with a reason and a note; restoring shows it."""
    story = begun("cleo")
    story.cleo.posts("Call me.")
    assert story.chair.hides(1, "personal_data", "a number") == ["contribution.hidden"]
    hidden = story.last(ContributionHidden)
    assert (hidden.reason, hidden.note) == ("personal_data", "a number")
    assert set(ContributionHidden.backstage) == set(ContributionHidden.personal) == {"reason", "note"}
    assert (story.contribution(1).status, story.contribution(1).text) == ("hidden", "Call me.")
    assert story.chair.hides(1) == []
    assert story.chair.restores(1) == ["contribution.restored"]
    assert story.contribution(1).status == "posted"
    assert story.chair.restores(1) == []


def test_hiding_what_is_gone() -> None:
    """A withdrawn contribution cannot be hidden, one that does not exist neither."""
    story = begun("cleo")
    story.cleo.posts()
    story.cleo.withdraws(1)
    with story.refuses("contribution.gone", "withdrawn"):
        story.chair.hides(1)
    for act in (story.chair.hides, story.chair.restores, story.chair.highlights):
        with story.refuses("contribution.unknown"):
            act(2)


def test_highlighting() -> None:
    """Chair and moderators highlight what is visible, and take it back."""
    story = begun("cleo")
    story.cleo.posts()
    assert story.chair.highlights(1) == ["contribution.highlighted"]
    assert story.chair.highlights(1) == []
    assert story.contribution(1).highlighted
    assert story.chair.highlights(1, on=False) == ["contribution.highlighted"]
    story.chair.hides(1)
    with story.refuses("contribution.gone"):
        story.chair.highlights(1)


def test_announcing() -> None:
    """The chair announces, within a limit of its own, and the latest stands."""
    story = begun()
    assert story.chair.announces(" Tea is ready. ") == ["announcement.made"]
    assert story.state.announcement is not None
    assert story.state.announcement.text == "Tea is ready."
    with story.refuses("text.empty"):
        story.chair.announces(" ")
    with story.refuses("text.too_long", "500"):
        story.chair.announces("x" * 501)
