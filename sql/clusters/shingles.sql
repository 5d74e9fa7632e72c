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
        if(len(list_filter(words, lambda word: len(word) = 1)) * 2 > len(words), 5, 3) as size
    from tokens
),

placed as (
    select
        text_id,
        words,
        size,
        unnest(range(1, greatest(len(words) - size + 2, 2))) as place
    from sized
)

select distinct
    text_id,
    md5_number_lower(array_to_string(words[place:place + size - 1], ' ')) as shingle
from placed
