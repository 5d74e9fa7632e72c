-- One row per alias of a cluster that was merged in its turn.
update core.cluster_alias as alias
set cluster_id = change.cluster_id, load_id = $load_id
from core.cluster_change as change
where change.load_id = $load_id and change.kind = 'merged' and alias.cluster_id = change.former_id
