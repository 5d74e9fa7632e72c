-- One row per re-extraction of the same pages by the same rules that has pages left to read.
select reextraction_id
from ops.reextraction
where state = 'reading' and selection = $selection and rules = $rules
order by reextraction_id desc
