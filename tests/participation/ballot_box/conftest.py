import pytest


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    """Keys and bundles of a test are its own."""
    settings.BALLOT_KEY_DIR = str(tmp_path / "keys")
    settings.BUNDLE_DIR = str(tmp_path / "bundles")
