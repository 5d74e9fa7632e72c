-- One row per reading of the batch's new versions and the one it is compared with: how headline and text differ.
-- What minor means, and why: docs/decisions/0030-kinds-of-change.md.
insert into core.article_change by name
with pair as (
    select distinct
        version.extraction_id,
        version.earlier_id,
        earlier.title as earlier_title,
        earlier.text as earlier_text,
        later.title,
        later.text
    from version_made as version
    inner join needed as earlier on version.earlier_id = earlier.extraction_id
    inner join needed as later on version.extraction_id = later.extraction_id
    anti join core.article_change as kept
        on version.extraction_id = kept.extraction_id and version.earlier_id = kept.earlier_id
    where version.change_kind is null
),

side as (
    select
        extraction_id,
        earlier_id,
        1 as step,
        title,
        text
    from pair
    union all
    select
        extraction_id,
        earlier_id,
        -1 as step,
        earlier_title as title,
        earlier_text as text
    from pair
),

part as (
    select
        extraction_id,
        earlier_id,
        step,
        'title' as part,
        title as text
    from side
    union all
    select
        extraction_id,
        earlier_id,
        step,
        'text' as part,
        text
    from side
),

-- A word is a run of letters and digits; in scripts without spaces it is one character.
word as (
    select
        extraction_id,
        earlier_id,
        step,
        part,
        unnest(regexp_extract_all(lower(text), '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]|[\p{L}\p{M}\p{N}]+')) as word
    from part
),

counted as (
    select
        extraction_id,
        earlier_id,
        part,
        word,
        sum(step)::integer as surplus,
        count(*) filter (step > 0) as later_uses,
        count(*) filter (step < 0) as earlier_uses
    from word
    group by all
),

measured as (
    select
        extraction_id,
        earlier_id,
        sum(abs(surplus))::integer as moved,
        greatest(sum(later_uses), sum(earlier_uses))::integer as words,
        bool_or(surplus <> 0 and regexp_matches(word, '[\p{N}〇一二三四五六七八九十百千万億兆]')) as has_figures
    from counted
    group by extraction_id, earlier_id
),

-- Few words alone are looked at one by one.
moved as (
    select counted.*
    from counted
    inner join measured
        on counted.extraction_id = measured.extraction_id and counted.earlier_id = measured.earlier_id
    where counted.surplus <> 0 and measured.moved <= 20
),

-- A word has a twin if one that went the other way is spelled almost as it is: "recieve" and "receive".
single as (
    select
        moved.extraction_id,
        moved.earlier_id,
        moved.part,
        sum(abs(moved.surplus))::integer as words
    from moved
    anti join moved as twin
        on
            moved.extraction_id = twin.extraction_id
            and moved.earlier_id = twin.earlier_id
            and moved.part = twin.part
            and moved.surplus * twin.surplus < 0
            and damerau_levenshtein(moved.word, twin.word) <= 2
            and (
                2 * damerau_levenshtein(moved.word, twin.word) <= greatest(length(moved.word), length(twin.word))
                or greatest(length(moved.word), length(twin.word)) = 1
            )
    group by moved.extraction_id, moved.earlier_id, moved.part
),

singles as (
    select
        extraction_id,
        earlier_id,
        coalesce(sum(words) filter (part = 'title'), 0) as of_title,
        coalesce(sum(words) filter (part = 'text'), 0) as of_text
    from single
    group by extraction_id, earlier_id
),

line as (
    select
        extraction_id,
        earlier_id,
        step,
        unnest(core.sentences(text)) as sentence,
        generate_subscripts(core.sentences(text), 1) as place
    from side
),

use as (
    select
        *,
        row_number() over (partition by extraction_id, earlier_id, step, sentence order by place) as number
    from line
),

differing as (
    select use.*
    from use
    anti join use as other
        on
            use.extraction_id = other.extraction_id
            and use.earlier_id = other.earlier_id
            and use.sentence = other.sentence
            and use.number = other.number
            and use.step = -other.step
),

difference as (
    select
        extraction_id,
        earlier_id,
        list(sentence order by place) filter (step > 0) as added,
        list(sentence order by place) filter (step < 0) as removed
    from differing
    group by extraction_id, earlier_id
)

select
    pair.extraction_id,
    pair.earlier_id,
    case
        when
            not coalesce(measured.has_figures, false)
            and coalesce(measured.moved, 0) <= least(20, greatest(4, measured.words / 50))
            and coalesce(singles.of_title, 0) = 0
            and coalesce(singles.of_text, 0) <= 1
            then 'minor'
        else 'substantive'
    end as change_kind,
    pair.title <> pair.earlier_title as title_changed,
    coalesce(difference.added, []) as added,
    coalesce(difference.removed, []) as removed,
    coalesce(measured.moved, 0) as moved,
    coalesce(measured.words, 0) as words,
    $load_id as load_id
from pair
left join measured
    on pair.extraction_id = measured.extraction_id and pair.earlier_id = measured.earlier_id
left join singles
    on pair.extraction_id = singles.extraction_id and pair.earlier_id = singles.earlier_id
left join difference
    on pair.extraction_id = difference.extraction_id and pair.earlier_id = difference.earlier_id
