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
    ('phone', '+44 020 7946 0958', '442079460958'),
    ('phone', '0044 (020) 7946 0958', '442079460958'),
    -- no trunk digit: part of the code, of an Italian number, of too short a number,
    -- further on in a number
    ('phone', '+20 2 2461 5555', '20224615555'),
    ('phone', '+39 06 1234 5678', '390612345678'),
    ('phone', '+39 (0)6 1234 5678', '390612345678'),
    ('phone', '+49 0 12345', '49012345'),
    ('phone', '+49 8101 2345678', '4981012345678'),
    -- what is typed without + may begin with another country's code and a 0
    ('phone', '4402079460958', '4402079460958'),
    ('phone in GB', '44 020 7946 0958', '442079460958'),
    ('phone in IN', '91012 34567', '9101234567'),
    ('phone in US', '(212) 555-0100', '12125550100'),
    ('phone in US', '011 44 20 7946 0958', '442079460958'),
    ('phone in US', '011-44-020-7946-0958', '442079460958'),
    ('phone in CA', '01149301234567', '49301234567'),
    -- Leeds, Turin, and nobody knows where
    ('phone in GB', '0113 449 6000', '441134496000'),
    ('phone in IT', '011 442 0794', '390114420794'),
    ('phone', '011 44 20 7946 0958', '11442079460958'),
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
    ('name', 'Иван Петров', 'ivan petrov'),
    ('name', 'PETROV, Ivan', 'ivan petrov'),
    ('name', 'Юлия Щукина', 'iuliia shchukina'),
    ('name', 'Iuliia Shchukina', 'iuliia shchukina'),
    ('name', 'Сергей Подъячев', 'podieiachev sergei'),
    ('name', 'Хацкевич, Фёдор Ильич', 'fedor ilich khatskevich'),
    ('name', 'Василь Лук’яненко', 'lukianenko vasil'),
    ('name', 'Їжакевич Ґалаґан Євген', 'galagan ievgen izhakevich'),
    ('name', 'Љиљана Ђорђевић', 'dordevic ljiljana'),
    ('name', 'Бэлла Рыжова', 'bella ryzhova'),
    -- other people
    ('name', 'Ивана Петрова', 'ivana petrova'),
    ('name', 'Зуков', 'zukov'),
    ('name', 'Жуков', 'zhukov'),
    ('name', 'Sergey', 'sergey'),
    ('name', 'Шукина', 'shukina'),
    ('text', 'Иван Петров', 'иван петров'),
    ('text', 'Rue de l''Église 12,  Apt. 4', 'rue de l eglise 12 apt 4'),
    ('text', '...', ''),
    ('street', '12 Maple Street, Apt. 5', '12 maple st 5'),
    ('street', '12 MAPLE St. #5', '12 maple st 5'),
    ('street', '12 Maple st unit 5', '12 maple st 5'),
    ('street', '12 Maple Road', '12 maple rd'),
    ('street', '12 Maple Avenue', '12 maple ave'),
    ('street', '12 Maple Ave.', '12 maple ave'),
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
    ('street', 'Apt 5, 12 Maple Street', '12 maple st 5'),
    ('street', 'Flat 5B - 12 Maple St', '12 maple st 5b'),
    ('street', '#5, 12 Maple St.', '12 maple st 5'),
    ('street', 'UNIT 5/12 Maple Street', '12 maple st 5'),
    ('street', 'Whg. 4, Lindenstraße 12', '12 linden st 4'),
    ('street', 'Piso 3, C/ de Alcalá, nº 5', '5 calle alcala 3'),
    ('street', 'Room 5, 12 Maple St', '12 maple st room 5'),
    ('street', '12 Maple St, Room 5', '12 maple st room 5'),
    ('street in AU', '5/12 Maple Street', '12 maple st 5'),
    ('street in NZ', 'U5/12 Maple St', '12 maple st 5'),
    ('street in CA', '5-12 Maple St', '12 maple st 5'),
    -- another flat or house, a range, a half, a floor and a door, no flat at all
    ('street', 'Apt 12, 5 Maple Street', '5 maple st 12'),
    ('street in AU', '12/5 Maple Street', '5 maple st 12'),
    ('street in AU', '5-12 Maple Street', '5 12 maple st'),
    ('street in GB', '5/12 Maple Street', '5 12 maple st'),
    ('street in US', '5-12 Maple Street', '5 12 maple st'),
    ('street in CA', '5 1/2 Maple Street', '5 1 2 maple st'),
    ('street in SG', '#05-12 Maple Street', '05 12 maple st'),
    ('street', 'Suite Road 5', '5 rd'),
    ('street', 'Unit Apple Street 5', '5 apple st'),
    ('street in US', '12 N. Main St', '12 dirn main st'),
    ('street in US', '12 N Main Street', '12 dirn main st'),
    ('street in US', '12 North Main St.', '12 dirn main st'),
    ('street in US', 'Apt 4, 12 N Main St', '12 dirn main st 4'),
    ('street in US', '12 N Main St Apt 4', '12 dirn main st 4'),
    ('street in US', '1600 Maple Ave. NW', '1600 maple ave dirnw'),
    ('street in US', '1600 Maple Avenue Northwest', '1600 maple ave dirnw'),
    ('street in US', '1600 Maple Ave N.W. #4', '1600 maple ave dirnw 4'),
    ('street in CA', '12 SE Maple Rd', '12 dirse maple rd'),
    ('street in US', '12 South-East Maple Rd', '12 dirse maple rd'),
    ('street in US', '12 E 5th Ave', '12 dire 5th ave'),
    ('street in US', '12 W Broadway', '12 dirw broadway'),
    ('street in GB', '12 N. Circular Road', '12 dirn circular rd'),
    ('street in GB', '12 North Circular Rd', '12 dirn circular rd'),
    -- another direction or side, a street of that name, a house or a flat with a letter
    ('street in US', '12 S Main St', '12 dirs main st'),
    ('street in US', '12 Main St', '12 main st'),
    ('street in US', '12 Main St N', '12 main st dirn'),
    ('street in US', '12N Main St', '12n main st'),
    ('street in US', '12 North Street', '12 north st'),
    ('street in US', '12 N St', '12n st'),
    ('street in US', '12 N St NW', '12n st dirnw'),
    ('street in US', '12 N West St', '12 dirn west st'),
    ('street in US', '12 Northern Maple St', '12 northern maple st'),
    ('street in US', '12 Maple St Northgate', '12 maple st northgate'),
    ('street in US', '12 Nest View Lane', '12 nest view ln'),
    ('street in US', '12 Main St Apt N', '12 main st n'),
    ('street in US', '12 Main St, E', '12 main st e'),
    ('street in GB', '12 E Maple Road', '12e maple rd'),
    ('street in GB', '12e Maple Rd', '12e maple rd'),
    ('street in DE', 'Lindenstraße 12 E', '12e linden st'),
    ('street in FR', '12 E Boulevard de l''Église', '12e blvd eglise'),
    ('building in AU', '5/12 Maple Street', '12 maple st'),
    ('building in US', 'Apt 4, 12 N. Main St', '12 dirn main st'),
    ('building in US', '12 North Main Street #4', '12 dirn main st'),
    ('building in GB', '5/12 Maple Street', '5 12 maple st'),
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
            when 'phone in CA' then {{ normalise_phone('spelling', "'CA'") }}
            when 'phone in DE' then {{ normalise_phone('spelling', "'DE'") }}
            when 'phone in ES' then {{ normalise_phone('spelling', "'ES'") }}
            when 'phone in GB' then {{ normalise_phone('spelling', "'GB'") }}
            when 'phone in IN' then {{ normalise_phone('spelling', "'IN'") }}
            when 'phone in IT' then {{ normalise_phone('spelling', "'IT'") }}
            when 'phone in SG' then {{ normalise_phone('spelling', "'SG'") }}
            when 'phone in US' then {{ normalise_phone('spelling', "'US'") }}
            when 'name' then {{ normalise_name('spelling') }}
            when 'text' then {{ normalise_text('spelling') }}
            when 'street' then {{ normalise_street('spelling') }}
            when 'street in AU' then {{ normalise_street('spelling', "'AU'") }}
            when 'street in CA' then {{ normalise_street('spelling', "'CA'") }}
            when 'street in DE' then {{ normalise_street('spelling', "'DE'") }}
            when 'street in FR' then {{ normalise_street('spelling', "'FR'") }}
            when 'street in GB' then {{ normalise_street('spelling', "'GB'") }}
            when 'street in NZ' then {{ normalise_street('spelling', "'NZ'") }}
            when 'street in SG' then {{ normalise_street('spelling', "'SG'") }}
            when 'street in US' then {{ normalise_street('spelling', "'US'") }}
            when 'building' then {{ normalise_building('spelling') }}
            when 'building in AU' then {{ normalise_building('spelling', "'AU'") }}
            when 'building in GB' then {{ normalise_building('spelling', "'GB'") }}
            when 'building in US' then {{ normalise_building('spelling', "'US'") }}
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
