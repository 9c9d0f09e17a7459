"""The 39 landing tables as the demo marketplace writes them.

Declared here in the simulator's own words, so that the agreement check compares two independent
statements: this one and the contract (`models/staging/landing_contract.yml`). `!` = never null.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

TYPES: dict[str, pa.DataType] = {
    "text": pa.string(),
    "int": pa.int64(),
    "minor": pa.int64(),
    "boolean": pa.bool_(),
    "double": pa.float64(),
    "timestamp": pa.timestamp("us"),
    "date": pa.date32(),
    "rate": pa.decimal128(18, 10),
}

_DECLARED: dict[str, tuple[str, str, str]] = {
    "users": (
        "entity",
        "user_id",
        (
            "user_id:text! created_at:timestamp! region:text! account_type:text "
            "signup_device_id:text signup_ip:text email:text phone:text "
            "acquisition_channel:text referred_by_user_id:text status:text!"
        ),
    ),
    "sellers": (
        "entity",
        "seller_id",
        (
            "seller_id:text! owner_user_id:text seller_type:text! legal_name:text "
            "trade_name:text tax_id:text trade_register_no:text contact_email:text "
            "contact_phone:text country:text region:text! business_line:text! "
            "registered_address_id:text warehouse_address_id:text category_l1:text "
            "onboarded_at:timestamp! probation_until:timestamp self_certified_at:timestamp "
            "inform_certified_at:timestamp status:text!"
        ),
    ),
    "creators": (
        "entity",
        "creator_id",
        (
            "creator_id:text! user_id:text! agency_id:text tier:text region:text! "
            "onboarded_at:timestamp! status:text!"
        ),
    ),
    "kyc_submissions": (
        "entity",
        "submission_id",
        (
            "submission_id:text! party_type:text! party_id:text! attempt_no:int! "
            "submitted_at:timestamp! device_id:text ip:text declared_name:text "
            "date_of_birth:date tax_id:text address_id:text outcome:text! "
            "decided_at:timestamp"
        ),
    ),
    "kyc_checks": (
        "event",
        "check_id",
        (
            "check_id:text! submission_id:text! checked_at:timestamp! check_type:text! "
            "document_type:text document_country:text document_number:text "
            "document_image_phash:int face_cluster_id:text capture_source:text score:double "
            "result:text!"
        ),
    ),
    "payout_accounts": (
        "entity",
        "payout_account_id",
        (
            "payout_account_id:text! party_type:text! party_id:text! account_number:text! "
            "bank_country:text holder_name:text added_at:timestamp! verified_at:timestamp "
            "removed_at:timestamp is_default:boolean added_device_id:text"
        ),
    ),
    "devices": (
        "entity",
        "device_id",
        (
            "device_id:text! first_seen_at:timestamp! os:text model:text is_emulator:boolean "
            "is_rooted:boolean timezone_offset_minutes:int"
        ),
    ),
    "sessions": (
        "event",
        "session_id",
        (
            "session_id:text! user_id:text! device_id:text ip:text asn:int asn_type:text "
            "country:text login_result:text started_at:timestamp! ended_at:timestamp "
            "product_views:int"
        ),
    ),
    "account_changes": (
        "event",
        "change_id",
        (
            "change_id:text! party_type:text! party_id:text! field:text! session_id:text "
            "device_id:text changed_at:timestamp!"
        ),
    ),
    "addresses": (
        "event",
        "address_id",
        (
            "address_id:text! party_type:text! party_id:text! country:text! city:text "
            "postcode:text street:text geohash7:text address_type:text recipient_name:text "
            "recipient_phone:text added_at:timestamp!"
        ),
    ),
    "products": (
        "entity",
        "sku_id",
        (
            "sku_id:text! seller_id:text! gtin:text brand:text category_l1:text! "
            "category_l2:text title:text currency:text! list_price_minor:minor! weight_g:int "
            "max_per_customer:int condition:text listed_at:timestamp! status:text!"
        ),
    ),
    "listing_changes": (
        "event",
        "change_id",
        (
            "change_id:text! sku_id:text! field:text! old_value:text new_value:text "
            "changed_at:timestamp!"
        ),
    ),
    "orders": (
        "entity",
        "order_id",
        (
            "order_id:text! buyer_user_id:text! seller_id:text! region:text! "
            "business_line:text! order_type:text currency:text! device_id:text "
            "session_id:text ip:text shipping_address_id:text channel:text content_id:text "
            "creator_id:text payment_method:text first_viewed_at:timestamp "
            "placed_at:timestamp! paid_at:timestamp delivered_at:timestamp "
            "cancelled_at:timestamp cancelled_by:text status:text!"
        ),
    ),
    "order_items": (
        "event",
        "order_item_id",
        (
            "order_item_id:text! order_id:text! sku_id:text! quantity:int! currency:text! "
            "gross_minor:minor! seller_discount_minor:minor platform_discount_minor:minor "
            "shipping_minor:minor shipping_subsidy_minor:minor tax_minor:minor "
            "paid_minor:minor! platform_fee_minor:minor affiliate_commission_minor:minor "
            "placed_at:timestamp!"
        ),
    ),
    "payment_attempts": (
        "event",
        "payment_id",
        (
            "payment_id:text! order_id:text user_id:text device_id:text session_id:text "
            "ip:text kind:text! parent_payment_id:text attempt_no:int "
            "instrument_fingerprint:text card_bin:text card_last4:text issuer_country:text "
            "scheme:text currency:text! amount_minor:minor! result:text! decline_code:text "
            "avs_result:text cvv_result:text three_ds:text exemption_type:text "
            "liability_shift:boolean funding_account_number:text attempted_at:timestamp! "
            "settled_at:timestamp"
        ),
    ),
    "settlement_lines": (
        "event",
        "line_id",
        (
            "line_id:text! seller_id:text! order_item_id:text line_type:text! currency:text! "
            "amount_minor:minor! available_at:timestamp posted_at:timestamp!"
        ),
    ),
    "payouts": (
        "entity",
        "payout_id",
        (
            "payout_id:text! party_type:text! party_id:text! payout_account_id:text "
            "currency:text! amount_minor:minor! initiated_at:timestamp! paid_at:timestamp "
            "returned_at:timestamp status:text!"
        ),
    ),
    "shipments": (
        "entity",
        "shipment_id",
        (
            "shipment_id:text! order_id:text! seller_id:text! direction:text! carrier:text "
            "tracking_number:text label_created_at:timestamp! ship_from_postcode:text "
            "ship_to_postcode:text declared_weight_g:int carrier_weight_g:int "
            "proof_of_delivery:text delivery_geohash7:text delivered_at:timestamp "
            "currency:text cost_minor:minor"
        ),
    ),
    "tracking_scans": (
        "event",
        "scan_id",
        (
            "scan_id:text! shipment_id:text! scan_type:text! city:text postcode:text "
            "country:text weight_g:int scanned_at:timestamp!"
        ),
    ),
    "returns": (
        "entity",
        "return_id",
        (
            "return_id:text! order_item_id:text! buyer_user_id:text! requested_at:timestamp! "
            "reason:text! claim_text:text evidence_image_phash:int return_shipment_id:text "
            "warehouse_received_at:timestamp inspection:text decision:text quantity:int"
        ),
    ),
    "refunds": (
        "event",
        "refund_id",
        (
            "refund_id:text! order_item_id:text! payment_id:text return_id:text "
            "currency:text! amount_minor:minor! refund_type:text! funded_by:text! "
            "succeeded_at:timestamp!"
        ),
    ),
    "dispute_events": (
        "event",
        "dispute_id stage_seq",
        (
            "dispute_id:text! stage_seq:int! payment_id:text! stage:text! scheme:text "
            "reason_code:text reason_group:text resolution:text currency:text! "
            "cash_effect_minor:minor! fee_minor:minor! liable_party:text "
            "occurred_at:timestamp!"
        ),
    ),
    "issuer_fraud_reports": (
        "event",
        "report_id",
        (
            "report_id:text! payment_id:text! scheme:text fraud_type:text currency:text! "
            "amount_minor:minor! reported_at:timestamp!"
        ),
    ),
    "recoveries": (
        "event",
        "recovery_id stage",
        (
            "recovery_id:text! stage:text! party_type:text party_id:text order_item_id:text "
            "dispute_id:text refund_id:text source:text! is_cash:boolean! currency:text! "
            "amount_minor:minor! occurred_at:timestamp!"
        ),
    ),
    "fx_rates": (
        "event",
        "rate_date currency",
        ("rate_date:date! currency:text! usd_per_unit:rate!"),
    ),
    "promotions": (
        "entity",
        "promotion_id",
        (
            "promotion_id:text! promotion_type:text! funded_by:text! sku_id:text "
            "limit_per_person:int currency:text value_minor:minor minimum_spend_minor:minor "
            "budget_minor:minor starts_at:timestamp! ends_at:timestamp"
        ),
    ),
    "promotion_redemptions": (
        "event",
        "redemption_id",
        (
            "redemption_id:text! promotion_id:text! user_id:text! order_id:text "
            "device_id:text currency:text! amount_minor:minor! redeemed_at:timestamp!"
        ),
    ),
    "referrals": (
        "entity",
        "referral_id",
        (
            "referral_id:text! referrer_user_id:text! referee_user_id:text! "
            "signed_up_at:timestamp! qualifying_order_id:text currency:text "
            "referrer_reward_minor:minor referee_reward_minor:minor granted_at:timestamp "
            "status:text!"
        ),
    ),
    "affiliate_commissions": (
        "entity",
        "commission_id",
        (
            "commission_id:text! order_item_id:text! creator_id:text! click_at:timestamp "
            "click_device_id:text currency:text! commission_minor:minor! "
            "ordered_at:timestamp! settled_at:timestamp status:text!"
        ),
    ),
    "creator_awards": (
        "entity",
        "award_id",
        (
            "award_id:text! creator_id:text! program_id:text! metric:text! "
            "metric_value:double! tier_threshold:double! currency:text! award_minor:minor! "
            "period_start:date! period_end:date! awarded_at:timestamp! paid_at:timestamp "
            "status:text!"
        ),
    ),
    "content": (
        "entity",
        "content_id",
        (
            "content_id:text! creator_id:text! content_type:text! caption:text sku_id:text "
            "published_at:timestamp! ended_at:timestamp duration_s:int"
        ),
    ),
    "engagement_events": (
        "event",
        "event_id",
        (
            "event_id:text! actor_user_id:text! content_id:text creator_id:text! kind:text! "
            "device_id:text ip:text asn_type:text watch_ms:int occurred_at:timestamp!"
        ),
    ),
    "reviews": (
        "event",
        "review_id",
        (
            "review_id:text! order_item_id:text sku_id:text! user_id:text! rating:int! "
            "review_text:text image_phash:int posted_at:timestamp!"
        ),
    ),
    "user_reports": (
        "event",
        "report_id",
        (
            "report_id:text! reporter_user_id:text! target_type:text! target_id:text! "
            "category:text! order_id:text reported_at:timestamp!"
        ),
    ),
    "messages": (
        "event",
        "message_id",
        (
            "message_id:text! thread_id:text! sender_type:text! sender_id:text! "
            "receiver_type:text! receiver_id:text! order_id:text has_contact_details:boolean "
            "has_link:boolean has_payment_request:boolean sent_at:timestamp!"
        ),
    ),
    "risk_decisions": (
        "entity",
        "decision_id",
        (
            "decision_id:text! subject_type:text! subject_id:text! policy_id:text "
            "score:double decision:text! challenge_result:text currency:text "
            "amount_minor:minor queued_at:timestamp! decided_at:timestamp is_holdout:boolean "
            "holdout_probability:double"
        ),
    ),
    "enforcement_actions": (
        "entity",
        "action_id",
        (
            "action_id:text! target_type:text! target_id:text! action:text! scenario:text "
            "detection_id:text decided_by:text started_at:timestamp! ended_at:timestamp "
            "appealed_at:timestamp appeal_outcome:text appeal_decided_at:timestamp"
        ),
    ),
    "case_dispositions": (
        "entity",
        "disposition_id",
        (
            "disposition_id:text! case_id:text alert_id:text detection_id:text "
            "target_type:text! target_id:text! order_item_id:text scenario:text! "
            "disposition:text! label_source:text! sample_stratum:text "
            "sample_probability:double review_minutes:int currency:text loss_minor:minor "
            "labelled_at:timestamp!"
        ),
    ),
    "experiment_assignments": (
        "event",
        "experiment_id unit_id",
        (
            "experiment_id:text! unit_type:text! unit_id:text! arm:text! "
            "assignment_probability:double! assigned_at:timestamp!"
        ),
    ),
}


@dataclass(frozen=True)
class TableSpec:
    """Kind, key and typed columns of one landing table."""

    name: str
    kind: str
    key: tuple[str, ...]
    columns: dict[str, str]
    required: frozenset[str]

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema written to Parquet."""
        return pa.schema([(name, TYPES[kind]) for name, kind in self.columns.items()])


def _parse(name: str, declared: tuple[str, str, str]) -> TableSpec:
    kind, key, text = declared
    columns: dict[str, str] = {}
    required: set[str] = {"ingested_at"}
    for entry in text.split():
        column, column_type = entry.split(":")
        columns[column] = column_type.rstrip("!")
        if column_type.endswith("!"):
            required.add(column)
    if kind == "entity":
        columns["record_seq"] = "int"
        required.add("record_seq")
    columns["ingested_at"] = "timestamp"
    return TableSpec(name, kind, tuple(key.split()), columns, frozenset(required))


TABLES: dict[str, TableSpec] = {name: _parse(name, spec) for name, spec in _DECLARED.items()}
