-- Upper tails of the standard normal against its published table: P(Z >= 1.96) =
-- 0.0249979, 3: 0.0013499, 0: one half, -1: 0.8413447. A row is a macro that is wrong.
with known (z, surprise) as (
    values (1.96, 1.602097), (3.0, 2.869699), (0.0, 0.301030), (-1.0, 0.075026)
),

computed as (
    select
        *,
        {{ normal_surprise('z') }} as computed_surprise
    from known
)

select *
from computed
where abs(surprise - computed_surprise) > 0.000002 or computed_surprise is null
