"""The demo's settings with one more address: a bare view behind the same middleware."""

from site_config.settings.demo import *  # noqa: F403

ROOT_URLCONF = "tests.load.bench_urls"
