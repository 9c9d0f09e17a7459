"""A landing zone of a few rows, written table by table: what a row does not say is null."""

import json
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

FIRST = date(2026, 1, 1)
OPENED = datetime(2025, 12, 1)
TIMES = ("_at",)


def night_of(number: int) -> date:
    return FIRST + timedelta(days=number)


@dataclass
class TinyLog:
    """Rows by table and night."""

    root: Path
    rows: dict[tuple[str, int], list[dict[str, Any]]] = field(default_factory=dict)
    number: int = 0

    def add(self, table: str, night: int, **row: Any) -> None:
        """A row that arrives on a night; its event time, unless given, is a second later each."""
        self.number += 1
        at = datetime.combine(night_of(night), datetime.min.time())
        row = {"ingested_at": at + timedelta(hours=1)} | row
        self.rows.setdefault((table, night), []).append(row)

    def user(self, user_id: str, night: int = 0, version: int = 1, **row: Any) -> None:
        given = {"created_at": OPENED, "region": "DE", "status": "active", "record_seq": version}
        self.add("users", night, user_id=user_id, **(given | row))

    def login(self, user_id: str, device_id: str, night: int = 0, **row: Any) -> None:
        at = datetime.combine(night_of(night), datetime.min.time())
        given = {"session_id": f"s{self.number}", "started_at": at, "login_result": "success"}
        self.add("sessions", night, user_id=user_id, device_id=device_id, **(given | row))

    def pays(self, user_id: str, instrument: str, night: int = 0, **row: Any) -> None:
        at = datetime.combine(night_of(night), datetime.min.time())
        given = {
            "payment_id": f"p{self.number}",
            "kind": "authorisation",
            "currency": "EUR",
            "amount_minor": 100,
            "result": "approved",
            "attempted_at": at,
        }
        card = {"user_id": user_id, "instrument_fingerprint": instrument}
        self.add("payment_attempts", night, **(given | card | row))

    def lives(self, user_id: str, street: str, night: int = 0, **row: Any) -> None:
        given = {
            "address_id": f"a{self.number}",
            "party_type": "user",
            "country": "DE",
            "postcode": "10115",
            "address_type": "residential",
            "added_at": OPENED,
        }
        self.add("addresses", night, party_id=user_id, street=street, **(given | row))

    def creator(self, creator_id: str, user_id: str, night: int = 0, **row: Any) -> None:
        given = {"region": "DE", "onboarded_at": OPENED, "status": "active", "record_seq": 1}
        self.add("creators", night, creator_id=creator_id, user_id=user_id, **(given | row))

    def paid_out_to(self, party: str, account: str, night: int = 0) -> None:
        party_type, party_id = party.split(":")
        self.add(
            "payout_accounts",
            night,
            payout_account_id=f"b{self.number}",
            party_type=party_type,
            party_id=party_id,
            account_number=account,
            added_at=OPENED,
            record_seq=1,
        )

    def write(self) -> Path:
        """Write the files and close every night up to the last one that has rows."""
        listed: dict[int, dict[str, Any]] = {}
        for (table, night), rows in self.rows.items():
            file = Path(table, f"dt={night_of(night)}", "part.parquet")
            (self.root / file).parent.mkdir(parents=True, exist_ok=True)
            names = {name for row in rows for name in row}
            columns = {
                name: pa.array(
                    [row.get(name) for row in rows],
                    pa.timestamp("us") if name.endswith(TIMES) else None,
                )
                for name in sorted(names)
            }
            pq.write_table(pa.table(columns), self.root / file)
            listed.setdefault(night, {})[table] = {"rows": len(rows), "files": [str(file)]}
        (self.root / "_nights").mkdir()
        for night, tables in listed.items():
            closed = {"night": str(night_of(night)), "tables": tables}
            path = self.root / "_nights" / f"{night_of(night)}.json"
            path.write_text(json.dumps(closed))
        return self.root
