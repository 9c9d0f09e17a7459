-- Units drawn into treatment or holdout of a control experiment.
-- Grain: one row per experiment and unit, as first delivered.
with landed as (
    {{ landing_rows('experiment_assignments') }}
),
delivered as (
    {{ first_delivery('landed', ['experiment_id', 'unit_id'], 'assigned_at') }}
),
stg_experiment_assignments as (
    select
        experiment_id,
        unit_id,
        unit_type,
        arm,
        assignment_probability,
        night,
        assigned_at,
        ingested_at
    from delivered
)
select * from stg_experiment_assignments
