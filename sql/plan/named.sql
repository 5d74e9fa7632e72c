-- One row per URL that the polls named and no poll had named before: the first that named it.
create or replace temp table named as
with line as (
    select
        number,
        source,
        endpoint,
        polled_at,
        generate_subscripts(found, 1) as place,
        unnest(found, recursive := true)
    from poll
),

-- An AMP, print or mobile form is no page of its own once the page that it is a form of has been read.
variant as (
    select
        url_id,
        unnest(variants) as page_id
    from line
),

folded as (
    select variant.url_id
    from variant
    semi join raw.url as kept on variant.page_id = kept.url_id and kept.class = 'article'
)

select line.* exclude (variants)
from line
anti join raw.url as kept on line.url_id = kept.url_id
anti join folded on line.url_id = folded.url_id
anti join (select form.url_id from core.article_url as form where form.is_form) as form on line.url_id = form.url_id
where
    line.url not in (select unnest($forgotten::varchar[]))
    and line.source not in (select tombstone.source from ops.tombstone as tombstone where tombstone.source is not null)
    and core.host(line.url) not in (
        select tombstone.host from ops.tombstone as tombstone where tombstone.host is not null
    )
qualify row_number() over (partition by line.url_id order by line.number, line.place) = 1
