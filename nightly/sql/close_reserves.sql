-- Grain: one row per measure and payment month: what is still to come, as valued at the
-- end of the month. An estimate, never in the ledger.
select
    measure,
    strftime(cohort_month, '%Y-%m') as payment_month,
    method,
    latest_value,
    ultimate_value,
    ultimate_value - latest_value as reserve,
    standard_error,
    total_standard_error,
    valued_on
from published.mart_loss_reserves
where valued_on = getvariable('month_end')
order by measure, payment_month
