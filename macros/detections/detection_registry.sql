{#-
    Every detection with the model that fires and the indicator that holds its population (one row per entity looked
    at and night), e.g. {'id': 'TXN-01', 'model': 'det_...', 'indicator': 'ind_...'}. A test keeps this list and the
    detections' metadata the same.
-#}
{% macro detection_registry() -%}
    {{ return([
        {'id': 'TXN-01', 'model': 'det_card_testing_burst', 'indicator': 'ind_payment_source_bursts'},
        {'id': 'RET-01', 'model': 'det_serial_refunder', 'indicator': 'ind_cluster_refunds'},
        {'id': 'RET-05', 'model': 'det_double_dip', 'indicator': 'ind_payment_overlaps'},
        {'id': 'SCM-02', 'model': 'det_fake_fulfilment', 'indicator': 'ind_seller_fulfilment'},
        {'id': 'TXN-05', 'model': 'det_threshold_probing', 'indicator': 'ind_session_approvals'},
        {'id': 'TRF-02', 'model': 'det_metronome', 'indicator': 'ind_actor_rhythm'},
        {'id': 'REG-01', 'model': 'det_statutory_trigger', 'indicator': 'ind_seller_statutory'},
        {'id': 'KYC-05', 'model': 'det_verification_shopping', 'indicator': 'ind_party_verifications'},
        {'id': 'INC-04', 'model': 'det_award_gaming', 'indicator': 'ind_award_reversals'},
        {'id': 'INC-05', 'model': 'det_commission_on_returns', 'indicator': 'ind_creator_returns'},
        {'id': 'KYC-04', 'model': 'det_mule_payout', 'indicator': 'ind_payout_accounts'},
        {'id': 'COL-03', 'model': 'det_ghost_logistics', 'indicator': 'ind_seller_logistics'},
        {'id': 'RSL-05', 'model': 'det_dropship_triangulation', 'indicator': 'ind_seller_dropships'},
        {'id': 'INC-03', 'model': 'det_referral_farm', 'indicator': 'ind_referrer_referees'},
        {'id': 'KYC-06', 'model': 'det_sleeper_wake_up', 'indicator': 'ind_seller_wake_ups'},
        {'id': 'INC-01', 'model': 'det_new_user_multi_account', 'indicator': 'ind_cluster_redemptions'},
        {'id': 'RSL-02', 'model': 'det_drop_bot', 'indicator': 'ind_cluster_drops'},
        {'id': 'INC-02', 'model': 'det_affiliate_self_purchase', 'indicator': 'ind_creator_self_purchases'},
        {'id': 'COL-02', 'model': 'det_brushing_block', 'indicator': 'ind_dense_blocks'},
        {'id': 'KYC-07', 'model': 'det_account_factory', 'indicator': 'ind_signup_sources'},
        {'id': 'COL-01', 'model': 'det_common_control_trade', 'indicator': 'ind_seller_own_trade'},
        {'id': 'KYC-01', 'model': 'det_identity_reuse', 'indicator': 'ind_shared_identities'},
        {'id': 'INC-06', 'model': 'det_subsidy_harvesting', 'indicator': 'ind_seller_subsidies'},
        {'id': 'RSL-01', 'model': 'det_quota_breach', 'indicator': 'ind_cluster_quotas'},
        {'id': 'KYC-02', 'model': 'det_ban_evasion', 'indicator': 'ind_seller_terminated_ties'},
        {'id': 'COL-04', 'model': 'det_circular_flow', 'indicator': 'ind_cluster_circulation'},
        {'id': 'RSL-03', 'model': 'det_address_jigging', 'indicator': 'ind_building_purchases'},
        {'id': 'COL-05', 'model': 'det_scripted_demand', 'indicator': 'ind_seller_demand'},
        {'id': 'KYC-03', 'model': 'det_onboarding_farm', 'indicator': 'ind_onboarding_groups'},
        {'id': 'RSL-04', 'model': 'det_subsidy_arbitrage', 'indicator': 'ind_cluster_resales'},
        {'id': 'SCM-05', 'model': 'det_listing_hijack', 'indicator': 'ind_listing_rewrites'},
        {'id': 'TRF-04', 'model': 'det_farm_infrastructure', 'indicator': 'ind_creator_infrastructure'},
        {'id': 'SCM-04', 'model': 'det_off_platform_diversion', 'indicator': 'ind_seller_chats'},
        {'id': 'TRF-05', 'model': 'det_rented_followers', 'indicator': 'ind_creator_followers'},
        {'id': 'TXN-02', 'model': 'det_takeover_cash_out', 'indicator': 'ind_order_takeovers'},
        {'id': 'RET-02', 'model': 'det_empty_return', 'indicator': 'ind_return_parcels'},
        {'id': 'TRF-01', 'model': 'det_lockstep_cluster', 'indicator': 'ind_lockstep_clusters'},
        {'id': 'TXN-06', 'model': 'det_first_party_misuse', 'indicator': 'ind_dispute_matches'},
        {'id': 'RET-06', 'model': 'det_wardrobing', 'indicator': 'ind_cluster_worn_returns'},
        {'id': 'SCM-03', 'model': 'det_snad_spike', 'indicator': 'ind_snad_claims'},
    ]) }}
{%- endmacro %}
