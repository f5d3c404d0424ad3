"""Keeping the computable criteria of every trial in the store.

    keep.py   parsing what is due and writing it: aside, swapped in whole, like a load
    due.py    which texts are due: those that changed since they were parsed, or were parsed by another parser
    forget.py dropping the criteria of texts that changed
    rows.py   trees as rows of the tables `criteria` and `parsed_texts`, and back

A load does not parse, which takes longer than all the rest of it: it only drops the rows of texts that it changes, so
that `criteria` never shows lines that are no longer in the record. `keep` parses what is missing.
"""
