-- Each macro brings the spellings people and systems use to the one that is hashed.
-- Returns the spellings that come out otherwise than written here.
with spellings (kind, spelling, expected) as (
    values
    ('email', ' Anna.Lee@Example.ORG ', 'anna.lee@example.org'),
    ('email', 'anna.lee+shop@example.org', 'anna.lee@example.org'),
    ('email', 'Anna.L.ee+x@googlemail.com', 'annalee@gmail.com'),
    ('email', 'not an address', null),
    ('email', '+shop@example.org', null),
    ('phone', '+49 (0)30 1234-567', '49301234567'),
    ('phone', '0049 30 1234567', '49301234567'),
    ('phone', '--', null),
    ('phone', '12345', null),
    ('phone', '1111111111', null),
    ('phone', '+1 212 555 0100 ext. 5', '12125550100'),
    ('phone in DE', '030 1234-567', '49301234567'),
    ('phone in DE', '+49 30 1234567', '49301234567'),
    ('phone in DE', '49301234567', '49301234567'),
    ('phone in DE', '0033 1 23456789', '33123456789'),
    ('phone in DE', '０３０ １２３４５６７', '49301234567'),
    ('phone in US', '(212) 555-0100', '12125550100'),
    ('phone in US', '1 212 555 0100', '12125550100'),
    ('phone in ES', '612 345 678', '34612345678'),
    ('phone in IT', '06 1234567', '39061234567'),
    ('phone in IT', '+39 06 1234567', '39061234567'),
    ('phone in SG', '6512 3456', '6565123456'),
    ('name', 'García-Pérez, Ana', 'ana garcia perez'),
    ('name', 'ANA  Garcia Perez', 'ana garcia perez'),
    ('name', 'Jörg Müller', 'jorg muller'),
    ('name', 'Mueller Joerg', 'jorg muller'),
    ('name', 'WEISS', 'weiss'),
    ('name', 'Weiß', 'weiss'),
    ('name', '李 小龙', '小龙 李'),
    ('name', 'O''Brien', 'obrien'),
    ('name', 'O’Brien', 'obrien'),
    ('name', 'ΑΛΕΞΑΝΔΡΟΣ', 'αλεξανδροσ'),
    ('name', 'Αλέξανδρος', 'αλεξανδροσ'),
    ('text', 'Rue de l''Église 12,  Apt. 4', 'rue de l eglise 12 apt 4'),
    ('text', '...', ''),
    ('street', '12 Maple Street, Apt. 5', '12 maple st 5'),
    ('street', '12 MAPLE St. #5', '12 maple st 5'),
    ('street', '12 Maple st unit 5', '12 maple st 5'),
    ('street', '12 Maple Road', '12 maple rd'),
    ('street', 'Unitas Street 3', '3 unitas st'),
    ('street', 'Lindenstraße 12 a', '12a linden st'),
    ('street', 'Linden Str. 12A', '12a linden st'),
    ('street', '12a LINDENSTRASSE', '12a linden st'),
    ('street', 'Lindenstr. Nr. 12', '12 linden st'),
    ('street', 'Lindenstraße 12, Whg. 4', '12 linden st 4'),
    ('street', 'Münchner Str. 7', '7 munchner st'),
    ('street', 'Muenchner Straße 7', '7 munchner st'),
    ('street', 'C/ de Alcalá, nº 5', '5 calle alcala'),
    ('street', 'Calle Alcalá 5', '5 calle alcala'),
    ('street', 'Calle Alcalá 5, 3º B', '5 calle alcala 3b'),
    ('street', 'C/ Alcalá 5, 3B', '5 calle alcala 3b'),
    ('street', '5, Bd. de l''Église', '5 blvd eglise'),
    ('street', '5 Boulevard de l’Eglise', '5 blvd eglise'),
    ('street', 'Avda. da Liberdade 10', '10 ave liberdade'),
    ('building', '12 Maple Street, Apt. 5', '12 maple st'),
    ('building', '12 MAPLE St. #5', '12 maple st'),
    ('building', '12 Maple st 5b', '12 maple st'),
    ('building', '12 Maple st', '12 maple st'),
    ('building', 'Unitas Street 3', '3 unitas st'),
    ('building', 'Lindenstraße 12, Whg. 4', '12 linden st'),
    ('code', 'de02 1203-0000', 'DE0212030000'),
    ('code', '123.456.789-09', '12345678909'),
    ('code', 'АБ 123456', 'АБ123456'),
    ('code', '１２３４', '1234'),
    ('id', 'de02 1203-0000', 'DE0212030000'),
    ('id', 'n/a', null),
    ('id', 'NONE', null),
    ('id', '000-000-000', null),
    ('id', '123', null),
    ('id', '0001', '0001'),
    ('ip', ' 203.0.113.7', '203.0.113.7'),
    ('ip', '::FFFF:203.0.113.7', '203.0.113.7'),
    ('ip', '2001:0DB8:0005:0000:0000:0000:0000:000A', '2001:db8:5:0:0:0:0:a'),
    ('ip', '2001:db8:5::a', '2001:db8:5:0:0:0:0:a'),
    ('ip', '2001::7', '2001:0:0:0:0:0:0:7'),
    ('ip', 'fe80::', 'fe80:0:0:0:0:0:0:0'),
    ('ip', '::1', '0:0:0:0:0:0:0:1'),
    ('ip', 'unknown', null),
    ('ip_prefix', '203.0.113.200', '203.0.113.'),
    ('ip_prefix', '::ffff:203.0.113.7', '203.0.113.'),
    ('ip_prefix', '2001:DB8:5:1::a', '2001:db8:5:'),
    ('ip_prefix', '2001::7', '2001:0:0:')
),
normalised as (
    select
        *,
        case kind
            when 'email' then {{ normalise_email('spelling') }}
            when 'phone' then {{ normalise_phone('spelling') }}
            when 'phone in DE' then {{ normalise_phone('spelling', "'DE'") }}
            when 'phone in US' then {{ normalise_phone('spelling', "'US'") }}
            when 'phone in ES' then {{ normalise_phone('spelling', "'ES'") }}
            when 'phone in IT' then {{ normalise_phone('spelling', "'IT'") }}
            when 'phone in SG' then {{ normalise_phone('spelling', "'SG'") }}
            when 'name' then {{ normalise_name('spelling') }}
            when 'text' then {{ normalise_text('spelling') }}
            when 'street' then {{ normalise_street('spelling') }}
            when 'building' then {{ normalise_building('spelling') }}
            when 'code' then {{ normalise_code('spelling') }}
            when 'id' then {{ normalise_id('spelling') }}
            when 'ip' then {{ normalise_ip('spelling') }}
            when 'ip_prefix' then {{ ip_prefix('spelling') }}
        end as actual
    from spellings
)
select
    kind,
    spelling,
    expected,
    actual
from normalised
where actual is distinct from expected
