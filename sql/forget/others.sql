-- One row per text of another article that has a sentence of those that are to be forgotten, and where it stands.
with mine as (
    select text_id
    from core.extraction
    where url_id in (select unnest($url_ids::bigint[]))
),

other as (
    select
        text_id,
        url_id,
        concat_ws(chr(10), title, description) as head
    from core.extraction
    where url_id not in (select unnest($url_ids::bigint[]))
),

bodies as (
    select
        body.text_id,
        body.text
    from core.body as body
    semi join other on body.text_id = other.text_id
    where body.text_id in (select mine.text_id from mine) or has_trace(body.text)
),

heads as (
    select distinct
        url_id,
        head as text
    from other
    where has_trace(head)
),

standing as (
    select
        url_id,
        text_id,
        url
    from core.article
    where url_id not in (select unnest($url_ids::bigint[]))
)

select
    bodies.text,
    list(standing.url) filter (standing.url is not null) as urls
from bodies
left join standing on bodies.text_id = standing.text_id
group by bodies.text
union all
select
    heads.text,
    list(standing.url) filter (standing.url is not null) as urls
from heads
left join standing on heads.url_id = standing.url_id
group by heads.text
