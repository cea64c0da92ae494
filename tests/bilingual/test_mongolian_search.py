"""Comparing, sorting and finding Mongolian words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual import mongolian

TEXTS = st.text(alphabet=st.sampled_from("абөүёйьъєїvVYXaeocp ҮӨЯ-12.'é\u0306и"), max_size=40)


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ХҮНИЙ", "хүний"),
        ("хvний", "хүний"),
        ("ХYНИЙ", "хүний"),
        ("хїний єдєр", "хүний өдөр"),
        ("Xүний эpx", "хүний эрх"),
        ("и\u0306", "й"),
        ("U2 video", "u2 video"),
        ("үс ус өр ор", "үс ус өр ор"),
    ],
)
def test_what_looks_the_same_is_compared_as_the_same(typed, folded):
    assert mongolian.fold(typed) == folded


@given(st.one_of(st.text(), TEXTS))
def test_folding_twice_is_folding_once(text):
    assert mongolian.fold(mongolian.fold(text)) == mongolian.fold(text)


def test_words_sort_as_in_a_mongolian_dictionary():
    shuffled = ["өр", "U2", "яс", "ор", "12", "үс", "тал", "ёс", "ес", "фонд", "ус", "Ангараг"]
    ordered = ["12", "Ангараг", "ес", "ёс", "ор", "өр", "тал", "ус", "үс", "фонд", "яс", "U2"]

    assert sorted(shuffled, key=mongolian.sort_key) == ordered


@given(TEXTS, TEXTS)
def test_sort_keys_are_equal_only_for_what_is_compared_as_the_same(one, other):
    same = mongolian.fold(one) == mongolian.fold(other)

    assert (mongolian.sort_key(one) == mongolian.sort_key(other)) is same


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("Хvний эрх", {"Хvний": "Хүний"}),
        ("хїний єдєр, єдєр", {"хїний": "хүний", "єдєр": "өдөр"}),
        ("Xүний эpx", {"Xүний": "Хүний", "эpx": "эрх"}),
        ("Эмнестиs", {"Эмнестиs": "Эмнестиs"}),
        ("U2, Observer сонин", {}),
    ],
)
def test_words_with_foreign_letters_are_named_with_what_to_write(text, mended):
    assert mongolian.mended_words(text) == mended


@pytest.mark.parametrize(
    ("text", "is_russian"),
    [
        ("Она горит и не гаснет.", True),
        ("Письмо из Лондона от друга", True),
        ("Лаа шатаж байна.", False),
        ("С. Дамба, В. Путин", False),
        ("Хүний эрх и в не", False),
        ("", False),
    ],
)
def test_russian_is_told_by_its_small_words(text, is_russian):
    assert mongolian.looks_russian(text) is is_russian


@given(st.one_of(st.text(), TEXTS))
def test_a_mended_word_needs_no_more_mending(text):
    for right in mongolian.mended_words(text).values():
        assert mongolian.mended_words(right) in ({}, {right: right})


@pytest.mark.parametrize(
    ("word", "skeleton"),
    [
        ("хоригдол", "хоргдл"),
        ("хоригдлыг", "хоргдлг"),
        ("сургууль", "сургл"),
        ("сургуулийн", "сурглн"),
        ("хүүхэд", "хүхд"),
        ("эрх", "эрх"),
        ("ь", ""),
    ],
)
def test_a_skeleton_keeps_what_suffixes_do_not_change(word, skeleton):
    assert mongolian.skeleton(word) == skeleton
