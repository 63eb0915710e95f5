import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_config.settings.production")
application = get_wsgi_application()

# All code is loaded before the first answer, and the collector of garbage does not walk through it again and again.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
