-- A hash depends on the key, the kind and the value, and nothing is hashed to nothing.
-- Returns the rules that do not hold.
with samples as (
    select
        '4930123456' as one,
        '4930123457' as other,
        '' as no_text
),
hashed as (
    select
        {{ hash_pii('one', 'phone') }} as one_phone,
        {{ hash_pii('one', 'account') }} as one_account,
        {{ hash_pii('other', 'phone') }} as other_phone,
        {{ hash_pii('no_text', 'phone') }} as empty_phone,
        {{ hash_pii('null', 'phone') }} as null_phone,
        left(sha256('|phone|' || one), 32) as without_key
    from samples
),
rules as (
    select 'a hash has 32 digits' as rule, length(one_phone) = 32 as holds from hashed
    union all
    select 'values are apart' as rule, one_phone <> other_phone as holds from hashed
    union all
    select 'kinds are apart' as rule, one_phone <> one_account as holds from hashed
    union all
    select 'the key counts' as rule, one_phone <> without_key as holds from hashed
    union all
    select 'empty gives null' as rule, empty_phone is null as holds from hashed
    union all
    select 'null gives null' as rule, null_phone is null as holds from hashed
)
select rule
from rules
where holds is distinct from true
