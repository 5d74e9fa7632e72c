-- One row: how many articles were chosen.
select count(*) as articles
from chosen
