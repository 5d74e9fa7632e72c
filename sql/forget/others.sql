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

said as (
    select
        body.text_id,
        null as url_id,
        body.text
    from core.body as body
    semi join other on body.text_id = other.text_id
    union all
    select distinct
        null as text_id,
        url_id,
        head as text
    from other
)

select
    said.text,
    list(distinct article.url) filter (article.url is not null) as urls
from said
left join core.article as article
    on
        (said.text_id = article.text_id or said.url_id = article.url_id)
        and article.url_id not in (select unnest($url_ids::bigint[]))
where
    said.text_id in (select mine.text_id from mine)
    or regexp_matches(regexp_replace(lower(nfc_normalize(said.text)), '[^\p{L}\p{N}]+', ' ', 'g'), $pattern)
group by said.text
