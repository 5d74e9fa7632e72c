-- One row per text of another article that has a sentence of those that are to be forgotten, and where it stands.
with mine as (
    select text_id
    from core.extraction
    where url_id in (select unnest($url_ids::bigint[]))
),

other as (
    select distinct extraction.text_id
    from core.extraction as extraction
    where extraction.url_id not in (select unnest($url_ids::bigint[]))
)

select
    body.text,
    list(distinct article.url) filter (article.url is not null) as urls
from core.body as body
semi join other on body.text_id = other.text_id
left join core.article as article
    on body.text_id = article.text_id and article.url_id not in (select unnest($url_ids::bigint[]))
where
    body.text_id in (select mine.text_id from mine)
    or regexp_matches(regexp_replace(lower(nfc_normalize(body.text)), '[^\p{L}\p{N}]+', ' ', 'g'), $pattern)
group by body.text
