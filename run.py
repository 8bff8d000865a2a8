"""Starts the service, with the options of `fishbowl serve`; knows nothing else."""

import sys

from fishbowl.cli import main

if __name__ == "__main__":
    main(["serve", *sys.argv[1:]])
