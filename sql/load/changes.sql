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

-- How much changed: words that came or went, wherever they stood. In scripts without spaces a word is one character.
word as (
    select
        extraction_id,
        earlier_id,
        step,
        unnest(regexp_extract_all(lower(text), '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]|[\p{L}\p{M}\p{N}]+')) as word
    from part
),

counted as (
    select
        extraction_id,
        earlier_id,
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
        greatest(sum(later_uses), sum(earlier_uses))::integer as words
    from counted
    group by extraction_id, earlier_id
),

-- What it means: words in order, a number with sign and currency, without case, accents and a final ー.
term as (
    select
        extraction_id,
        earlier_id,
        step,
        part,
        list_transform(
            regexp_extract_all(
                translate(text, '’ʼ‘−–—‑', '''''''----'),
                '[\p{Sc}+-]*\p{N}+(?:[.,:/-]\p{N}+)*[%‰°\p{Sc}]?'
                || '|[\p{Katakana}ー]+|[\p{Han}\p{Hiragana}\p{Thai}]'
                || '|[\p{L}\p{M}\p{N}]+(?:''[\p{L}\p{M}]+)*'
            ),
            lambda shown: struct_pack(
                shown := shown,
                folded := replace(
                    if(
                        regexp_matches(shown, '[\p{Latin}\p{Greek}\p{Cyrillic}]'),
                        strip_accents(lower(shown)),
                        regexp_replace(lower(shown), 'ー$', '')
                    ),
                    '''',
                    ''
                )
            )
        ) as terms
    from part
),

-- Numbers, days, months and negations are facts: en, de, fr, es, it, pt, nl and East Asia's numerals.
fact as (
    select
        *,
        list_transform(
            terms,
            lambda term: regexp_matches(
                term.folded,
                '\p{N}|[〇一二三四五六七八九十百千万億兆]'
                || '|^(?:m|b|tr)il[lij]+(?:on|ar|er|o)|^(?:hundr|hunder|hundert|thousand|tausend|duizend|dozen)'
                || '|(?:cien|cen|tre)t[oa]s$|^(?:four|six|seven|eight|nine|thir|fif)(?:teen|t[yih])'
                || '|^(?:twent|twel|eleven)'
                || '|^(?:vier|funf|sech|sieb|acht|neun|drei|zwan)(?:zehn|zig|ßig|tien|tig)'
                || '|^(?:quar|cuar|cincu|cinqu|ses+|set+|och|oit|ott|nov|non|soix|tr)[ae]nt[ae]'
                || '|^(?:on|do|tre|trei|cator|quator|quattor|quin|se|sei)(?:ce|ze|dici)$'
                || '|^(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)$'
                || '|^(?:mon|tues|wednes|thurs|fri|satur|sun)days?$|^(?:mon|diens|donners|frei|sams|sonn)tags?$'
                || '|^mittwochs?$|^(?:maan|dins|woens|donder|vrij|zater|zon)dag$'
                || '|^(?:lun|mar|mercre|jeu|vendre|same)di$|^dimanche$|^(?:lune|marte|mercole|giove|vener)di$'
                || '|^(?:lunes|martes|miercoles|jueves|viernes|sabado|sabato|domingo|domenica)$'
                || '|^(?:january?|januari|janvier|janeiro|enero|gennaio|february?|februari|fevrier|febrero|febbraio)$'
                || ''
                || '|^(?:fevereiro|march|marz|mars|marzo|marco|maart|april|aprile|avril|abril)$'
                || '|^(?:mai|may|mayo|maio|maggio)$'
                || '|^(?:june?|juni|juin|junio|junho|giugno|july?|juli|juillet|julio|julho|luglio)$'
                || '|^(?:august|augustus|aout|agosto|setiembre)$'
                || '|^(?:sept?|set|oc|ok|ot|out|no|de|di)[a-z]*(?:mb|t[ou]b)(?:er|re|ro)$'
                || ''
                || '|^(?:not?|non|never|none|nor|neither|nobody|nothing|nowhere|without|cannot)$'
                || '|^(?:ca|wo|do|does|did|is|are|was|were|has|have|had|would|could|should|must|need)nt$'
                || '|^(?:nicht|nie|niemals|kein[a-z]*|ohne|weder|ne|pas|jamais|aucune?|sans|nunca)$'
                || ''
                || '|^(?:sin|senza|mai|sem|nao|niet|geen|zonder)$'
            )
        ) as is_fact
    from term
),

-- A word that comes twice running, "the the", counts once; a fact as often as it stands.
said as (
    select
        extraction_id,
        earlier_id,
        step,
        part,
        list_transform(terms, lambda term: term.folded) as uses,
        array_to_string(list_transform(terms, lambda term: term.folded), '') as letters,
        list_filter(list_zip(terms, is_fact), lambda pair: pair[2]) as facts,
        list_filter(
            list_zip(terms, is_fact, list_prepend(null, terms)[:-2]),
            lambda triple: triple[2] or triple[3] is null or triple[1].folded <> triple[3].folded
        ) as words
    from fact
),

faced as (
    select
        later.extraction_id,
        later.earlier_id,
        later.part,
        abs(len(later.uses) - len(earlier.uses)) as doubled,
        later.letters = earlier.letters
        and list_transform(later.facts, lambda pair: pair[1].folded)
        = list_transform(earlier.facts, lambda pair: pair[1].folded) as is_typography,
        len(later.words) = len(earlier.words) as is_in_step,
        case
            when len(later.words) = len(earlier.words)
                then list_filter(
                    list_zip(earlier.words, later.words), lambda pair: pair[1][1].folded <> pair[2][1].folded
                )
            else []
        end as swaps
    from said as later
    inner join said as earlier
        on
            later.extraction_id = earlier.extraction_id
            and later.earlier_id = earlier.earlier_id
            and later.part = earlier.part
            and later.step > earlier.step
),

vocabulary as (
    select
        extraction_id,
        earlier_id,
        flatten(list(uses)) as uses
    from said
    where step > 0
    group by extraction_id, earlier_id
),

swap as (
    select
        extraction_id,
        earlier_id,
        part,
        swap[1][1].folded as earlier_word,
        swap[2][1].folded as word,
        swap[1][2] or swap[2][2] as is_fact,
        regexp_matches(swap[1][1].shown || swap[2][1].shown, '\p{Lu}') as is_name
    from (
        select
            extraction_id,
            earlier_id,
            part,
            unnest(swaps) as swap
        from faced
        where len(swaps) <= 10 and not is_typography
    ) as few
),

-- A slip of the keys: a long word almost as it was, inside it. Another ending or a negation before it is another word.
slip as (
    select
        swap.extraction_id,
        swap.earlier_id,
        swap.part,
        bool_and(
            not swap.is_fact
            and greatest(length(swap.earlier_word), length(swap.word)) >= 6
            and left(swap.earlier_word, 1) = left(swap.word, 1)
            and damerau_levenshtein(swap.earlier_word, swap.word)
            <= if(swap.is_name or least(length(swap.earlier_word), length(swap.word)) < 8, 1, 2)
            and left(swap.earlier_word, least(length(swap.earlier_word), length(swap.word)) - 1)
            <> left(swap.word, least(length(swap.earlier_word), length(swap.word)) - 1)
            and not list_contains(
                list_transform(['un', 'il', 'im', 'in', 'ir', 'dis', 'non'], lambda prefix: prefix || swap.word),
                swap.earlier_word
            )
            and not list_contains(
                list_transform(
                    ['un', 'il', 'im', 'in', 'ir', 'dis', 'non'],
                    lambda prefix: prefix || swap.earlier_word
                ),
                swap.word
            )
            and not list_contains(vocabulary.uses, swap.earlier_word)
        ) as is_slip
    from swap
    inner join vocabulary
        on swap.extraction_id = vocabulary.extraction_id and swap.earlier_id = vocabulary.earlier_id
    group by swap.extraction_id, swap.earlier_id, swap.part
),

judged as (
    select
        faced.extraction_id,
        faced.earlier_id,
        sum(if(faced.is_typography, 0, 2 * len(faced.swaps) + faced.doubled)) as size,
        bool_and(
            faced.is_typography
            or (faced.is_in_step and (len(faced.swaps) = 0 or coalesce(slip.is_slip, false)))
        ) as is_tidied
    from faced
    left join slip
        on
            faced.extraction_id = slip.extraction_id
            and faced.earlier_id = slip.earlier_id
            and faced.part = slip.part
    group by faced.extraction_id, faced.earlier_id
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
            judged.is_tidied and judged.size <= least(20, greatest(4, coalesce(measured.words, 0) / 50))
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
left join judged
    on pair.extraction_id = judged.extraction_id and pair.earlier_id = judged.earlier_id
left join difference
    on pair.extraction_id = difference.extraction_id and pair.earlier_id = difference.earlier_id
