"""What the tests of the log share."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from fishbowl.log.database import Database
from tests.log.ducks import POND


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty store with a pond, which loses patience quickly."""
    database = await Database.open(tmp_path / "fishbowl.sqlite3", busy_seconds=0.05, most_waiting=50)
    await database.ensure(POND)
    yield database
    await database.close()
