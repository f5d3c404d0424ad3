"""Posted results of other trials: which are alike, and what they found."""
