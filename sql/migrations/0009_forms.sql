-- One column more: which URLs are known as AMP and mobile forms of an article by its page's word alone.
alter table core.article_url add column is_form boolean;
comment on column core.article_url.is_form is
'Whether it is known only as an AMP or mobile form that a page of the article names; such a URL is not asked for.';
