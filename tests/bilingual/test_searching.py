"""Words find their own forms, in two languages and three ways of typing, and not others."""

from functools import cache
from itertools import permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilingual.searching import Sought, sought_words, stem, words

# A line has forms of one word, as texts of the site have them
MONGOLIAN = """
    хүн хүний хүнд хүнийг хүнээс хүмүүс хүмүүсийн хүмүүст хүмүүстэй
    эрх эрхийн эрхийг эрхэд эрхээс эрхээр эрхтэй эрхүүд эрхгүй
    сургууль сургуулийн сургуульд сургуулиас сургуулиуд сургуулиудад сургуулиудын сургуультай
    хоригдол хоригдлын хоригдлыг хоригдлууд хоригдлуудын хоригдлуудыг хоригдлоос
    гишүүн гишүүний гишүүд гишүүдийн гишүүдэд гишүүнээр гишүүнтэй
    ял ялын ялыг ялаас ялтай ялд
    цааз цаазаар цаазын цаазыг
    шүүлт шүүлтийн шүүлтийг шүүлтээс
    боловсрол боловсролын боловсролд боловсролоор боловсролыг боловсролтой
    хөдөлгөөн хөдөлгөөний хөдөлгөөнд хөдөлгөөнөөр хөдөлгөөнийг
    хууль хуулийн хуульд хуулиар хуулиуд хуулийг
    гэрээ гэрээний гэрээг гэрээнд гэрээнээс гэрээгээр
    байгууллага байгууллагын байгууллагад байгууллагууд байгууллагуудын байгууллагаас
    үзэл үзлийн үзлээ үзлийг
    сэтгэл сэтгэлийн сэтгэлээр
    нэр нэрийн нэрээр нэртэй
    төр төрийн төрд төрөөс
    улс улсын улсад улсаас улсууд улстай
    засаг засгийн
    захидал захидлын захидлыг захидлууд
    уриалга уриалгын уриалгыг уриалгаар уриалгууд
    сонин сонины сонинд сонинууд сониноос
    бүлэг бүлгийн бүлгүүд бүлгүүдийн бүлэгт
    тайлан тайлангийн тайланд тайланг тайлангууд
    шагнал шагналын шагналыг шагналтай
    хороо хорооны хороог хороонд хороод
    сайд сайдын сайдад
    иргэн иргэний иргэд иргэдийн иргэдэд
    ажил ажлын ажлыг ажлаар ажлууд ажлаас
    жил жилийн жилд жилээс жилүүд
    сургалт сургалтын сургалтад сургалтыг сургалтууд
    багш багшийн багшид багштай
    хүүхэд хүүхдийн хүүхдүүд хүүхдэд хүүхдийг хүүхдүүдийн
    эмэгтэй эмэгтэйн эмэгтэйчүүд эмэгтэйчүүдийн эмэгтэйчүүдэд
    лаа лааны лааг
    дүрвэгч дүрвэгчид дүрвэгчдийн дүрвэгсэд дүрвэгсдийн
    тэмдэг тэмдгийн тэмдэгтэй
    хил хилийн хилээр
    зэвсэг зэвсгийн зэвсгийг зэвсэгт
    хэлэлцүүлэг хэлэлцүүлгийн хэлэлцүүлэгт
    кампанит кампанитай
    дэлхий дэлхийн дэлхийд
    ард ардын
    орон орны орнууд орнуудын оронд
    төсөл төслийн төслийг төслүүд
    зөвлөл зөвлөлийн зөвлөлд
    эмнести эмнестийн эмнестид
    конвенц конвенцын конвенцод конвенцыг
"""
ENGLISH = """
    torture tortures tortured torturing
    prisoner prisoners
    right rights
    country countries
    penalty penalties
    release releases released releasing
    execute executes executed executing execution executions
    educate educating education
    stop stops stopped stopping
    campaign campaigns campaigning
    woman women
    child children
    law laws
    church churches
    group groups
    member members
    disappearance disappearances
    government governments
    nation nations
    letter letters
"""
# Known: what is left of the one without its endings begins the other
TAKEN_FOR_EACH_OTHER = {("сургууль", "сургалт"), ("сургалт", "сургууль"), ("хороо", "хоригдол")}


def families(text):
    return [line.split() for line in text.strip().splitlines()]


known = cache(Sought)


def finds(word, other):
    return known(word).is_in(other)


def test_the_list_is_long_enough_to_tell_something():
    assert sum(map(len, families(MONGOLIAN))) >= 200


@pytest.mark.parametrize("family", families(MONGOLIAN) + families(ENGLISH), ids=lambda f: f[0])
def test_every_form_of_a_word_finds_every_other(family):
    assert [pair for pair in permutations(family, 2) if not finds(*pair)] == []


@pytest.mark.parametrize("listed", [MONGOLIAN, ENGLISH], ids=["mn", "en"])
def test_a_word_finds_no_form_of_another(listed):
    pairs = [
        (finds(*forms), (one[0], other[0]))
        for one, other in permutations(families(listed), 2)
        for forms in product(one, other)
    ]

    wrong = [words for is_found, words in pairs if is_found]
    assert {*wrong} - TAKEN_FOR_EACH_OTHER == set()
    assert round(1000 * len(wrong) / len(pairs)) <= 1


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("hunii", "хүний"),
        ("khunii", "хүн"),
        ("xvn", "хүний"),
        ("erkh", "эрхийн"),
        ("erh", "эрх"),
        ("surguuli", "сургуульд"),
        ("tsaazaar", "цаазаар"),
        ("tuukh", "түүх"),
        ("geree", "гэрээний"),
        ("gishuun", "гишүүн"),
        ("shvvlt", "шүүлт"),
        ("bolovsrol", "боловсролын"),
        ("жорж", "жорж"),
        ("хvний", "хүн"),
        ("хїний", "хүн"),
        ("єдєр", "өдөр"),
        ("ХҮНИЙ", "хүн"),
    ],
)
def test_a_word_is_found_however_it_is_typed(typed, written):
    (sought,) = sought_words(typed)

    assert sought.is_in(written)


@pytest.mark.parametrize(("typed", "other"), [("үс", "ус"), ("өр", "ор"), ("art", "article")])
def test_what_only_looks_alike_is_another_word(typed, other):
    assert not finds(typed, other)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("НҮБ-ын 1960-аад он", ["нүб", "1960", "аад", "он"]),
        ("Ёс; “Observer”, U2", ["ес", "observer", "u2"]),
        ("café -- don’t", ["café", "don", "t"]),
        ("", []),
    ],
)
def test_a_text_is_divided_into_words(text, found):
    assert list(words(text)) == found


def test_a_query_has_each_word_once_and_no_common_ones():
    assert [sought.word for sought in sought_words("The rights and the rights of men")] == [
        "rights",
        "men",
    ]


def test_of_a_long_query_the_first_words_count():
    query = " ".join(f"word{n}" for n in range(50))

    assert [sought.word for sought in sought_words(query)] == [f"word{n}" for n in range(6)]


@given(st.text(max_size=60))
def test_any_word_finds_itself(text):
    for word in words(text):
        assert finds(word, word)
        assert stem(word)
