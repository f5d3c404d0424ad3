"""Which concepts of the vocabulary are families of their own, and which families take in the rest of a sentence."""

FAMILY_OF_KEY: dict[str, str] = {
    "age": "age",
    "life-expectancy": "life_expectancy",
    "measurable-disease": "measurable",
    "pregnancy": "pregnant",
    "lactation": "lactating",
    "allergy": "allergy",
    "drug-allergy": "allergy",
}
"""Concepts of the vocabulary that are families of their own."""

SWALLOWING = frozenset(
    {
        "finding",
        "contraindication",
        "no_commitment",
        "pregnancy_plan",
        "consent",
        "contraception",
        "commitment",
        "judgement",
        "allergy",
        "toxicity",
    }
)
"""Families whose sentence goes on about what is agreed to or judged: what follows is part of it."""
