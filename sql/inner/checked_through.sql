-- One row per check that was clean when it was last made: the newest load there was then.
select
    name,
    through_load_id
from ops.check_result
where through_load_id is not null
qualify row_number() over (partition by name order by rowid desc) = 1 and offending = 0
