-- One row per source: how long after publication do edits come?
--
-- Example, on the sample press: broadsheet ask edit_delay
--   source           edits  median_hours  p90_hours
--  ─────────────────────────────────────────────────
--   harbour-gazette      4         146.4      196.4
--   alpenkurier          2         121.0      143.3
--   shiosai-shimbun      2         198.0      270.7
select
    change.source,
    count(*) as edits,
    round(median(date_diff('minute', article.published_at, change.changed_at)) / 60, 1) as median_hours,
    round(quantile_cont(date_diff('minute', article.published_at, change.changed_at), 0.9) / 60, 1) as p90_hours
from mart.article_changes as change
inner join mart.articles as article on change.article_id = article.article_id
where change.change_kind in ('substantive', 'minor') and article.published_at is not null
group by change.source
order by edits desc, change.source asc
