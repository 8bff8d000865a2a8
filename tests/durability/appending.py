"""A program that appends, one record after another, and says of each what became of it.

    python -m tests.durability.appending STORE RECORDS [SYNCHRONOUS]

It is run under strace, which sees what it says and what reaches the disk in one order.
"""

import asyncio
import os
import sys
from pathlib import Path

from fishbowl.log import connection
from fishbowl.log.contract import Unavailable
from fishbowl.log.database import Database
from fishbowl.log.sqlite import SqliteLog
from tests.log.samples import created, posted


def say(words: str) -> None:
    """In one write, so that the trace has it in one line."""
    os.write(1, f"{words}\n".encode())


async def append(store: Path, records: int) -> None:
    database = await Database.open(store)
    log = SqliteLog(database)
    await log.create("pond", [created()], "e1")
    say("created")
    for number in range(records):
        head = await log.head("pond")
        try:
            await log.append("pond", head, [posted(head + 1, f"text {number}")])
        except Unavailable:
            say(f"refused {number}")
        else:
            say(f"stored {number}")
    await database.close()


if __name__ == "__main__":
    for synchronous in sys.argv[3:]:
        connection.WRITER_PRAGMAS = (f"PRAGMA synchronous = {synchronous}",)
    asyncio.run(append(Path(sys.argv[1]), int(sys.argv[2])))
