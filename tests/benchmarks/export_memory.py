"""What the export of a long debate takes beside the service it runs in: memory, and CPU.

    python -m tests.benchmarks.export_memory FORMAT [CONTRIBUTIONS [resident|allocated]]

100,000 contributions unless told otherwise. Their records are made when they are read, so that nothing but
the export is counted, after a short debate was exported, so that what is loaded once is loaded. The figures
are megabytes: by how much the process grew at most; and, in a process of its own, for it makes everything
slow, what was allocated at most at a time, by tracemalloc.
"""

import ctypes
import gc
import subprocess
import sys
import time
import tracemalloc
from collections import deque
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from fishbowl.debate.record import Record
from fishbowl.transcript import render
from tests.transcript.stored import LongDebate

MEGABYTE: Final = 2**20
RESIDENT: Final = "resident"
ALLOCATED: Final = "allocated"


def allocated(ending: str, records: Iterable[Record]) -> float:
    """The most that was allocated at a time while the file was made, in megabytes."""
    tracemalloc.start()
    try:
        _export(ending, records)
        return tracemalloc.get_traced_memory()[1] / MEGABYTE
    finally:
        tracemalloc.stop()


def grown(ending: str, records: Iterable[Record]) -> float:
    """By how many megabytes the process grew at most."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")  # from now on the most it has is counted anew
    before = _most_resident()
    _export(ending, records)
    return (_most_resident() - before) / MEGABYTE


def _export(ending: str, records: Iterable[Record]) -> None:
    """Make the file, and throw it away piece by piece."""
    deque(render(ending, records), maxlen=0)


def _most_resident() -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def main() -> None:
    ending, contributions, *only = [*sys.argv[1:2], *(sys.argv[2:] or ["100000"])]
    if not only:
        for figure in (RESIDENT, ALLOCATED):
            command = [sys.executable, "-m", "tests.benchmarks.export_memory", ending, contributions, figure]
            subprocess.run(command, check=True)
        return
    _export(ending, LongDebate(300))
    debate = LongDebate(int(contributions))
    began = time.process_time()
    megabytes = {RESIDENT: grown, ALLOCATED: allocated}[only[0]](ending, debate)
    spent = time.process_time() - began
    print(f"{contributions} as {ending}, {spent:.1f} s of CPU, megabytes {only[0]}: {megabytes:.1f}")


if __name__ == "__main__":
    main()
