-- One row per source and kind of change: which papers rewrite their articles?
select
    source,
    change_kind,
    count(*) as changes
from mart.article_changes
group by source, change_kind
order by changes desc, source asc, change_kind asc
