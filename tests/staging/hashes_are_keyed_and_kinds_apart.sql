-- A hash depends on the key, the kind and the value, and nothing is hashed to nothing.
-- Returns the rules that do not hold.
with samples as (
    select
        '4930123456' as one,
        '4930123457' as other,
        '' as nothing
),
hashes as (
    select
        {{ hash_pii('one', 'phone') }} as one_phone,
        {{ hash_pii('one', 'account') }} as one_account,
        {{ hash_pii('other', 'phone') }} as other_phone,
        {{ hash_pii('nothing', 'phone') }} as empty_phone,
        {{ hash_pii('null', 'phone') }} as null_phone,
        left(sha256('|phone|' || one), 32) as without_key
    from samples
),
rules as (
    select
        unnest([
            {'rule': 'a hash has 32 digits', 'holds': length(one_phone) = 32},
            {'rule': 'values are apart', 'holds': one_phone <> other_phone},
            {'rule': 'kinds are apart', 'holds': one_phone <> one_account},
            {'rule': 'the key counts', 'holds': one_phone <> without_key},
            {'rule': 'empty gives null', 'holds': empty_phone is null},
            {'rule': 'null gives null', 'holds': null_phone is null}
        ], recursive := true)
    from hashes
)
select rule
from rules
where holds is distinct from true
