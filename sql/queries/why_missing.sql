-- One row per attempt at one URL: why is an article missing?
--
-- Parameters
--   $url varchar = (select any_value(url) from ops.attempt where outcome = 'rejected'): the URL as it is printed
--
-- Example, on the sample press: broadsheet ask why_missing
--   attempted_at          outcome   reason             detail                named_by              next_due_at
--  ────────────────────────────────────────────────────────────────────────────────────────────────────────────
--   2026-03-14 12:00:00…  rejected  robots_disallowed  robots.txt says 'Di…  http://www.harbourg…
select
    attempt.attempted_at,
    attempt.outcome,
    attempt.reason,
    attempt.detail,
    attempt.run_id,
    known.endpoint as named_by,
    known.next_due_at
from ops.attempt as attempt
inner join raw.url as known on attempt.url_id = known.url_id
where known.url = $url
order by attempt.attempted_at
