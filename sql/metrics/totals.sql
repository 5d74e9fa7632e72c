-- One row: how much there is, and how many seconds ago the last load was.
select
    (select count(*) from core.article) as articles,
    (select count(*) from core.article_version) as versions,
    (select count(*) from raw.url) as urls,
    (select epoch($now - max(loaded_at)) from ops.load) as loaded
