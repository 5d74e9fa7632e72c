-- One row per rule that was counted anew with another result.
update core.rule as rule
set
    first_day = counted.first_day,
    last_day = counted.last_day,
    articles = counted.articles,
    share = counted.share,
    example_url = counted.example_url,
    load_id = $load_id
from (
    with candidate as (
        select
            unnest(
                from_json(
                    $candidates,
                    '[{"line": "VARCHAR", "first_day": "DATE", "last_day": "DATE", "articles": "BIGINT",
                       "share": "DOUBLE", "example_url": "VARCHAR"}]'
                ),
                recursive := true
            )
    )

    select
        kept.rule_id,
        least(kept.first_day, candidate.first_day) as first_day,
        greatest(kept.last_day, candidate.last_day) as last_day,
        candidate.articles,
        candidate.share,
        candidate.example_url
    from candidate
    inner join core.rule as kept on kept.source = $source and candidate.line = kept.line
) as counted
where
    rule.rule_id = counted.rule_id
    and (rule.first_day, rule.last_day, rule.articles, rule.share, rule.example_url)
    <> (counted.first_day, counted.last_day, counted.articles, counted.share, counted.example_url)
