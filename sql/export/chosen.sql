-- One row per chosen article of a month (null: of all), as mart.articles has it, in the order of publication.
create or replace temp table chosen as
select *
from mart.articles
where
    (len($sources::varchar[]) = 0 or list_contains($sources::varchar[], source))
    and ($since::date is null or coalesce(published_on, first_seen_at::date) >= $since)
    and ($until::date is null or coalesce(published_on, first_seen_at::date) <= $until)
    and ($month::varchar is null or strftime(coalesce(published_on, first_seen_at::date), '%Y-%m') = $month)
order by coalesce(published_on, first_seen_at::date), published_at nulls first, article_id
