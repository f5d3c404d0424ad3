"""Eligibility text, read: `markup` says what the characters mean, `outline` where each criterion is.

Pure functions on strings. Text is never refused: what cannot be read stays as it was written.
"""
