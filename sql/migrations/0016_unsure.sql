-- The kind of a version whose text is another, where other rules read the page before and that page is lost.
comment on column core.article_version.change_kind is
'first, substantive, minor, unsure, gone or returned (unchanged); mart.article_history tells template apart.';
comment on column core.article_version_past.change_kind is
'first, substantive, minor, unsure, gone or returned, as it was; before migration 14 a return was minor.';
