-- Rows of which nobody can say which one applies, exceptions that end too early, and
-- decisions taken back that nobody took.
with exceptions as (
    select
        *,
        greatest(effective_from, approved_on) as valid_from,
        coalesce(effective_to, date '9999-12-31') as valid_until
    from policy_exceptions
),

pairs as (
    select
        *,
        least(party_type_a || ':' || party_id_a, party_type_b || ':' || party_id_b) as one,
        greatest(party_type_a || ':' || party_id_a, party_type_b || ':' || party_id_b)
            as other,
        greatest(effective_from, approved_on) as applies_from
    from policy_identity_overrides
)

select
    file,
    line,
    said || ' has a row from ' || applies_from || ' in line '
    || min(line) over (partition by file, said, applies_from)
    || ' already: which of them applies is ambiguous, keep one of the two or give this one '
    || 'a later effective_from' as text
from keys
where applies_from is not null
qualify row_number() over (partition by file, said, applies_from order by line) > 1

union all

select
    file,
    line,
    one || ' and ' || other || ' have a row from ' || applies_from || ' in line '
    || min(line) over (partition by one, other, applies_from)
    || ' already: which of them applies is ambiguous, keep one of the two'
from pairs
where applies_from is not null
qualify row_number() over (partition by one, other, applies_from order by line) > 1

union all

select file, line, one || ' is named twice: an override is about two parties'
from pairs
where one = other

union all

select
    file,
    line,
    one || ' and ' || other || ' are neither parted nor joined on ' || applies_from
    || ': withdraw takes the decision in force back, correct the parties or delete the row'
from pairs
where applies_from is not null
window by_pair as (partition by one, other order by applies_from, line)
qualify
    decision = 'withdraw'
    and coalesce(lag(decision) over by_pair, 'withdraw') = 'withdraw'

union all

select
    file,
    line,
    'effective_to ' || effective_to || ' is before ' || valid_from
    || ', the later of effective_from and approved_on: it would never apply, correct the dates'
from exceptions
where effective_to < valid_from

union all

select
    later.file,
    later.line,
    later.exception_id || ' overlaps ' || earlier.exception_id || ' in line ' || earlier.line
    || ' (' || earlier.valid_from || ' to '
    || coalesce(cast(earlier.effective_to as varchar), 'revoked') || ') for '
    || later.entity_type || ' ' || later.entity_id
    || ': let it start after the other has ended'
from exceptions as later
inner join exceptions as earlier
    on later.line > earlier.line
    and later.entity_type = earlier.entity_type
    and later.entity_id = earlier.entity_id
    and (
        later.detection_id = earlier.detection_id
        or 'all' in (later.detection_id, earlier.detection_id)
    )
    and later.valid_from <= earlier.valid_until
    and earlier.valid_from <= later.valid_until
