-- Texts of some 200 characters: copies, copies with a letter more, and texts that share
-- half their words. Copies and near copies hang together, half copies and the 300 texts
-- by chance stay alone. Also no text, another graph, and short texts, which say nothing
-- below 20 characters.
-- Returns what differs.
with words as (
    select
        text_no,
        string_agg(
            left(md5('word' || md5_number_lower(text_no || '|' || place) % 2000), 6),
            ' ' order by place
        ) as words
    from range(300) as texts (text_no), range(30) as places (place) -- noqa: AL05
    group by text_no
),

written as (
    select
        'g' as graph,
        'chance' || lpad(cast(text_no as varchar), 3, '0') as item,
        words as text
    from words
    union all
    select
        'g' as graph,
        'copy' || copy as item,
        'so ' || words as text
    from words, range(3) as copies (copy) -- noqa: AL05
    where text_no = 7
    union all
    select
        'g' as graph,
        'near' || copy as item,
        'so ' || words || copy as text
    from words, range(3) as copies (copy) -- noqa: AL05
    where text_no = 7
    union all
    select
        'g' as graph,
        'half' as item,
        left(words, 100) || right(md5('other half') || md5('and more of it'), 40)
            as text
    from words
    where text_no = 8
    union all
    select
        'h' as graph,
        'alone' as item,
        words as text
    from words
    where text_no = 9
    union all
    values
    ('g', 'word1', 'bad'),
    ('g', 'word2', 'bad'),
    ('g', 'nineteen1', 'want my money back!'),
    ('g', 'nineteen2', 'want my money back!'),
    ('g', 'twenty1', 'i want my money back'),
    ('g', 'twenty2', 'i want my money back'),
    ('g', 'silent', null),
    ('g', 'silent2', '')
),

texts as (
    select
        graph,
        item,
        {{ text_minhash('text') }} as signature
    from written
),

pairs as ( -- noqa: ST03
    {{ near_duplicate_texts('texts', 0.8) }}
),

components as (
    {{ connected_components('pairs') }} -- noqa: PRS
),

-- text 7 itself is the copies but for their first words
expected as (
    select unnest(['copy0', 'copy1', 'copy2', 'near0', 'near1', 'near2']) as item
    union all
    select unnest(['chance007', 'twenty1', 'twenty2']) as item
)

select
    coalesce(expected.item, components.item) as item,
    components.component
from expected
full join components on expected.item = components.item
where expected.item is null or components.item is null
