-- One row: how much there is.
select
    (select count(*) from core.article) as articles,
    (select count(*) from core.article_version where change_kind <> 'gone') as versions,
    (select count(*) from ops.attempt) as attempts
