-- One row per text that several articles print, of those printed in the time shown (UTC): the largest first.
select
    title,
    articles,
    sources,
    source_names,
    earliest_source,
    earliest_url,
    credited_to,
    first_printed_at,
    last_printed_at
from mart.clusters
where last_printed_at::date between $since and $until
order by articles desc, sources desc, last_printed_at desc, cluster_id asc
limit $most
