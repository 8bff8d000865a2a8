"""Likeness in a running debate: the tagger's memory, kept to what the state says.

Knows the state and which records changed it; nothing of the loop. The memory is a fold of the log: made
from a state at any time it is equal to the one that followed every record.
"""

from __future__ import annotations

from collections.abc import Iterable

from fishbowl.debate import events
from fishbowl.debate.commands import Command, Post, Thread
from fishbowl.debate.floor import tagged_by_word
from fishbowl.debate.record import Record
from fishbowl.debate.state import Contribution, Question, State
from fishbowl.debate.threads import held_by_word
from fishbowl.debate.vocabulary import Instant, Status, said_ways
from fishbowl.tagging import Memory

__all__ = ["Likeness"]


class Likeness:
    """Asked before a post is decided (`of`), told what became of every command (`follow`)."""

    def __init__(self, state: State) -> None:
        self._memory = Memory()
        for question in state.questions.values():
            self._ask(question)
        self._drop(state)
        for contribution in state.contributions.values():
            self._keep(contribution)

    def of(
        self, state: State, command: Command, by: str = "", at: Instant = 0
    ) -> tuple[tuple[int, float], ...]:
        """The questions a post of `by` is clearly like; not looked for where something stronger decides.

        Likewise of a contribution that is told to answer something else, or nothing.
        """
        if isinstance(command, Post):
            text = None if tagged_by_word(state, command, by, at) else command.text
            focused = state.focus is not None
        elif isinstance(command, Thread):
            moved = state.contributions.get(command.contribution)
            parent = state.contributions.get(command.reply_to or 0)
            told = moved is None or held_by_word(moved) or (parent is not None and bool(parent.tags))
            text = None if moved is None or told else moved.text
            focused = moved is not None and moved.in_focus is not None
        else:
            return ()
        if text is None or not state.order:
            return ()
        return self._memory.likely(text, state.rules.tagging, focused=focused)

    def shared(self, contribution: Contribution, question: int) -> list[str]:
        """The words of a contribution for which it is like a question now, those that tell most first."""
        if contribution.text is None or contribution.status is not Status.POSTED:
            return []
        return self._memory.shared(contribution.contribution, contribution.text, question)

    def guess(self, state: State, post: Post, by: str, at: Instant) -> tuple[int, float, list[str]] | None:
        """The question a post would be put under by likeness alone, with confidence and words; else None."""
        found = self.of(state, post, by, at)
        if not found:
            return None
        question, confidence = found[0]
        return question, confidence, self._memory.tagger.shared(post.text, question)

    def follow(self, state: State, records: Iterable[Record]) -> None:
        """The state has changed by these records."""
        for record in records:
            event = record.event
            if isinstance(event, events.QuestionAdded | events.QuestionEdited):
                self._ask(state.questions[event.question])
            elif isinstance(event, events.QuestionDropped):
                self._drop(state)
            number = getattr(event, "contribution", None)
            if number is not None:
                for each in (number, *getattr(event, "replies", ())):
                    self._keep(state.contributions[each])

    def _ask(self, question: Question) -> None:
        texts = [*said_ways(question.text), question.gloss or ""]
        self._memory.tagger.set_question(question.question, " ".join(texts))

    def _drop(self, state: State) -> None:
        self._memory.dropped = state.questions.keys() - state.order

    def _keep(self, contribution: Contribution) -> None:
        visible = contribution.status is Status.POSTED
        self._memory.keep(
            contribution.contribution, contribution.text if visible else None, contribution.tags
        )
