"""Families of sentences, one module each: how a frame becomes a node.

A family's reader gives the node of what is said, as a positive statement about the person, or None where the words are
not enough for one. What the frame holds beyond what the family used is the caller's to keep (reading.py). The words
that announce a family stand in tables/families.tsv.
"""
