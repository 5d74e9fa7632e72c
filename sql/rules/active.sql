-- One row per source with active rules: their lines.
select
    source,
    list(line order by line) as lines
from core.rule
where state = 'active'
group by source
