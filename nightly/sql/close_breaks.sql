-- Grain: one row per cause and currency: what the closed books hold in unapplied_cash,
-- what orders lack and what went too far, beside what the last close said of it.
-- What the published marts do not list any more was resolved later; a subject that the
-- closed books do not know yet is left to the next close.
with unapplied as (
    select
        case
            when source_table = 'payment_attempts' and order_id is not null then 'order'
            else source_table
        end as subject_type,
        case
            when source_table = 'payment_attempts' then coalesce(order_id, payment_id)
            when source_table = 'dispute_events' then split_part(source_id, ':', 1)
            else source_id
        end as subject_id,
        currency,
        -sum(amount_minor) as unapplied_minor,
        -coalesce(sum(amount_usd), 0) as unapplied_usd
    from postings
    where account = 'unapplied_cash' and scope != 'after_month'
    group by all
    having sum(amount_minor) != 0
),

listed as (
    select * from published.mart_reconciliation_breaks
),

found as (
    select
        coalesce(listed.cause, 'resolved_later') as cause,
        unapplied.subject_id,
        unapplied.currency,
        unapplied.unapplied_minor,
        0 as missing_minor,
        0 as excess_minor,
        unapplied.unapplied_usd
    from unapplied
    left join listed
        on
            unapplied.subject_type = listed.subject_type
            and unapplied.subject_id = listed.subject_id
            and unapplied.currency = listed.currency
            and listed.unapplied_minor != 0
    union all
    select
        listed.cause,
        listed.subject_id,
        listed.currency,
        0,
        coalesce(listed.missing_minor, 0),
        listed.excess_minor,
        0
    from listed
    left join subjects using (subject_type, subject_id, currency)
    where listed.unapplied_minor = 0 and coalesce(subjects.is_closed, true)
),

summed as (
    select
        cause,
        currency,
        count(*) as breaks,
        sum(unapplied_minor) as unapplied_minor,
        sum(missing_minor) as missing_minor,
        sum(excess_minor) as excess_minor,
        sum(unapplied_usd) as unapplied_usd,
        min_by(
            subject_id,
            (-abs(unapplied_minor) - missing_minor - excess_minor, subject_id)
        ) as largest_subject_id
    from found
    group by cause, currency
)

select
    cause,
    currency,
    coalesce(summed.breaks, 0) as breaks,
    cast(coalesce(summed.unapplied_minor, 0) as bigint) as unapplied_minor,
    cast(coalesce(summed.missing_minor, 0) as bigint) as missing_minor,
    cast(coalesce(summed.excess_minor, 0) as bigint) as excess_minor,
    cast(coalesce(summed.unapplied_usd, 0) as decimal(18, 2)) as unapplied_usd,
    summed.largest_subject_id,
    coalesce(since_breaks.breaks, 0) as breaks_then,
    coalesce(since_breaks.unapplied_minor, 0) as unapplied_then_minor,
    coalesce(since_breaks.missing_minor, 0) as missing_then_minor,
    coalesce(since_breaks.excess_minor, 0) as excess_then_minor
from summed
full join since_breaks using (cause, currency)
where summed.breaks > 0 or since_breaks.breaks > 0
order by cause, currency
