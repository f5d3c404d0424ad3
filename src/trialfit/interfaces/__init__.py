"""The doors: each translates a request, calls trialfit.app, and translates the answer back."""
