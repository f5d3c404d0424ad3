"""A trial becomes a page in plain language, with a source under every sentence."""
