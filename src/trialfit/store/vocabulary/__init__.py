"""The compiled vocabulary: the packaged one and public sources, merged into one SQLite file.

    building.py   what `trialfit vocabulary build` does: read, merge, write aside, swap
    merging.py    which entries of which sources are the same thing
    naming.py     which thing each way of writing means
    hierarchy.py  what is a kind of what, without circles
    writing.py    the file: tables, and rows into them
    athena.py     a user's own OMOP vocabulary added to it, in a stream
    compiled.py   reading it: a ConceptIndex
    place.py      where it is

SQLite, not DuckDB: a look-up is a walk down one B-tree in this process (some 10 microseconds; DuckDB plans and scans,
some hundred times that), opening costs a millisecond, and pages are mapped and shared among processes.
"""
