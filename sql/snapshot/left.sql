-- One row per source of a snapshot's articles: how many, from when to when, how open.
select
    source,
    count(*) as articles,
    min(coalesce(published_on, first_seen_at::date)) as first_day,
    max(coalesce(published_on, first_seen_at::date)) as last_day,
    count(*) filter (where access = 'free') as free,
    count(*) filter (where access = 'metered') as metered,
    count(*) filter (where access = 'paid') as paid
from read_parquet($path)
group by source
order by source
