"""A program that appends, one record after another, and says of each what became of it.

    python -m tests.durability.appending STORE RECORDS DEBATES [SYNCHRONOUS]

It goes on where the store stands, so that it can be killed and started again. Under strace what it says and
what reaches the disk are seen in one order.
"""

import asyncio
import os
import sys
from pathlib import Path

from fishbowl.log import connection
from fishbowl.log.contract import NoSuchDebate, Unavailable
from fishbowl.log.database import Database
from fishbowl.log.sqlite import SqliteLog
from tests.log.samples import created, posted


def say(*words: object) -> None:
    """In one write, so that nobody sees half of it."""
    os.write(1, f"{' '.join(map(str, words))}\n".encode())


async def append(log: SqliteLog, debate: str, records: int) -> None:
    """Append so many records to the debate, which is begun if need be. Each text is written once."""
    try:
        head = await log.head(debate)
    except NoSuchDebate:
        await log.create(debate, [created(debate)], "e1")
        head = 1
        say("stored", debate, 1)
    for _ in range(records):
        try:
            await log.append(debate, head, [posted(head + 1, f"{debate} {head + 1} by {os.getpid()}")])
        except Unavailable:
            say("refused", debate, head + 1)
        else:
            say("stored", debate, head + 1)
        head = await log.head(debate)


async def main(store: Path, records: int, debates: int) -> None:
    database = await Database.open(store)
    log = SqliteLog(database)
    await asyncio.gather(*(append(log, f"pond-{n}", records) for n in range(debates)))
    await database.close()


if __name__ == "__main__":
    for synchronous in sys.argv[4:]:
        connection.WRITER_PRAGMAS = (f"PRAGMA synchronous = {synchronous}",)
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
