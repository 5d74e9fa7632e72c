-- One row per source that anything is known of.
select source from raw.url
union
select source from raw.poll
union
select source from core.capture
order by source
