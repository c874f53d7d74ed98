import pytest
from hypothesis import given
from hypothesis import strategies as st

from sleutelworkshop.session.changed_words import Kind, Piece, changed_words
from sleutelworkshop.text import TEXT_LIMIT


def marked(before: str, after: str) -> str:
    signs = {Kind.SAME: "{}", Kind.GONE: "-{}-", Kind.CAME: "+{}+"}
    words = [(signs[piece.kind].format(piece.text.rstrip()), piece.text) for piece in changed_words(before, after)]
    return "".join(shown + text[len(text.rstrip()) :] for shown, text in words)


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("Kinderen kunnen verder.", "Kinderen en leraren kunnen verder.", "Kinderen +en leraren+ kunnen verder."),
        ("iedere maand een bezoek", "om de zes weken een bezoek", "-iedere maand- +om de zes weken+ een bezoek"),
        ("een twee drie", "een twee", "een twee -drie-"),
        ("een twee", "een twee drie", "een twee +drie+"),
        ("zelf verder", "zelf verder, samen", "zelf -verder- +verder, samen+"),
        ("een\ntwee\ndrie", "een\ndrie", "een\n-twee-\ndrie"),
        ("een\ntwee", "een\nnieuw", "een\n-twee- +nieuw+"),
        ("", "iets", "+iets+"),
        ("iets", "", "-iets-"),
    ],
)  # fmt: skip
def test_what_went_and_what_came_is_told_apart(before: str, after: str, shown: str) -> None:
    assert marked(before, after) == shown


def test_the_same_words_are_one_piece_also_when_the_lines_are_others() -> None:
    assert changed_words("een twee\ndrie", "een\ntwee drie") == (Piece("een\ntwee drie", Kind.SAME),)
    assert changed_words("", "") == ()


@given(st.text("ab, \n", max_size=40), st.text("ab, \n", max_size=40))
def test_both_texts_come_back_out_of_the_pieces(before: str, after: str) -> None:
    pieces = changed_words(before, after)
    assert " ".join("".join(each.text for each in pieces if each.kind is not Kind.CAME).split()) == " ".join(
        before.split()
    )
    assert " ".join("".join(each.text for each in pieces if each.kind is not Kind.GONE).split()) == " ".join(
        after.split()
    )
    assert all(piece.text[-1].isspace() for piece in pieces[:-1]), "a sign around a piece stands next to white space"


def test_the_longest_texts_take_no_time() -> None:
    letters = "ab ba " * TEXT_LIMIT
    for one, other in ((letters[:TEXT_LIMIT], letters[1 : TEXT_LIMIT + 1]), ("x " * (TEXT_LIMIT // 2), "x y " * 1_250)):
        assert changed_words(one, other)
