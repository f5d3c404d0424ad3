"""What the world tells us, as frozen values: trials and everything a registry says of them."""

from trialfit.records.trial import Trial

__all__ = ["Trial"]
