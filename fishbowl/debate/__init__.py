"""The rules of a debate.

Pure: no clock, no randomness, no I/O, no await; time and ids arrive with the command.

Read in this order: `vocabulary` (the words), `events` (what can happen), `commands` (what can be asked),
`state` and `evolve` (how a debate stands, and how each record changes it), `decide` (what follows from a
command), `settle` (what follows by itself). The rules proper are in `seats`, `floor`, `phases`, `people`.
"""
