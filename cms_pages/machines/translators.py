"""The machines that the translation tool can be set to. What comes back with a lost placeholder or link is not used."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from wagtail.models import Locale
from wagtail_localize.machine_translators.base import BaseMachineTranslator
from wagtail_localize.machine_translators.deepl import DeepLTranslator
from wagtail_localize.strings import StringValue

from cms_pages.machines.asking import ask, chunks
from cms_pages.machines.failures import MachineFailed
from cms_pages.translation.fidelity import PLACEHOLDER, fault_in

KEPT = re.compile(r'<span translate="no">(.*?)</span>', re.DOTALL)
Words = dict[StringValue, StringValue]


def guarded(words: str) -> str:
    """Placeholders marked as not to be translated."""
    return PLACEHOLDER.sub(r'<span translate="no">\g<0></span>', words)


def bare(words: str) -> str:
    return KEPT.sub(r"\1", words)


def plain_code(locale: Locale) -> str:
    return locale.language_code.split("-")[0]


class InChunks(BaseMachineTranslator, ABC):
    """Asks for some strings at a time. `said_of` puts one question and returns as many strings as it was given."""

    def translate(self, source_locale: Locale, target_locale: Locale, strings: Iterable[StringValue]) -> Words:
        found: Words = {}
        for chunk in chunks([string.data for string in strings]):
            said = self.said_of(source_locale, target_locale, [guarded(words) for words in chunk])
            if not isinstance(said, list) or len(said) != len(chunk) or not all(isinstance(one, str) for one in said):
                raise MachineFailed
            pairs = zip(chunk, map(bare, said), strict=True)
            found |= {StringValue(a): StringValue(b) for a, b in pairs if b.strip() and not fault_in(a, b)}
        return found

    @abstractmethod
    def said_of(self, source_locale: Locale, target_locale: Locale, strings: list[str]) -> Any: ...


class LibreTranslate(InChunks):
    """A server of the town's own. Options: URL, API_KEY, TIMEOUT in seconds."""

    display_name = "LibreTranslate"

    def can_translate(self, source_locale: Locale, target_locale: Locale) -> bool:
        return plain_code(source_locale) != plain_code(target_locale)

    def said_of(self, source_locale: Locale, target_locale: Locale, strings: list[str]) -> Any:
        body = {
            "q": strings,
            "source": plain_code(source_locale),
            "target": plain_code(target_locale),
            "format": "html",
        }
        if key := self.options.get("API_KEY"):
            body["api_key"] = key
        address = self.options["URL"].rstrip("/") + "/translate"
        answer = ask(address, seconds=self.options["TIMEOUT"], headers={}, body=body)
        return answer.get("translatedText") if isinstance(answer, dict) else None


class DeepL(InChunks, DeepLTranslator):
    """The translation tool's own, asked in the same careful way. Options: AUTH_KEY, TIMEOUT; URL for another door."""

    display_name = "DeepL"

    def get_api_endpoint(self) -> str:
        return self.options.get("URL") or super().get_api_endpoint()

    def said_of(self, source_locale: Locale, target_locale: Locale, strings: list[str]) -> Any:
        body = self.get_parameters(source_locale, target_locale, [StringValue(words) for words in strings])
        seconds, headers = self.options["TIMEOUT"], self.get_headers()
        answer = ask(self.get_api_endpoint(), seconds=seconds, headers=headers, body=body)
        said = answer.get("translations") if isinstance(answer, dict) else None
        return [one.get("text") for one in said if isinstance(one, dict)] if isinstance(said, list) else None
