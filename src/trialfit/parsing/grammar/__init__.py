"""Families of sentences, one module each: the words that announce it (CUES), and how a frame becomes a node (read).

A family's `read(frame, scope)` gives the node of what is said, as a positive statement about the person, or None where
the words are not enough for one. What the frame holds beyond what the family used is the caller's to keep.
"""

from trialfit.parsing.cues import Cues
from trialfit.parsing.grammar.cues import CUES_OF_FAMILIES, KEYS_OF_FAMILIES, SWALLOWING

FAMILY_CUES: tuple[Cues, ...] = CUES_OF_FAMILIES
FAMILY_OF_KEY: dict[str, str] = KEYS_OF_FAMILIES

__all__ = ["FAMILY_CUES", "FAMILY_OF_KEY", "SWALLOWING"]
