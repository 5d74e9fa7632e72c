-- One row per address that a page of the batch goes by.
select url from read
union
select target as url from read
union
select canonical_url as url from read
where canonical_url is not null
order by url
