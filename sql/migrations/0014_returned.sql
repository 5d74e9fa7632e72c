-- One row per version that brought an article back unchanged after it was gone: it counted as minor until now.
update core.article_version as version
set change_kind = 'returned'
from core.article_version as absence
inner join core.article_version as earlier
    on absence.article_id = earlier.article_id and absence.number = earlier.number + 1
where
    version.change_kind = 'minor'
    and absence.change_kind = 'gone'
    and version.article_id = absence.article_id
    and version.number = absence.number + 1
    and version.content_hash = earlier.content_hash;

comment on column core.article_version.change_kind is
'first, substantive, minor, gone or returned (unchanged); mart.article_history tells template apart.';
comment on column core.article_version_past.change_kind is
'first, substantive, minor, gone or returned, as it was; before migration 14 a return was minor.';
