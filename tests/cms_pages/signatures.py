"""For a service that checks signatures and terms, which the one in the suite does not: see `.ci/swift`."""

import time
from urllib.error import HTTPError

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from site_config import uploads
from tests.cms_pages.buckets import answered


@pytest.mark.parametrize("spoilt", ["signature", "key", "no signature", "late"])
def test_an_address_that_was_tampered_with_or_is_late_opens_nothing(service, settings, monkeypatch, spoilt):
    if spoilt == "late":
        monkeypatch.setattr(uploads, "LINK_SECONDS", 1)
    service.serve(settings, monkeypatch)
    name, other = (default_storage.save("minutes.txt", ContentFile(words)) for words in (b"minutes", b"secret"))
    address = default_storage.url(name)
    assert answered(address)[1] == b"minutes"
    match spoilt:
        case "signature":
            address = address[:-1] + ("0" if address[-1] != "0" else "1")
        case "key":
            address = address.replace(name, other)
        case "no signature":
            address = address.partition("?")[0]
        case "late":
            time.sleep(2.5)
    with pytest.raises(HTTPError) as refused:
        answered(address)
    assert refused.value.code in {400, 401, 403}
