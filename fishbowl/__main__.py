"""`python -m fishbowl`: the command line, with all its commands."""

from fishbowl.cli import main

if __name__ == "__main__":
    main(prog_name="fishbowl")
