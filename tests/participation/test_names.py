"""Which names may be shown, judged by what a reader sees."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.names import fault_of_name, tidied
from participation.refusals import Refusal

FINE = (
    "",
    "Ana",
    "Marie-Claire O’Neill",
    "José Ñíguez",
    "Лев Толстой",
    "Νίκος",
    "فاطمة الزهراء",
    "王小明",
    "Anna Лев",
    "Badminton",
    "Madmin",
    "Ana 1975",
    "Rootes",
    "😀 Ana",
)
RESERVED = (
    "admin",
    "Admin",
    "ADMIN 2",
    "admin1",
    "adm1n",
    "@dmin",
    "a d m i n",
    "A.D.M.I.N",
    "ädmin",
    "adrnin",
    "аԁміп",  # Cyrillic alone
    "ａｄｍｉｎ",  # full width
    "Moderator Ana",
    "m0derat0r",
    "Modérateur",
    "Moderators",
    "Mairie",
    "Alcaldía",
    "администратор",
    "المشرف",
    "Administrator!",
    "ᴀᴅᴍɪɴ",  # small capitals
    "ʌdmin",
    "البلديه",  # as many write it
)
UNREADABLE = (
    "Ana\u200b",
    "Ana\u202eanA",
    "Ana\u2066",
    "\ufeffAna",
    "A\x00na",
    "A\x1bna",
    "\u3164",
    "\u2800Ana",
    "…",
    "123",
    "a" + "\u0301" * 9,
    "Ana\ud800",
    "Ana\ue000",
    "A\u00adna",
)


@pytest.mark.parametrize("name", FINE)
def test_names_of_people_are_fine(name):
    assert fault_of_name(tidied(name)) is None


@pytest.mark.parametrize("name", RESERVED)
def test_names_that_look_like_the_administration_are_refused(name):
    assert fault_of_name(tidied(name)) is Refusal.NAME_RESERVED


@pytest.mark.parametrize("name", ["аdmin", "Mоderator", "Αdmin", "pаypal"])
def test_alphabets_are_not_mixed_within_a_word(name):
    assert fault_of_name(tidied(name)) is Refusal.NAME_MIXED


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_seen_is_refused(name):
    assert fault_of_name(tidied(name)) is Refusal.NAME_UNREADABLE


@pytest.mark.parametrize(
    ("length", "refusal"), [(80, None), (81, Refusal.NAME_TOO_LONG), (10_000, Refusal.NAME_TOO_LONG)]
)
def test_length(length, refusal):
    assert fault_of_name("b" * length) is refusal


def test_spaces_are_tidied():
    assert tidied("  Ana \t\n María ") == "Ana María"


@given(st.text(max_size=100))
def test_whatever_is_typed_gets_an_answer(text):
    name = tidied(text)
    if fault_of_name(name) is None:
        assert len(name) <= 80
        assert not {unicodedata.category(one) for one in name} & {"Cc", "Cf", "Cs"}
