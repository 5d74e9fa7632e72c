-- One row per copy of a text that was printed more than once: who had it, how many minutes after the first?
--
-- Parameters
--   $words varchar = null: words of a headline, in any case; null: any story
--   $most bigint = 20: how many rows
--
-- Example, on the sample press: broadsheet ask story_race
--   story                    source           printed_at               minutes_behind  url
--  ────────────────────────────────────────────────────────────────────────────────────────────────────────────
--   Late ice closes the up…  harbour-gazette  2026-03-05 21:30:00+00…               0  http://www.harbourgaze…
--   Late ice closes the up…  harbour-gazette  2026-03-14 19:20:00+00…           12830  http://www.harbourgaze…
with story as (
    select
        cluster_id,
        title,
        first_printed_at
    from mart.clusters
    where $words is null or contains(lower(title), lower($words))
    order by first_printed_at desc, cluster_id asc
    limit $most
)

select
    story.title as story,
    article.source,
    coalesce(article.published_at, article.first_seen_at) as printed_at,
    date_diff('minute', story.first_printed_at, printed_at) as minutes_behind,
    article.url
from story
inner join mart.articles as article on story.cluster_id = article.cluster_id
order by story.first_printed_at desc, story asc, printed_at asc, article.url asc
