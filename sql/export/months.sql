-- One row per month of publication that has chosen articles: how many, and a mark that changes when one of them does.
select
    strftime(coalesce(published_on, first_seen_at::date), '%Y-%m') as month,
    count(*) as articles,
    bit_xor(hash(article_id, load_id, cluster_id, extraction_id, versions, last_captured_at, gone_at))::varchar as mark
from core.article
where
    (len($sources::varchar[]) = 0 or list_contains($sources::varchar[], source))
    and ($since::date is null or coalesce(published_on, first_seen_at::date) >= $since)
    and ($until::date is null or coalesce(published_on, first_seen_at::date) <= $until)
group by month
order by month
