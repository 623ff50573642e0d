from sqlalchemy import select
from sqlalchemy.orm import Session

from pol.catalogue.models import Product, SearchTerm, SearchWord
from pol.catalogue.services.search_index import index_product, unindex_product
from tests.factories.catalogue import make_category, make_market, make_product, make_stall


def _bandeng() -> Product:
    stall = make_stall(make_market("Pasar Babat"), name="Mina Jaya")
    category = make_category("Ikan tambak", parent=make_category("Ikan"))
    return make_product(stall, name="Bandeng segar", category=category)


def _terms(session: Session, product: Product) -> set[str]:
    return set(session.scalars(select(SearchTerm.term).where(SearchTerm.product_id == product.id)))


def test_a_product_is_known_by_name_categories_stall_and_market(session: Session) -> None:
    product = _bandeng()
    expected = {"bandeng", "segar", "ikan", "tambak", "mina", "jaya", "pasar", "babat"}
    assert _terms(session, product) == expected


def test_indexing_again_follows_the_new_name(session: Session) -> None:
    product = _bandeng()
    product.name = "Mujair segar"
    index_product(product.id)
    index_product(product.id)
    assert {"mujair", "segar"} < _terms(session, product)
    assert "bandeng" not in _terms(session, product)


def test_a_product_that_is_taken_out_is_under_no_word(session: Session) -> None:
    product = _bandeng()
    unindex_product(product.id)
    assert _terms(session, product) == set()


def test_words_are_learnt_once_with_their_shapes(session: Session) -> None:
    _bandeng()
    _bandeng()
    words = session.scalars(select(SearchWord.word).where(SearchWord.shape == "badeng")).all()
    assert words == ["bandeng"]
