-- One row per source that has articles.
select distinct source
from core.article
order by source
