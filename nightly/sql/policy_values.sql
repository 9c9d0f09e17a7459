-- Numbers out of their range.
with said as (
    select
        policy_parameters.file,
        policy_parameters.line,
        policy_parameters.parameter,
        policy_parameters.value,
        parameters.lowest,
        parameters.highest,
        parameters.is_whole,
        'parameter_ranges of the detection''s metadata' as place
    from policy_parameters
    inner join parameters
        on policy_parameters.detection_id = parameters.detection_id
        and policy_parameters.parameter = parameters.parameter
    union all
    select
        policy_identity.file,
        policy_identity.line,
        policy_identity.parameter,
        policy_identity.value,
        identity_parameters.lowest,
        identity_parameters.highest,
        identity_parameters.is_whole,
        'nightly/policy.yml'
    from policy_identity
    inner join identity_parameters
        on policy_identity.parameter = identity_parameters.parameter
)

select
    file,
    line,
    parameter || ' is ' || cast(cast(value as double) as varchar) || ': it must be '
    || case when is_whole then 'a whole number ' else '' end
    || 'from ' || printf('%g', lowest) || ' to ' || printf('%.0f', highest)
    || '; another range goes into ' || place as text
from said
where value not between lowest and highest or (is_whole and value != floor(value))

union all

select file, line, 'minutes is ' || minutes || ': it must be from 1 to 480, a working day'
from policy_review_minutes
where minutes not between 1 and 480
