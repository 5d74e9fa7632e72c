-- One row: how many rows of core, and rejections, came since a load.
select
    coalesce(sum(load.changed_rows), 0)::bigint + (
        select count(*)
        from ops.attempt as attempt
        where attempt.load_id > $load_id and attempt.outcome not in ('unchanged', 'deferred')
    ) as news
from ops.load as load
where load.load_id > $load_id
