-- One row per address that a page of the batch goes by.
select url from stage
union
select target as url from stage
union
select canonical_url as url from stage
where canonical_url is not null
order by url
