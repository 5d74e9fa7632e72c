-- One row per migration that was applied.
select
    version,
    checksum
from ops.migration
order by version
