"""The API's description to read and try, from our own files: no other host is asked for anything."""

from csp.decorators import csp_update
from drf_spectacular.views import SpectacularSwaggerSplitView

# Swagger's own page carries styles in its text; scripts come from files, here as everywhere.
docs = csp_update({"style-src": ["'unsafe-inline'"]})(SpectacularSwaggerSplitView.as_view(url_name="schema"))
