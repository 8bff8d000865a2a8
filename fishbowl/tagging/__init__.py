"""Tagging: the likeness of texts to questions, pure, deterministic, and taught by corrections.

Knows texts and question numbers, nothing of who said what when. Which tag is stored is decided by
`fishbowl.text.choose_tags`; this package supplies the likeness, and the two commands that read JSON lines.

    tagger = Tagger({1: "Whose outcomes?", 2: "What are the barriers?"})
    tagger.likeness("the main barrier is time")   # [(2, 0.31), (1, 0.0)]
    tagger.learn("time", [2])                     # a chair's correction; unlearn("time", [2]) undoes it
"""

from fishbowl.tagging.lines import BadLine, entities_lines, tag_lines
from fishbowl.tagging.memory import Memory
from fishbowl.tagging.tagger import Tagger

__all__ = ["BadLine", "Memory", "Tagger", "entities_lines", "tag_lines"]
