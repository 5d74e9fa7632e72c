-- One row per article that the search index holds, and what was indexed of it.
create table if not exists seen.known (
    article_id bigint not null,
    mark ubigint not null
)
