{#-
    Cyrillic as Latin letters, after normalise_text, as passports carry it (ICAO Doc 9303, part 3, section 6, without the
    exceptions by language, since a name does not say its own): Юлия Щукина = Iuliia Shchukina. Words in other scripts stay.
-#}
{% macro latin_letters(text) -%}
    {%- set letters = namespace(sql=text) -%}
    {%- for cyrillic, latin in {
        'ж': 'zh', 'х': 'kh', 'ц': 'ts', 'ч': 'ch', 'ш': 'sh', 'щ': 'shch', 'ъ': 'ie', 'ь': '', 'ю': 'iu', 'я': 'ia',
        'є': 'ie', 'љ': 'lj', 'њ': 'nj', 'џ': 'dz', 'ѕ': 'dz'
    }.items() -%}
        {%- set letters.sql = "replace(" ~ letters.sql ~ ", '" ~ cyrillic ~ "', '" ~ latin ~ "')" -%}
    {%- endfor -%}
    translate({{ letters.sql }}, 'абвгґдђезиіјклмнопрстћуфыэ', 'abvggddeziijklmnoprstcufye')
{%- endmacro %}
