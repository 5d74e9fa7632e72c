-- One row per attempt of the batch: what became of it.
create or replace temp table outcome as
with first_shown as (
    select
        article_id,
        url_id,
        min(load_id) filter (state = 'article') < $load_id as seen_before,
        min(row(captured_at, url, payload_digest)) filter (state = 'article' and load_id = $load_id) as first_here
    from history
    group by article_id, url_id
),

article_shown as (
    select
        article_id,
        bool_or(coalesce(seen_before, false)) as seen_before,
        min(first_here) as first_here
    from first_shown
    group by article_id
),

shown as (
    select
        history.article_id,
        history.url_id,
        history.captured_at,
        history.payload_digest,
        case
            when history.load_id < $load_id then 'unchanged'
            when
                coalesce(first_shown.seen_before, false)
                or row(history.captured_at, history.url, history.payload_digest) > first_shown.first_here
                then if(history.differs_beside, 'edited', 'unchanged')
            when
                not article_shown.seen_before
                and row(history.captured_at, history.url, history.payload_digest) = article_shown.first_here
                then 'new'
            else 'duplicate'
        end as outcome
    from history
    inner join first_shown on history.article_id = first_shown.article_id and history.url_id = first_shown.url_id
    inner join article_shown on history.article_id = article_shown.article_id
    where history.state = 'article'
),

-- Of what is no article it is known by its URL alone.
known as (
    select
        kept.url_id,
        kept.article_id
    from core.article_url as kept
    semi join (select url_id from stage where disposition <> 'article') as other on kept.url_id = other.url_id
)

select
    stage.claim_id,
    coalesce(shown.article_id, known.article_id) as article_id,
    case when stage.disposition = 'article' then shown.outcome else stage.disposition end as outcome
from stage
left join shown
    on
        stage.url_id = shown.url_id
        and stage.captured_at = shown.captured_at
        and stage.payload_digest = shown.payload_digest
        and stage.disposition = 'article'
left join known on stage.url_id = known.url_id
