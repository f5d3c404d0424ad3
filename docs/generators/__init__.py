"""The pages of the reference, one module each; `markdown()` returns the page."""
