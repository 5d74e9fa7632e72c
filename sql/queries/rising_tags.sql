-- One row per tag: which tags are used more than before?
--
-- Parameters
--   $days bigint = 7: how many days are looked at, and as many before them
--   $most bigint = 20: how many rows
--
-- Example, on the sample press: broadsheet ask rising_tags
--   tag           now  before  more
--  ─────────────────────────────────
--   Hintertal       2       0     2
--   Lawine          2       0     2
--   dredging        2       0     2
--   town council    2       0     2
--   ... 16 more
with newest as (
    select max(published_on) as day from mart.articles
),

counted as (
    select
        tag.tag,
        count(*) filter (tag.published_on > newest.day - $days::integer) as now,
        count(*) filter (tag.published_on <= newest.day - $days::integer) as before
    from mart.tags as tag, newest
    where tag.published_on > newest.day - 2 * $days::integer
    group by tag.tag
)

select
    tag,
    now,
    before,
    now - before as more
from counted
where now > before
order by more desc, now desc, tag asc
limit $most
