{{ config(materialized="view") }}

-- Grain: one row per party, identifier and night on which the party began or ceased to
-- hold it.
with contacts as (
    select * from {{ ref('int_contact_holdings') }}
),

sightings as (
    select * from {{ ref('int_sighting_holdings') }}
),

int_party_identifiers as (
    select * from contacts
    union all by name
    select * from sightings
)

select * from int_party_identifiers
