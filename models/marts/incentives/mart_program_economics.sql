-- What a creator programme cost, what its creators sold meanwhile and who captured it:
-- one row per programme and currency of its awards.
with spend as (
    select * from {{ ref('int_incentive_spend') }}
    where program_id is not null
),

clusters as (
    select * from {{ ref('bridge_cluster_members') }}
    where party_type = 'creator'
    qualify row_number() over (partition by party_id order by from_night desc) = 1
),

awarded as (
    select
        spend.*,
        coalesce(clusters.cluster_id, 'creator:' || spend.creator_id) as person_id
    from spend
    left join clusters on spend.creator_id = clusters.party_id
),

summed as (
    select
        program_id,
        currency,
        count(distinct award_id) as awards,
        {{ incentive_sums() }},
        min(event_date) as first_awarded_on,
        max(event_date) as last_awarded_on
    from awarded
    group by program_id, currency
),

captured as (
    {{ budget_capture('awarded', ['program_id', 'currency']) }}
),

periods as (
    select distinct
        program_id,
        creator_id,
        currency,
        period_start,
        period_end
    from {{ ref('stg_creator_awards') }}
    where award_id in (select spend.award_id from spend)
    qualify row_number() over (partition by award_id order by record_seq desc) = 1
),

money as (
    select
        orders.creator_id,
        captures.order_id,
        captures.currency,
        captures.event_date,
        sum(captures.amount_minor) as amount_minor
    from {{ ref('int_captured_money') }} as captures
    inner join {{ ref('fct_orders') }} as orders on captures.order_id = orders.order_id
    where orders.creator_id in (select spend.creator_id from spend)
    group by all
),

meant as (
    select distinct
        periods.program_id,
        money.*
    from periods
    inner join money
        on
            periods.creator_id = money.creator_id
            and periods.currency = money.currency
            and money.event_date between periods.period_start and periods.period_end
),

sold as (
    select
        program_id,
        currency,
        cast(sum(amount_minor) as bigint) as gmv_minor
    from meant
    group by program_id, currency
),

mart_program_economics as (
    select
        summed.program_id,
        captured.top_person_id,
        summed.currency,
        summed.awards,
        coalesce(captured.people, 0) as people,
        summed.granted_minor,
        summed.taken_back_minor,
        summed.spend_minor,
        summed.leaked_minor,
        coalesce(sold.gmv_minor, 0) as gmv_minor,
        summed.spend_usd,
        summed.leaked_usd,
        captured.top_person_share,
        captured.top_10_share,
        captured.effective_people,
        {{ share_of('summed.granted_minor', 'sold.gmv_minor') }} as subsidy_intensity,
        {{ share_of('summed.leaked_minor', 'summed.spend_minor') }} as leakage_rate,
        summed.is_usd_complete,
        summed.first_awarded_on,
        summed.last_awarded_on
    from summed
    left join captured
        on
            summed.program_id = captured.program_id
            and summed.currency = captured.currency
    left join sold
        on summed.program_id = sold.program_id and summed.currency = sold.currency
)

select * from mart_program_economics
