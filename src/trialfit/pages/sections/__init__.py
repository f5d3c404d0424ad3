"""The sections of a trial page, in order. Each module has ID, HEADING and `blocks(subject)`.

A section is there for every trial: where the record is silent, it says so.
"""
