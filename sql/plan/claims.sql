-- One row per URL that the run takes upon itself: what was left over, then new, then due, up to each source's budget.
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

candidate as (
    select
        url.*,
        source.budget,
        case
            when url.url_id in (select left_over.url_id from left_over) then 0
            when url.waiting = 'run_died' then 1
            when url.class is null and url.last_answer_at is null and url.next_due_at is null then 2
            when url.next_due_at <= $now then 3
        end as rank
    from raw.url as url
    inner join source on url.source = source.source
    anti join taken on url.url_id = taken.url_id
),

ranked as (
    select
        *,
        row_number() over (
            partition by source
            order by rank asc, next_due_at asc, coalesce(hint_published_at, first_seen_at) desc, url
        ) as place
    from candidate
    where rank is not null
)

-- What was left over is kept already and costs no request, so no budget holds it back.
select
    core.stable_id(concat_ws('|', $run_id, url)) as claim_id,
    $run_id as run_id,
    url_id,
    url,
    source,
    case rank when 2 then 'new' when 3 then 'due' else 'leftover' end as why,
    $now as claimed_at,
    $load_id as load_id
from ranked
where place <= budget or rank = 0
