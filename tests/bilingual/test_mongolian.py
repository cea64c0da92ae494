from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual import english, mongolian


@pytest.mark.parametrize(
    ("n", "written"),
    [
        (0, "0 дэх"),
        (1, "1 дэх"),
        (2, "2 дахь"),
        (4, "4 дэх"),
        (9, "9 дэх"),
        (10, "10 дахь"),
        (11, "11 дэх"),
        (12, "12 дахь"),
        (13, "13 дахь"),
        (20, "20 дахь"),
        (40, "40 дэх"),
        (90, "90 дэх"),
        (100, "100 дахь"),
        (111, "111 дэх"),
        (140, "140 дэх"),
        (400, "400 дахь"),
        (1_000_000, "1,000,000 дахь"),
        (887_766, "887,766 дахь"),
        (887_767, "887,767 дахь"),
        (887_769, "887,769 дэх"),
    ],
)
def test_mongolian_ordinal_follows_the_last_word_of_the_number(n, written):
    assert mongolian.ordinal(n) == written.replace(" ", "\u00a0")


@pytest.mark.parametrize(("n", "word"), [(12, "дугаар"), (14, "дүгээр"), (1961, "дүгээр")])
def test_mongolian_label_is_never_grouped(n, word):
    assert mongolian.label_ordinal(n) == f"{n}\u00a0{word}"


@pytest.mark.parametrize(
    ("year", "written"),
    [
        (1930, "1930-аад он"),
        (1940, "1940-өөд он"),
        (1960, "1960-аад он"),
        (1970, "1970-аад он"),
        (1980, "1980-аад он"),
        (1990, "1990-ээд он"),
        (2000, "2000-аад он"),
        (2010, "2010-аад он"),
    ],
)
def test_mongolian_decade_takes_the_suffix_of_its_tens(year, written):
    assert mongolian.decade(year) == written


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Хүний эрх", "khunii-erkh"),
        ("Түүх", "tuukh"),
        ("Цаазаар авах ял", "tsaazaar-avakh-yal"),
        ("Өнөөдөр", "onoodor"),
        ("Ёс зүй", "yos-zui"),
        ("Сургууль", "surguuli"),
        ("Шударга ёс", "shudarga-yos"),
        ("1960-аад он", "1960-aad-on"),
        ("Ялгаварлан гадуурхалт", "yalgavarlan-gaduurkhalt"),
        ("Abolish the death penalty", "abolish-the-death-penalty"),
        ("Café — U2", "cafe-u2"),
        ("…", ""),
    ],
)
def test_slug_follows_the_national_standard(text, slug):
    assert mongolian.slug(text) == slug


@given(st.text())
def test_slug_is_always_an_address(text):
    slug = mongolian.slug(text)

    assert slug == mongolian.slug(slug)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


@pytest.mark.parametrize(
    ("made", "written"),
    [
        (mongolian.date(date(2015, 12, 3)), "2015 оны 12-р сарын 3"),
        (mongolian.short_date(date(2015, 12, 3)), "2015.12.03"),
        (mongolian.official_date(date(2015, 12, 3)), "2015 оны 12 дугаар сарын 3-ны өдөр"),
        (mongolian.official_date(date(2015, 9, 21)), "2015 оны 9 дүгээр сарын 21-ний өдөр"),
        (mongolian.month(12), "12-р сар"),
        (mongolian.year(1961), "1961 он"),
        (mongolian.year(1961, "genitive"), "1961 оны"),
        (mongolian.year(1961, "dative"), "1961 онд"),
        (mongolian.year(2004, "ablative"), "2004 оноос"),
    ],
)
def test_dates_and_years_take_their_cases(made, written):
    assert made.replace("\u00a0", " ") == written


# The days that take -ний, as the spelling dictionary has them
FRONT_DAYS = {1, 4, 9, 11, 14, 19, 21, 24, 29, 31}


@pytest.mark.parametrize("day", range(1, 32))
def test_the_genitive_of_a_day_follows_its_last_word(day):
    written = mongolian.official_date(date(2015, 1, day))

    assert written.endswith(f"{day}-ний өдөр" if day in FRONT_DAYS else f"{day}-ны өдөр")


@pytest.mark.parametrize(
    ("n", "written"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (111, "111th"),
        (1_012, "1,012th"),
        (887_766, "887,766th"),
        (887_771, "887,771st"),
        (887_772, "887,772nd"),
        (887_773, "887,773rd"),
    ],
)
def test_english_ordinal(n, written):
    assert english.ordinal(n) == written
