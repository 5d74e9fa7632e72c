-- One row per article of chosen sources and days of publication (the publisher's calendar, else of its first capture).
select article_id
from mart.articles
where
    (len($sources::varchar[]) = 0 or list_contains($sources::varchar[], source))
    and ($since::date is null or coalesce(published_on, first_seen_at::date) >= $since)
    and ($until::date is null or coalesce(published_on, first_seen_at::date) <= $until)
order by article_id
