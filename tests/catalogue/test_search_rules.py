from pol.catalogue.rules.search import (
    CATEGORY,
    NAME,
    PLACE,
    closest_word,
    edits_between,
    score_of,
    scored_terms,
    shapes_of,
    terms_of,
)


def test_words_of_one_family_share_a_stem() -> None:
    assert terms_of("Makanan") == terms_of("makan") == ["makan"]
    assert terms_of("sayur-sayuran") == ["sayur"]


def test_spoken_words_lead_to_the_word_on_the_label() -> None:
    assert terms_of("cabe lombok") == terms_of("cabai")
    assert terms_of("kerupuk") == terms_of("krupuk")


def test_little_words_and_single_letters_are_not_looked_up() -> None:
    assert terms_of("ikan dari laut & x") == ["ikan", "laut"]
    assert terms_of("  !? ") == []


def test_a_word_of_the_name_stands_before_a_word_of_the_category_before_one_of_the_place() -> None:
    assert score_of(NAME, 1) > score_of(CATEGORY, 2**31 - 1) > score_of(PLACE, 2**31 - 1)
    assert score_of(NAME, 8) > score_of(NAME, 7)


def test_a_word_counts_where_it_stands_best() -> None:
    scores = scored_terms(7, name="Ikan bandeng", category="Ikan", place="Pasar Ikan")
    assert scores == {
        "ikan": score_of(NAME, 7),
        "bandeng": score_of(NAME, 7),
        "pasar": score_of(PLACE, 7),
    }


def test_edits_count_letters_added_dropped_changed_and_swapped() -> None:
    assert edits_between("bandeng", "bandneg") == 1
    assert edits_between("bandeng", "bandegn") == 1
    assert edits_between("bandeng", "badeng") == 1
    assert edits_between("bandeng", "bandang") == 1
    assert edits_between("", "tahu") == 4


def test_a_mistyped_word_meets_the_right_one_in_a_shape() -> None:
    assert shapes_of("bandeg") & shapes_of("bandeng")
    assert shapes_of("brondnog") & shapes_of("brondong")
    assert shapes_of("teh") == {"teh"}


def test_the_closest_word_wins_and_ties_are_settled_the_same_way_always() -> None:
    assert closest_word("bandeg", ["bandang", "bandeng"]) == "bandeng"
    assert closest_word("tahi", ["tali", "tahu"]) == "tahu"
    assert closest_word("tempo", ["lempo", "tempe"]) == "tempe"


def test_short_words_and_far_words_are_left_alone() -> None:
    assert closest_word("teh", ["tek"]) is None
    assert closest_word("bandeng", ["rantang"]) is None
    assert closest_word("bandeng", []) is None
