"""How good the tagger is: best guesses after 0, 1, 2 and 5 corrections a question, calibration, noise, cost.

    python -m tests.benchmarks.tagging            all of it, beside baselines in the same run
    python -m tests.benchmarks.tagging --fit      the curve of fishbowl/tagging/confidence.py, fitted anew
    python -m tests.benchmarks.tagging --live     noise and cost alone
    python -m tests.benchmarks.tagging --plot F   the reliability plot as SVG
    python -m tests.benchmarks.tagging --share    what tagging takes of the loop's CPU at 200 posts a second
    python -m tests.benchmarks.tagging --asking   how often a chair who goes on to a question is understood

Reads the real sets from ../shared/data/tagging. Corrections are drawn by two fixed seeds and not scored. The
texts come through `tag_lines`, as with `fishbowl tag`.
"""

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import process_time

from fishbowl.tagging import Memory
from fishbowl.tagging.confidence import LEVELS
from fishbowl.text import choose_tags, find_entities
from tests.benchmarks.tagging import methods
from tests.benchmarks.tagging.asking import print_asking
from tests.benchmarks.tagging.calibration import bins, error, fitted, guesses, left_out
from tests.benchmarks.tagging.plot import drawn as plot_drawn
from tests.benchmarks.tagging.sets import DATA, SETS, read, runs
from tests.benchmarks.tagging.share import print_share

CORRECTIONS = (0, 1, 2, 5)
SEEDS = (1, 2)


def main() -> None:
    if not DATA.exists():
        print(f"no data here: {DATA}")
    elif sys.argv[1:] == ["--fit"]:
        curve = fitted(guesses(CORRECTIONS))
        print("BASE, BEST, LEAD, TAUGHT = " + ", ".join(f"{value:.2f}" for value in curve))
    elif sys.argv[1:] == ["--share"]:
        print_share()
    elif sys.argv[1:] == ["--asking"]:
        print_asking()
    elif sys.argv[1:2] == ["--plot"]:
        shown = left_out(guesses(CORRECTIONS), LEVELS["helpful"])
        Path(sys.argv[2]).write_text(plot_drawn(bins(shown), len(shown)), encoding="utf-8")
    else:
        if sys.argv[1:] != ["--live"]:
            print_accuracy()
            print_calibration()
        print_noise()
        print_times()


def print_accuracy() -> None:
    known: dict[str, methods.Method] = {
        "fishbowl": methods.ours,
        "commonest": methods.commonest,
        "word overlap": methods.word_overlap,
        "BM25": methods.bm25,
    }
    if (sentence := methods.minilm()) is not None:
        known["MiniLM"] = sentence
    print("best guess right after k corrections a question\n")
    print(f"{'':16}{'':14}" + "".join(f"{f'k = {k}':>8}" for k in CORRECTIONS))
    for name in SETS:
        for method, guess in known.items():
            print(f"{name:16}{method:14}" + "".join(f"{_accuracy(name, k, guess):8.3f}" for k in CORRECTIONS))


def _accuracy(name: str, k: int, guess: methods.Method) -> float:
    right = total = 0
    for seed in SEEDS:
        for run in runs(name, k, seed):
            found = guess(run)
            right += sum(one in line.right for one, line in zip(found, run.scored, strict=True))
            total += len(found)
    return right / total


def print_calibration() -> None:
    """Shown guesses pooled over sets and corrections: by the shipped curve, and by curves left out."""
    seen = guesses(CORRECTIONS)
    print("\nshown, right, calibration error")
    for level, least in LEVELS.items():
        at = [(one.confidence, one.right) for one in seen if one.confidence and one.confidence >= least]
        if at:
            print(
                f"{level:12}{len(at):8} of {len(seen)}{sum(r for _, r in at) / len(at):8.3f}{error(at):8.3f}"
            )
    outside = left_out(seen, LEVELS["helpful"])
    print(
        f"helpful, by curves that have not seen the group: {len(outside)} shown, error {error(outside):.3f}"
    )
    for mean, right, size in bins(outside):
        print(f"    said {mean:.2f}   right {right:.2f}   of {size}")


def print_noise() -> None:
    """How many messages before the first question of a meeting are tagged at "helpful"."""
    early = tagged = 0
    for meeting in read("meetings"):
        memory = Memory(dict(enumerate(meeting["questions"], 1)))
        for item in meeting["items"]:
            if item["focus"] == 0 and not item["chair"]:
                early += 1
                tagged += bool(memory.likely(item["text"], "helpful", focused=False))
    print(f"\nbefore the first question: {tagged} of {early} messages tagged by likeness")


def print_times() -> None:
    """CPU time of what the loop does for a post that nothing stronger decides, part by part."""
    print(f"\nmedian / worst, us{'':6}{'entities':>14}{'likeness':>14}{'learning':>14}")
    for name in SETS:
        run = runs(name, 0)[0]
        parts = zip(*_costs(run.questions, [line.text for line in run.lines]), strict=True)
        print(f"{name:24}" + "".join(f"{median(part):7.0f} /{max(part):5.0f}" for part in parts))


def _costs(questions: tuple[str, ...], texts: list[str]) -> Iterator[tuple[float, ...]]:
    memory = Memory(dict(enumerate(questions, 1)))
    numbers = range(1, len(questions) + 1)
    for place, text in enumerate(texts):
        times = [process_time()]
        find_entities(text)
        times.append(process_time())
        likely = memory.likely(text, "helpful")
        times.append(process_time())
        memory.keep(place, text, choose_tags(questions=numbers, likely=likely))
        times.append(process_time())
        yield tuple((after - before) * 1e6 for before, after in pairwise(times))


if __name__ == "__main__":
    main()
