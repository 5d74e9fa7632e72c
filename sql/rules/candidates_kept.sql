-- One row per candidate that is not kept yet.
insert into core.rule
with candidate as (
    select
        unnest(
            from_json(
                $candidates,
                '[{"line": "VARCHAR", "first_day": "DATE", "last_day": "DATE", "articles": "BIGINT", "share": "DOUBLE",
                   "example_url": "VARCHAR"}]'
            ),
            recursive := true
        )
)

select
    core.stable_id(concat($source, '|', candidate.line)) as rule_id,
    $source,
    candidate.line,
    'candidate' as state,
    candidate.first_day,
    candidate.last_day,
    candidate.articles,
    candidate.share,
    candidate.example_url,
    null as activated_at,
    $load_id as load_id
from candidate
anti join core.rule as kept on kept.source = $source and candidate.line = kept.line
