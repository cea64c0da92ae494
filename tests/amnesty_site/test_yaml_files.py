"""What is written as YAML reads as it was, and looks as a person would have typed it."""

from textwrap import dedent

from hypothesis import given, settings
from hypothesis import strategies as st

from amnesty_site.yaml_files import read, write

SIGNS = " \n\t#:-?\"'|>ab\x85\u2028\ufeff\r\x07%@`{}[],&*!"
texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    st.text(st.sampled_from(SIGNS), max_size=10),
)
values = st.recursive(
    texts,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=8,
)


def plain(value):
    if isinstance(value.content, dict):
        return {key: plain(part) for key, part in value.content.items()}
    return [*map(plain, value.content)] if isinstance(value.content, list) else value.content


@settings(deadline=None, max_examples=300)
@given(st.dictionaries(st.sampled_from("abcd"), values, min_size=1))
def test_whatever_is_written_reads_the_same(tmp_path_factory, value):
    path = tmp_path_factory.getbasetemp() / "value.yaml"
    path.write_text(write(value), encoding="utf-8", newline="\n")

    assert plain(read(path, "value.yaml")) == value


def test_files_look_as_if_a_person_had_typed_them():
    event = {"year": "1961", "themes": ["arms", "women"], "title": {"en": "No", "mn": "“Үгүй”"}}
    note = "The source says: 1961."
    body = "One.\n\nTwo.\n"

    written = write({"events": [{**event, "published_at": "", "note": note, "body": body}]})

    assert written == dedent("""\
        events:
          - year: 1961
            themes: [arms, women]
            title:
              en: No
              mn: “Үгүй”
            published_at:
            note: "The source says: 1961."
            body: |
              One.

              Two.
        """)
