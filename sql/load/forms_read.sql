-- One row per URL of the batch's articles that is another form of one whose main URL is an article: only that is asked.
update raw.url as url
set next_due_at = null, load_id = $load_id
from (
    select distinct
        url_id,
        main_id
    from history
    where url_id <> main_id
) as form
inner join raw.url as main on form.main_id = main.url_id
where
    url.url_id = form.url_id
    and url.class = 'article'
    and url.next_due_at is not null
    and main.class = 'article'
