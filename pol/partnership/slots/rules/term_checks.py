"""The trading-term checker: the terms of a call against the dated rules of a day."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date

from pol.kernel.money import Rupiah
from pol.kernel.text import decimal, plain
from pol.partnership.slots.rules import ChargeKind
from pol.partnership.slots.rules import TermRuleKind as Kind
from pol.partnership.slots.rules.terms import Finding, Rule, Terms, Wrong, charges_share_bp

VAGUE = re.compile(
    r"(biaya )?((dan )?lain( lain)?(nya)?|dll|dsb|dst|etc|others?|misc|tambahan|umum|khusus)"
)
"""Names that name nothing, after "biaya" or alone."""
INDONESIAN = frozenset(
    {"yang", "dan", "di", "ke", "dari", "untuk", "dengan", "ini", "pada", "kami", "tidak", "oleh"}
    | {"setiap", "tiap", "barang", "toko", "rak", "produk", "ruang", "lamongan", "umkm", "lokal"}
)
ENGLISH = frozenset(
    {"the", "and", "of", "to", "for", "with", "this", "that", "on", "we", "you", "your", "our"}
    | {"will", "not", "is", "are", "by", "each", "every", "goods", "store", "shelf", "products"}
)
AVERAGE_BP = 10_000


class ChargesTooHigh(Wrong):
    message = (
        "Biaya di luar margin %(share)s %% dari perkiraan penjualan, batasnya %(limit)s %%. "
        "Kurangi %(over)s %%, kira-kira %(amount)s tiap periode."
    )


class SharesTooHigh(Wrong):
    message = (
        "Biaya di luar margin %(share)s %% dari penjualan, batasnya %(limit)s %%. "
        "Kurangi paling sedikit %(over)s %%."
    )


class SalesUnknown(Wrong):
    message = (
        "Ada biaya tetap, tetapi perkiraan penjualan satu produsen dalam satu periode kosong, jadi "
        "batas %(limit)s %% tidak bisa dihitung. Isi perkiraannya, atau hapus biaya tetapnya."
    )


class PaidTooLate(Wrong):
    message = "Masa bayar Anda %(yours)s hari, batasnya %(limit)s hari. Kurangi %(over)s hari."


class ListingFeeOnOldGoods(Wrong):
    message = (
        "Biaya “%(name)s” ikut dikenakan pada barang yang sudah pernah dijual. "
        "Centang “hanya barang baru”, atau hapus biaya itu."
    )


class ListingFee(Wrong):
    message = "Produsen kecil diminta biaya “%(name)s”. Hapus biaya itu."


class TooLittleSpace(Wrong):
    message = (
        "Ruang barang lokal di toko pembukaan ini %(yours)s %% dari panjang raknya, "
        "batasnya %(limit)s %%. Tambah ruang atau toko."
    )


class PoorPlaces(Wrong):
    message = (
        "Semua ruang yang dibuka ada di ambalan yang penjualannya di bawah rata-rata "
        "(paling baik %(best)s %%). Tambahkan satu ambalan setinggi mata atau tangan."
    )


class NotWritten(Wrong):
    message = "Judul atau uraiannya masih kosong. Tulis keduanya dengan bahasa Indonesia."


class NotIndonesian(Wrong):
    message = "Uraiannya tampak bukan bahasa Indonesia. Tulis ulang dengan bahasa Indonesia."


class ChargeWithoutName(Wrong):
    message = (
        "Biaya “%(name)s” tidak menyebut untuk apa. Tulis nama yang jelas, misalnya “biaya "
        "promosi brosur”, atau hapus biaya itu."
    )


class FineOneWay(Wrong):
    message = (
        "Denda untuk produsen %(short)s %%, denda untuk toko yang telat bayar %(late)s %%. "
        "Naikkan denda telat bayar menjadi %(short)s %%, atau turunkan denda produsen."
    )


class ShortageOneWay(Wrong):
    message = (
        "Produsen membayar “%(name)s” bila kurang kirim, tetapi toko yang telat bayar tidak "
        "didenda. Isi denda telat bayar, atau hapus biaya itu."
    )


def _percent(basis_points: int) -> str:
    return decimal(basis_points * 10)


def _charges(terms: Terms, rule: Rule) -> Wrong | None:
    share, limit = charges_share_bp(terms), _percent(rule.number)
    if share is None:
        return SalesUnknown(limit=limit)
    over = share - rule.number
    if over <= 0:
        return None
    values = {"share": _percent(share), "limit": limit, "over": _percent(over)}
    if not terms.expected_sales:
        return SharesTooHigh(**values)
    amount = -(-terms.expected_sales.amount * over // 10_000)
    return ChargesTooHigh(**values, amount=str(Rupiah(amount)))


def _payment_days(terms: Terms, rule: Rule) -> Wrong | None:
    """Bills above the threshold are outside the rule; unknown sales are taken for small ones."""
    large = rule.threshold and terms.expected_sales and terms.expected_sales > rule.threshold
    over = terms.payment_days - rule.number
    if large or over <= 0:
        return None
    return PaidTooLate(yours=str(terms.payment_days), limit=str(rule.number), over=str(over))


def _listing_fee(terms: Terms) -> str | None:
    fees = (charge for charge in terms.paid if charge.kind is ChargeKind.LISTING_FEE)
    return next((fee.name for fee in fees), None)


def _new_goods(terms: Terms, rule: Rule) -> Wrong | None:
    name = _listing_fee(terms)
    return None if name is None or terms.new_goods_only else ListingFeeOnOldGoods(name=name)


def _free_for_small(terms: Terms, rule: Rule) -> Wrong | None:
    name = _listing_fee(terms)
    return None if name is None else ListingFee(name=name)


def _space(terms: Terms, rule: Rule) -> Wrong | None:
    """Without a number "strategic" is all that can be looked at: one shelf that sells well."""
    if rule.number and terms.area_share_bp is not None and terms.area_share_bp < rule.number:
        return TooLittleSpace(yours=_percent(terms.area_share_bp), limit=_percent(rule.number))
    if terms.best_level_bp is not None and terms.best_level_bp < AVERAGE_BP:
        return PoorPlaces(best=_percent(terms.best_level_bp))
    return None


def _written(terms: Terms, rule: Rule) -> Wrong | None:
    if not terms.title.strip() or not terms.about.strip():
        return NotWritten()
    words = plain(f"{terms.title} {terms.about}").split()
    foreign = sum(word in ENGLISH for word in words)
    return NotIndonesian() if foreign > sum(word in INDONESIAN for word in words) else None


def _closed_list(terms: Terms, rule: Rule) -> Wrong | None:
    for charge in terms.paid:
        name = plain(charge.name)
        if not name or name == "biaya" or VAGUE.fullmatch(name):
            return ChargeWithoutName(name=charge.name.strip() or "–")
    return None


def _fines(terms: Terms, rule: Rule) -> Wrong | None:
    if terms.short_fine_bp > terms.late_fine_bp:
        return FineOneWay(short=_percent(terms.short_fine_bp), late=_percent(terms.late_fine_bp))
    shortage = next((c.name for c in terms.paid if c.kind is ChargeKind.SHORTAGE), None)
    return (
        ShortageOneWay(name=shortage) if shortage is not None and not terms.late_fine_bp else None
    )


CHECKS: Mapping[Kind, Callable[[Terms, Rule], Wrong | None]] = {
    Kind.CHARGES_MOST_BP: _charges,
    Kind.PAYMENT_DAYS_MOST: _payment_days,
    Kind.LISTING_FEE_NEW_GOODS_ONLY: _new_goods,
    Kind.LISTING_FEE_FREE_FOR_SMALL: _free_for_small,
    Kind.AREA_SHARE_LEAST_BP: _space,
    Kind.WRITTEN_IN_INDONESIAN: _written,
    Kind.CLOSED_LIST_OF_CHARGES: _closed_list,
    Kind.FINES_BOTH_WAYS: _fines,
}


def check(terms: Terms, rules: Iterable[Rule], *, day: date) -> tuple[Finding, ...]:
    """Return what rules of that day find wrong, those that bind first."""
    found = [
        Finding(rule, wrong)
        for rule in rules
        if rule.holds_on(day) and rule.speaks_about(terms.form)
        if (wrong := CHECKS[rule.kind](terms, rule)) is not None
    ]
    return tuple(sorted(found, key=lambda finding: (not finding.binds, finding.rule.code)))


def blocks(findings: Iterable[Finding]) -> bool:
    """Answer whether a reason must be stated before publishing."""
    return any(finding.binds for finding in findings)
