"""A crowd that is not there: people of our own invention who take part in a debate as real ones would.

For the demo, and for whoever wants to rehearse. It gives only commands that anybody may give, and is refused
like anybody. Knows the rules only by being told no; knows nothing of links, pages or sockets.
"""

from fishbowl.crowd.acts import Members
from fishbowl.crowd.crowd import Crowd
from fishbowl.crowd.head_start import HeadStart
from fishbowl.crowd.story import Lines, Story, corner_shops

__all__ = ["Crowd", "HeadStart", "Lines", "Members", "Story", "corner_shops"]
