-- Small conversions every mapping uses.

-- Local time of America/Sao_Paulo (labelled UTC in the files) to UTC, by dated offsets.
-- The hour that daylight saving repeats is read as its first pass.
create macro to_utc(local_text) as
    cast(local_text as timestamp) - to_hours(cast((
        select max_by(
            cast(o.utc_offset_hours as integer), cast(o.local_from as timestamp)
        )
        from csv_sao_paulo_offsets as o
        where cast(o.local_from as timestamp) <= cast(local_text as timestamp)
    ) as integer));

-- Reais as text to centavos; more than two decimals is an error, never a rounding.
create macro to_minor(amount_text) as
    case
        when amount_text is null then null
        when cast(amount_text as decimal(18, 6)) * 100
            = floor(cast(amount_text as decimal(18, 6)) * 100)
            then cast(cast(amount_text as decimal(18, 6)) * 100 as bigint)
        else error('amount with more than two decimals: ' || amount_text)
    end;

-- Postcode prefixes that spreadsheets stripped of their leading zeros.
create macro to_postcode(prefix_text) as lpad(trim(prefix_text), 5, '0');
