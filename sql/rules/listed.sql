-- One row per rule of a source, or of all where $source is null.
select
    rule_id,
    source,
    line,
    state,
    first_day,
    last_day,
    articles,
    share,
    example_url,
    activated_at
from core.rule
where source = coalesce($source, source)
order by source asc, state asc, articles desc, line asc
