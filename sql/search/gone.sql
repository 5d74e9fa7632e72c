-- One row per article that the index holds and the tables do not.
select known.article_id
from seen.known as known
anti join core.article as article on known.article_id = article.article_id
