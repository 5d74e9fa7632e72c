-- One row per URL of the batch whose last answer it holds: its state from now on. `place` null: it was not known.
create or replace temp table url_settled as
with span as (
    select
        url_id,
        arg_min(source, row(captured_at, source)) as source,
        min(captured_at) as captured_at,
        arg_max(place, row(captured_at, coalesce(payload_digest, ''))) as last_place
    from stage
    group by url_id
),

judged as (
    select
        last.* exclude (place, source),
        span.source,
        kept.place,
        kept.class as kept_class,
        kept.reason as kept_reason,
        kept.etag as kept_etag,
        kept.last_modified as kept_last_modified,
        kept.last_answer_at as kept_answer_at,
        least(kept.first_seen_at, span.captured_at) as seen_at,
        kept.hint_published_at as announced_at,
        if(outcome.outcome = 'edited', last.captured_at, kept.edited_at) as edited_at,
        -- What Retry-After asks for is done, up to a day.
        if(last.retry_at is null, null, least(last.retry_at, last.captured_at + interval 1 day)) as asked_for,
        last.disposition = 'deferred' as deferred,
        last.disposition in ('article', 'unchanged') as lives,
        coalesce(last.disposition = 'rejected' and list_contains($transient::varchar[], last.reason), false)
            as passing,
        case
            when last.disposition = 'deferred' then coalesce(kept.failures, 0)
            when passing then coalesce(kept.failures, 0) + 1
            else 0
        end as failed
    from stage as last
    inner join span on last.place = span.last_place
    left join url_before as kept on last.url_id = kept.url_id
    left join outcome on last.claim_id = outcome.claim_id
    where
        last.captured_at > coalesce(kept.last_answer_at, last.captured_at - interval 1 second)
        -- Of an article and its absence at one instant the article stands, as in its history, whichever came first.
        or (last.captured_at = kept.last_answer_at and not (last.disposition = 'gone' and kept.class = 'article'))
)

select
    place,
    url_id,
    url,
    source,
    seen_at as first_seen_at,
    edited_at,
    failed as failures,
    if(deferred, kept_answer_at, captured_at) as last_answer_at,
    case when disposition in ('deferred', 'unchanged') then kept_class else disposition end as class,
    if(disposition in ('deferred', 'unchanged'), kept_reason, reason) as reason,
    if(deferred, reason, null) as waiting,
    -- A validator stands for a page that was read: a failure leaves it as it was, any other answer ends it.
    case
        when disposition = 'article' then etag
        when disposition = 'unchanged' then coalesce(etag, kept_etag)
        when deferred or passing then kept_etag
    end as etag,
    case
        when disposition = 'article' then last_modified
        when disposition = 'unchanged' then coalesce(last_modified, kept_last_modified)
        when deferred or passing then kept_last_modified
    end as last_modified,
    case
        -- A host that was left alone is asked again ever more seldom; what is put off otherwise cost no request.
        when deferred and reason = 'host_paused'
            then greatest($now, captured_at + (captured_at - seen_at) / 8, asked_for)
        when deferred then $now
        -- The ages count anew from an edit; then an eighth of the article's age, at least, lies between two.
        when lives and edited_at is not null
            then list_min([
                edited_at + step for step in $ladder::interval[]
                if edited_at + step > captured_at and edited_at + step >= captured_at + (captured_at - seen_at) / 8
            ])
        when lives then list_min([seen_at + step for step in $ladder::interval[] if seen_at + step > captured_at])
        -- A host may ask for more time than that.
        when passing and failed <= len($backoff::interval[])
            then greatest(captured_at + ($backoff::interval[])[failed], asked_for)
        -- Feeds announce pages that are not out yet: one that never was there is asked for once more.
        when
            disposition = 'gone' and status = 404 and kept_class is null
            and announced_at > captured_at - interval 1 hour
            then captured_at + ($backoff::interval[])[1]
    end as next_due_at
from judged
