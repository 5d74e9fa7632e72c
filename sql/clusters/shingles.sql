-- One row per text that is compared and shingle of it: three words in a row, or five letters of scripts without spaces.
-- A word is a run of letters and digits; in scripts without spaces it is one letter.
insert into shingle
with tokens as (
    select
        text_id,
        regexp_extract_all(
            lower(nfc_normalize(text)),
            '[\p{Han}\p{Hiragana}\p{Katakana}ー\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]|[\p{L}\p{M}\p{N}]+'
        ) as words
    from compared
),

sized as (
    select
        text_id,
        words,
        len(list_filter(words, lambda word: len(word) = 1)) * 2 > len(words) as unspaced
    from tokens
),

-- Lists beside each other, each one word further on: a slice for each place would copy the list as often.
placed as (
    select
        text_id,
        unspaced,
        generate_subscripts(words, 1) as place,
        unnest(list_zip(words, words[2:], words[3:], words[4:], words[5:])) as run
    from sized
)

select distinct
    text_id,
    md5_number_lower(
        if(unspaced, concat_ws(' ', run[1], run[2], run[3], run[4], run[5]), concat_ws(' ', run[1], run[2], run[3]))
    ) as shingle
from placed
where place = 1 or if(unspaced, run[5], run[3]) is not null
