"""How well eligibility text is understood, against annotated text that the project does not carry, and how fast.

    python -m bench.eligibility [--only NAME ...] [--json FILE]     every measure, or some
    python -m bench.eligibility --errors NAME N                     what was missed, by cause, N examples of each
    python -m bench.eligibility --sample N --seed S                 criteria to judge by reading; see `review`
    python -m bench.eligibility --judged FILE                       count what was judged

One module a gold set: how a set was made decides what of it can count, and each module says so. The parser is asked
only through `criteria_of` (and `mentions_of` where there is one): the scorers read the same trees that everything
else reads, and none of the parser's own tables.
"""
