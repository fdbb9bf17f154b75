"""Everything that the program answers, written down, so that two builds can be compared.

`python -m tools.answers write DIR` asks a server of this tree, and its commands, for all that they
answer, and stores each answer in a file of its own under DIR, with the database that it was asked
of. `python -m tools.answers compare DIR_A DIR_B` shows what differs between two such folders. What
cannot be the same twice (the build's id, random ids, secrets, times) is written as a word in its
place. Only commands and HTTP are used, so that it works however the program is arranged inside.
"""
