"""How words are found: stems, synonyms, scores, and which word a mistyped one was meant to be."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import combinations

import snowballstemmer

from pol.kernel.text import plain

NAME, CATEGORY, PLACE = 0, 1, 2
"""Where a word stands; a lower rank is shown earlier."""

MAX_TERMS = 6
STOP_WORDS = frozenset(
    {"ada", "atau", "dan", "dari", "dengan", "di", "isi", "ke", "per", "untuk", "yang"}
)
SAME = {  # spoken and Javanese words beside the one on the label
    "brambang": "bawang",
    "cabe": "cabai",
    "endog": "telur",
    "iwak": "ikan",
    "kerupuk": "krupuk",
    "lombok": "cabai",
    "sambel": "sambal",
    "telor": "telur",
}
_RANK_STEP = 1 << 40
_stemmer = snowballstemmer.stemmer("indonesian")


@lru_cache(maxsize=20_000)
def stem_of(word: str) -> str:
    """Return what a word has in common with its relatives: "makanan" and "makan" give "makan"."""
    stem: str = _stemmer.stemWord(SAME.get(word, word))
    return stem


def words_of(text: str) -> list[str]:
    """Return the words worth looking up, each once, in the order written."""
    words = (word for word in plain(text).split() if len(word) > 1 and word not in STOP_WORDS)
    return list(dict.fromkeys(words))


def terms_of(text: str) -> list[str]:
    """Return the stems of a query, each once, at most `MAX_TERMS`."""
    return list(dict.fromkeys(map(stem_of, words_of(text))))[:MAX_TERMS]


def score_of(rank: int, product_id: int) -> int:
    """Return a number that puts better places first and, within one place, newer products."""
    return (PLACE + 1 - rank) * _RANK_STEP + product_id


def scored_terms(product_id: int, *, name: str, category: str, place: str) -> dict[str, int]:
    """Return every stem under which a product is found, with its score at the best place."""
    scores: dict[str, int] = {}
    for rank, text in ((PLACE, place), (CATEGORY, category), (NAME, name)):
        scores.update(dict.fromkeys(map(stem_of, words_of(text)), score_of(rank, product_id)))
    return scores


def allowed_edits(word: str) -> int:
    """Return how many typing errors are forgiven: short words are too alike for any."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


def shapes_of(word: str) -> set[str]:
    """Return a word with up to its allowed number of letters left out (Garbe's SymSpell)."""
    return {
        "".join(kept)
        for left_out in range(allowed_edits(word) + 1)
        for kept in combinations(word, len(word) - left_out)
    }


def edits_between(one: str, other: str) -> int:
    """Return how many letters were added, dropped, changed or swapped with the next one.

    Damerau-Levenshtein distance in the optimal string alignment form.
    """
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, above = above, row
    return above[-1]


def closest_word(typed: str, known: Iterable[str]) -> str | None:
    """Return the known word that was meant: fewest edits, then same first letter, then A to Z."""
    ranked = sorted((edits_between(typed, word), word[0] != typed[0], word) for word in known)
    return ranked[0][2] if ranked and ranked[0][0] <= allowed_edits(typed) else None
