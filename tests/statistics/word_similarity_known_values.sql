-- Word overlaps counted by hand: one of five words is in both; a word that is repeated
-- counts once; case, accents and punctuation do not matter; nothing said is no overlap.
with known (one, other, similarity) as (
    values
    ('Soft Wool Scarf', 'Phone, WOOL case', 0.2),
    ('red red hat', 'Hat', 0.5),
    ('Café-Tasse', 'cafe tasse', 1.0),
    ('hat', 'scarf', 0.0),
    ('!', '', null),
    ('hat', null, null)
),

computed as (
    select
        *,
        {{ word_similarity('one', 'other') }} as computed_similarity
    from known
)

select *
from computed
where similarity is distinct from computed_similarity
