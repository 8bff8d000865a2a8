"""Those who wait to look at a debate's state until it is what is stored.

Knows neither the loop nor the store. Guarantees that whoever waits is answered, told why not, or cancelled,
once, and that the mistakes of whoever looks are their own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from fishbowl.debate.state import State

__all__ = ["Looks"]

T = TypeVar("T")


class Looks:
    """Asked for by `wait`, in order."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[[State], object], asyncio.Future[object]]] = []

    async def wait(self, look: Callable[[State], T]) -> T:
        """What `look` returns, or raises, when its time has come."""
        answer: asyncio.Future[object] = asyncio.get_running_loop().create_future()
        self._waiting.append((look, answer))
        return await answer  # type: ignore[return-value]  # what `look` returns, by way of a plain Future

    def serve(self, state: State) -> None:
        """Let everybody look."""
        for look, answer in self._taken():
            try:
                answer.set_result(look(state))
            except Exception as error:  # noqa: BLE001  # raised again where it is awaited
                answer.set_exception(error)

    def fail(self, error: Exception) -> None:
        """Nobody can look: tell them."""
        for _, answer in self._taken():
            answer.set_exception(error)

    def cancel(self) -> None:
        """Nobody will ever look."""
        for _, answer in self._taken():
            answer.cancel()

    def _taken(self) -> list[tuple[Callable[[State], object], asyncio.Future[object]]]:
        taken, self._waiting = self._waiting, []
        return [each for each in taken if not each[1].done()]
