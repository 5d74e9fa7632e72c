-- One row per URL that was not read yet and that a page now names as a form of itself: it is not asked for.
update raw.url as url
set next_due_at = null, load_id = $load_id
where
    url.class is null
    and url.last_answer_at is null
    and url.next_due_at is not null
    and url.url_id in (select form.url_id from core.article_url as form where form.is_form and form.load_id = $load_id)
