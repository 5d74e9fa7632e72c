-- One row per URL that the run claimed, with the validators of its last capture.
select
    claim.url,
    claim.source,
    claim.why,
    url.etag,
    url.last_modified
from ops.claim as claim
left join raw.url as url on claim.url_id = url.url_id
where claim.run_id = $run_id
order by
    case claim.why when 'leftover' then 0 when 'new' then 1 else 2 end,
    claim.source asc,
    coalesce(url.hint_published_at, url.first_seen_at) desc,
    claim.url
