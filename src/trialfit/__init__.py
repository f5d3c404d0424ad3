"""TrialFit: find clinical trials, read them in plain language, and see who fits them."""

__version__ = "0.1.0"
