"""The client over a real socket: each fault of the provider has one clear outcome."""

from datetime import datetime, timedelta

import pytest

from pol.kernel.money import Rupiah
from pol.payments.rules import AttemptKind, AttemptStatus
from pol.payments.rules.provider import Charge, ProviderRefused, ProviderSilent
from pol.payments.services import providers
from pol.payments.services.midtrans import Midtrans
from tests.provider.fake import FakeMidtrans


def client() -> providers.Provider:
    provider = providers.in_use()
    assert provider is not None
    return provider


def charge(reference: str = "POL-1", kind: AttemptKind = AttemptKind.QRIS) -> Charge:
    return Charge(reference, kind, Rupiah(12_500), minutes=60)


@pytest.mark.parametrize("kind", list(AttemptKind))
def test_a_charge_gives_what_the_customer_pays_to(
    midtrans: FakeMidtrans, kind: AttemptKind
) -> None:
    charged = client().charge(charge(kind=kind))
    order = midtrans.orders["POL-1"]
    assert charged.code == (order.number if order.bank else "00020101021226POL-16304ABCD")
    assert charged.expires_at is not None
    assert timedelta(minutes=58) < charged.expires_at - datetime.now(charged.expires_at.tzinfo)  # noqa: TID251
    seen = client().look("POL-1")
    assert seen is not None
    assert (seen.status, seen.amount) == (AttemptStatus.PENDING, Rupiah(12_500))


@pytest.mark.parametrize("fault", ["slow", "500", "503", "garbage", "lost"])
def test_a_charge_is_asked_for_once_whatever_happens(midtrans: FakeMidtrans, fault: str) -> None:
    midtrans.faults.append(fault)
    with pytest.raises(ProviderSilent):
        client().charge(charge())
    assert midtrans.asked == ["POST /v2/charge"]


@pytest.mark.parametrize("fault", ["slow", "500", "503", "lost"])
def test_a_question_is_asked_again(midtrans: FakeMidtrans, fault: str) -> None:
    client().charge(charge())
    midtrans.faults.append(fault)
    seen = client().look("POL-1")
    assert seen is not None
    assert midtrans.asked[1:] == ["GET /v2/POL-1/status"] * 2


def test_a_provider_that_is_down_is_not_asked_for_ever(midtrans: FakeMidtrans) -> None:
    midtrans.faults.extend(["503"] * 9)
    with pytest.raises(ProviderSilent):
        client().look("POL-1")
    assert len(midtrans.asked) == 3


def test_nobody_there_is_silence() -> None:
    gone = Midtrans(server_key="x", url="http://127.0.0.1:9", seconds=0.2)
    with pytest.raises(ProviderSilent):
        gone.charge(charge())


def test_a_clear_no_comes_with_its_reason(midtrans: FakeMidtrans) -> None:
    with pytest.raises(ProviderRefused, match="too small"):
        client().charge(Charge("POL-2", AttemptKind.QRIS, Rupiah(999), minutes=5))
    stranger = Midtrans(server_key="wrong", url=midtrans.url)
    with pytest.raises(ProviderRefused, match="Access denied"):
        stranger.charge(charge())
    stranger.close()


def test_what_was_never_opened_is_not_known(midtrans: FakeMidtrans) -> None:
    assert client().look("POL-404") is None
    client().cancel("POL-404")


def test_a_paid_charge_cannot_be_cancelled(midtrans: FakeMidtrans) -> None:
    client().charge(charge())
    midtrans.pay("POL-1")
    with pytest.raises(ProviderRefused, match="cannot be updated"):
        client().cancel("POL-1")


@pytest.mark.parametrize("fault", ["", "lost", "slow"])
def test_money_goes_back_once_per_key(midtrans: FakeMidtrans, fault: str) -> None:
    client().charge(charge())
    midtrans.pay("POL-1")
    midtrans.faults.append(fault)
    for _ in range(2):
        client().refund("POL-1", key="refund-1", amount=5_000, reason="Habis")
    assert [one["refund_key"] for one in midtrans.orders["POL-1"].refunds] == ["refund-1"]
