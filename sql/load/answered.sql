-- One row per URL asked about that was answered, whatever the answer; what may pass or was put off is none.
select url.url
from raw.url as url
inner join (select unnest($url_ids::bigint[]) as url_id) as asked on url.url_id = asked.url_id
where url.class is not null and not coalesce(list_contains($transient::varchar[], url.reason), false)
