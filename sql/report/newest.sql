-- One row per article, the newest first: by its time of publication, else by when it was seen first.
select
    title,
    url,
    source,
    authors,
    language,
    word_count,
    published_at,
    published_on,
    first_seen_at
from mart.articles
where first_seen_at is not null
order by least(coalesce(published_at, published_on::timestamptz, first_seen_at), first_seen_at) desc, article_id asc
limit $most
