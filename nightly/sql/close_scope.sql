-- Which part of a close an amount belongs to, by the day it happened and the night it
-- became known; null for what was not known by the cut-off.
create or replace temp macro scope_of(happened_on, known_on) as case
    when known_on > getvariable('cut_off') then null
    when happened_on > getvariable('month_end') then 'after_month'
    when happened_on >= getvariable('month_start') then 'month'
    when known_on > getvariable('before_cut_off') then 'earlier_months'
    else 'opening'
end
