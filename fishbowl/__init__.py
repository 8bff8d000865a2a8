"""Online fishbowl debates: a small circle talks, everybody may join in, and nothing said is lost."""

__version__ = "0.1.0"
