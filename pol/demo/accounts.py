"""One known login for each role; none of these exists outside demo data."""

from dataclasses import asdict, dataclass
from datetime import datetime

import pyotp
from sqlalchemy import select

from pol.demo.goods.people import phone
from pol.identity.models import User
from pol.identity.queries.people import find_by_phone
from pol.identity.rules import Role
from pol.identity.rules.phones import phone_number
from pol.identity.rules.second_factor import new_secret
from pol.identity.services.accounts import register
from pol.identity.services.passwords import hash_secret
from pol.identity.services.roles import grant_role
from pol.kernel.db import db
from pol.kernel.errors import NotFound

PASSWORD = "pasar-contoh"  # noqa: S105 - everybody may know it, for it opens demo data only
FIRST_PHONE = 1


@dataclass(frozen=True)
class DemoAccount:
    """Somebody whose place a visitor may take."""

    role: str
    title: str
    name: str
    home: str
    needs_code: bool = False

    @property
    def phone(self) -> str:
        """Return the number (E.164) that is the name of the account."""
        return phone(FIRST_PHONE + ACCOUNTS.index(self))


CUSTOMER = DemoAccount("customer", "Pembeli", "Siti Aminah (contoh)", "/")
TRADER = DemoAccount("trader", "Pedagang", "Sulastri Handayani (contoh)", "/pedagang")
HELPER = DemoAccount("stall_helper", "Penjaga lapak", "Dewi Lestari (contoh)", "/pedagang")
COURIER = DemoAccount("courier", "Kurir", "Joko Susanto (contoh)", "/kurir")
OFFICER = DemoAccount(
    "market_officer", "Petugas pasar", "Hartono Wibowo (contoh)", "/petugas", needs_code=True
)
ADMINISTRATOR = DemoAccount(
    "administrator", "Administrator", "Rahayu Astuti (contoh)", "/admin/orang", needs_code=True
)
RETAILER = DemoAccount(
    "retailer", "Pemilik toko swalayan", "Ratna Kusumawati (contoh)", "/peritel", needs_code=True
)
CLERK = DemoAccount("store_clerk", "Pramuniaga", "Yuni Fadilah (contoh)", "/peritel")
DINAS = DemoAccount(
    "dinas_officer", "Petugas Dinas", "Bambang Setyawan (contoh)", "/dinas", needs_code=True
)
BUYER = DemoAccount(
    "retail_buyer", "Pembelian toko swalayan", "Agus Prasetyo (contoh)", "/peritel", needs_code=True
)
ACCOUNTS = (
    *(CUSTOMER, TRADER, HELPER, COURIER, OFFICER, ADMINISTRATOR),
    *(RETAILER, CLERK, DINAS, BUYER),
)


@dataclass(frozen=True)
class Login:
    """What a visitor needs to take the place of a demo person."""

    role: str
    name: str
    phone: str
    password: str
    home: str
    totp_secret: str | None = None

    def as_dict(self) -> dict[str, str]:
        """Return the fields that this person has."""
        return {key: value for key, value in asdict(self).items() if value is not None}


def hash_password() -> str:
    """Return the hash of the demo password; it takes a while, so not inside a transaction."""
    return hash_secret(PASSWORD)


def open_accounts(*, hashed: str, village_code: str, now: datetime) -> dict[DemoAccount, int]:
    """Open the account of each role and return whose id is which."""
    ids = {
        account: register(
            phone=account.phone,
            name=account.name,
            hashed=hashed,
            now=now,
            village_code=village_code,
        )
        for account in ACCOUNTS
    }
    for account, user_id in ids.items():
        if account.needs_code:
            db.session.get_one(User, user_id).totp_secret = new_secret()
    for account, role in ((ADMINISTRATOR, Role.ADMINISTRATOR), (DINAS, Role.DINAS_OFFICER)):
        grant_role(user_id=ids[account], role=role, actor_id=None, now=now)
    return ids


def list_logins() -> list[Login]:
    """Return who can log in to the demo market; nobody when it was not loaded."""
    phones = [account.phone for account in ACCOUNTS]
    columns = (User.phone, User.totp_secret)
    rows = db.session.execute(select(*columns).where(User.phone.in_(phones)))
    secrets = {number: secret for number, secret in rows}  # noqa: C416 - a Row is not a pair
    return [
        Login(
            role=account.role,
            name=account.name,
            phone=spoken(account.phone),
            password=PASSWORD,
            home=account.home,
            totp_secret=secrets[account.phone],
        )
        for account in ACCOUNTS
        if account.phone in secrets
    ]


def present_code(*, phone: str, now: datetime) -> str:
    """Return the six digits that the authenticator app of a demo person shows now.

    :raises UnreadablePhone: not a phone number
    :raises NotFound: not a demo person, or one without a second factor
    """
    number = phone_number(phone)
    user = find_by_phone(number)
    known = {account.phone for account in ACCOUNTS}
    if user is None or not user.totp_secret or number not in known:
        raise NotFound
    return pyotp.TOTP(user.totp_secret).at(now)


def spoken(number: str) -> str:
    """Return an Indonesian number as people write it: 0812-0000-0001."""
    local = f"0{number.removeprefix('+62')}"
    return f"{local[:4]}-{local[4:8]}-{local[8:]}"
