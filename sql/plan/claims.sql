-- One row per URL that the run takes upon itself: what was left over, then a fair share of what is due for each source.
insert into ops.claim
with source as (
    select unnest(from_json($sources, '[{"source": "VARCHAR", "budget": "BIGINT"}]'), recursive := true)
),

left_over as (
    select core.stable_id(line.url) as url_id
    from (select unnest(from_json($leftovers, '[{"url": "VARCHAR", "source": "VARCHAR"}]'), recursive := true)) as line
),

-- What a run that still lives has claimed and not settled is its own.
taken as (
    select claim.url_id
    from ops.claim as claim
    semi join (select run_id from ops.run where state = 'running' and run_id <> $run_id) as living
        on claim.run_id = living.run_id
    anti join ops.attempt as attempt on claim.claim_id = attempt.claim_id
),

-- What was left over is kept already and costs no request, so no budget holds it back.
kept as (
    select
        url.url_id,
        url.url,
        url.source,
        'leftover' as why
    from raw.url as url
    semi join left_over on url.url_id = left_over.url_id
    semi join source on url.source = source.source
    anti join taken on url.url_id = taken.url_id
),

-- The one condition on all that is known is on one column, so that what is not due is not read.
due as (
    select
        url.url_id,
        url.url,
        url.source,
        source.budget,
        case when url.waiting = 'run_died' then 'leftover' when url.class is null then 'new' else 'due' end as why,
        url.next_due_at,
        coalesce(url.hint_published_at, url.first_seen_at) as published_at
    from raw.url as url
    inner join source on url.source = source.source
    anti join taken on url.url_id = taken.url_id
    anti join left_over on url.url_id = left_over.url_id
    where url.next_due_at <= $now
),

-- First what a dead run had claimed, then what is new, the newest first; what is due again by the longest wait.
queued as (
    select
        *,
        row_number() over (
            partition by source, why = 'due'
            order by
                why = 'leftover' desc,
                if(why = 'due', next_due_at, null) asc,
                published_at desc,
                url asc
        ) as place_of_kind
    from due
),

-- Where both wait, every fifth place is one's that is due again, so that a flood of new ones does not starve it.
woven as (
    select
        *,
        row_number() over (
            partition by source
            order by if(why = 'due', 5 * place_of_kind, place_of_kind + (place_of_kind - 1) // 4), url
        ) as place
    from queued
),

-- Sources take turns, so that nobody gets more than a fair share while another waits (max-min fairness).
dealt as (
    select
        *,
        row_number() over (order by place, core.stable_id(concat_ws('|', $run_id, source)), source) as turn
    from woven
    where place <= budget
),

claimed as (
    select * from kept
    union all
    select
        url_id,
        url,
        source,
        why
    from dealt
    where turn <= $budget
)

select
    core.stable_id(concat_ws('|', $run_id, url)) as claim_id,
    $run_id as run_id,
    url_id,
    url,
    source,
    why,
    $now as claimed_at,
    $load_id as load_id
from claimed
