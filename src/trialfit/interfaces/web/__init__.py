"""The web site: pages from the store, rendered on the server, without a script and without a request elsewhere."""

from trialfit.interfaces.web.application import create_app
from trialfit.interfaces.web.server import serve

__all__ = ["create_app", "serve"]
