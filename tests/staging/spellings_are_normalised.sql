-- Each macro brings the spellings people and systems use to the one that is hashed.
-- Returns the spellings that come out otherwise than written here.
with spellings (kind, spelling, expected) as (
    values
    ('email', ' Anna.Lee@Example.ORG ', 'anna.lee@example.org'),
    ('email', 'anna.lee+shop@example.org', 'anna.lee@example.org'),
    ('email', 'Anna.L.ee+x@googlemail.com', 'annalee@gmail.com'),
    ('email', 'not an address', 'not an address'),
    ('phone', '+49 (0)30 1234-567', '49301234567'),
    ('phone', '0049 30 1234567', '49301234567'),
    ('phone', '--', ''),
    ('name', 'García-Pérez, Ana', 'ana garcia perez'),
    ('name', 'ANA  Garcia Perez', 'ana garcia perez'),
    ('name', '李 小龙', '小龙 李'),
    ('text', 'Rue de l''Église 12,  Apt. 4', 'rue de l eglise 12 apt 4'),
    ('text', '...', ''),
    ('street', '12 Maple Street, Apt. 5', '12 maple st 5'),
    ('street', '12 MAPLE St. #5', '12 maple st 5'),
    ('street', '12 Maple st unit 5', '12 maple st 5'),
    ('street', '12 Maple Road', '12 maple rd'),
    ('street', 'Unitas Street 3', 'unitas st 3'),
    ('building', '12 Maple Street, Apt. 5', '12 maple st'),
    ('building', '12 MAPLE St. #5', '12 maple st'),
    ('building', '12 Maple st 5b', '12 maple st'),
    ('building', '12 Maple st', '12 maple st'),
    ('building', 'Unitas Street 3', 'unitas st 3'),
    ('code', 'de02 1203-0000', 'DE0212030000'),
    ('code', '123.456.789-09', '12345678909'),
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
            when 'name' then {{ normalise_name('spelling') }}
            when 'text' then {{ normalise_text('spelling') }}
            when 'street' then {{ normalise_street('spelling') }}
            when 'building' then {{ normalise_building('spelling') }}
            when 'code' then {{ normalise_code('spelling') }}
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
