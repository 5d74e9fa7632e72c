-- One row: what the warehouse holds, and how much of it came in the time shown and in as long a time before.
select
    count(*) as articles,
    count(distinct source) as sources,
    count(distinct language) as languages,
    coalesce(sum(word_count), 0)::bigint as words,
    count(gone_at) as gone,
    count(*) filter (first_seen_at::date between $since and $until) as came,
    count(*) filter (
        first_seen_at::date between $since - ($until - $since + 1)::integer and $since - 1
    ) as came_before,
    min(published_on) as first_day,
    max(published_on) as last_day
from mart.articles
