-- One row per version that follows another with a text: how much it differs from it.
-- Minor: the same headline, and of the text's words at most four, and one in fifty, came or went (a typo is two).
create or replace temp table change as
with pair as (
    select
        version.article_id,
        version.number,
        earlier.title as earlier_title,
        earlier.text as earlier_text,
        later.title,
        later.text
    from version
    inner join needed as earlier on version.earlier_id = earlier.extraction_id
    inner join needed as later on version.extraction_id = later.extraction_id
),

-- A word is a run of letters and digits; in scripts without spaces it is one character.
word as (
    select
        article_id,
        number,
        1 as step,
        unnest(regexp_extract_all(lower(text), '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]|[\p{L}\p{M}\p{N}]+')) as word
    from pair
    union all
    select
        article_id,
        number,
        -1 as step,
        unnest(
            regexp_extract_all(lower(earlier_text), '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]|[\p{L}\p{M}\p{N}]+')
        ) as word
    from pair
),

counted as (
    select
        article_id,
        number,
        word,
        sum(step) as surplus,
        count(*) as uses
    from word
    group by article_id, number, word
),

measured as (
    select
        article_id,
        number,
        sum(abs(surplus)) as moved,
        sum(uses) / 2 as words
    from counted
    group by article_id, number
)

select
    pair.article_id,
    pair.number,
    case
        when
            pair.title = pair.earlier_title
            and coalesce(measured.moved, 0) <= least(4, greatest(2, measured.words / 50))
            then 'minor'
        else 'substantive'
    end as change_kind
from pair
left join measured on pair.article_id = measured.article_id and pair.number = measured.number
