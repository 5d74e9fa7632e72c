-- One row per kind of change seen in the time shown (UTC), the commonest first.
select
    change_kind,
    count(*) as changes,
    count(distinct article_id) as articles,
    count(*) filter (title_changed) as headlines
from mart.article_changes
where changed_at::date between $since and $until
group by change_kind
order by changes desc, change_kind asc
