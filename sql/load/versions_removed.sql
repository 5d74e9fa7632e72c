-- One row per version of an article whose versions are made anew.
delete from core.article_version
where article_id in (select remade.article_id from remade)
