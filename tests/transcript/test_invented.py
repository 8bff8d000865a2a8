"""The invented evenings that other tests rest on."""

from fishbowl.debate.events import EVENTS
from fishbowl.debate.evolve import fold
from fishbowl.debate.vocabulary import Phase
from tests.transcript.invented import invented_records, one_long_thread


def test_the_same_each_time() -> None:
    """The same arguments give the same records; another seed gives others."""
    assert invented_records(150, seed=5) == invented_records(150, seed=5)
    assert invented_records(150, seed=5) != invented_records(150, seed=6)


def test_as_many_as_asked_for() -> None:
    """An evening has exactly the contributions asked for, and ends in the correction phase."""
    for contributions in (0, 1, 7, 400):
        state = fold(invented_records(contributions))
        assert len(state.contributions) == contributions
        assert state.phase is Phase.CORRECTION


def test_everything_happens() -> None:
    """An evening of a thousand contributions has every event a transcript has something to say about."""
    happened = {type(record.event).__name__ for record in invented_records(1_000)}
    never = set("DebateChanged RulesChanged DoorSet PersonLeft SeatLeaving SeatExtended".split())
    never |= set("ContributionHeld ContributionRefused ContributionReported ReportResolved".split())
    never |= set("PersonAdmitted PersonMuted PersonUnmuted PersonBlocked PersonUnblocked".split())
    never |= set("ContributionErased PersonErased".split())  # tests/transcript has plays of its own for these
    never |= set("PersonRenamed NameHeld NameRefused QuestionSummarised".split())  # these too, elsewhere
    never |= {"PersonAnonymised", "ContributionChecked"}
    never |= set("QuestionMoved QuestionDropped ContributionThreaded".split())
    never |= set("ContributionCarriedIn PersonReplaced".split())
    never |= set("RoundStarted RoundExtended RoundEnded".split())
    assert {kind.__name__ for kind in EVENTS.values()} - happened <= never


def test_one_long_thread() -> None:
    """One thread is a chain: each contribution answers the one before."""
    contributions = fold(one_long_thread(20)).contributions
    assert [each.reply_to for each in contributions.values()] == [None, *range(1, 20)]
