"""The analyst's desk: statements and the questions of `sql/queries`, put to the newest read copy."""

from broadsheet.desk.cookbook import Parameter, Question, cookbook, question
from broadsheet.desk.desk import Answer, Column, Desk, Row
from broadsheet.desk.own import own_statement
from broadsheet.desk.parameters import typed_values

__all__ = [
    "Answer",
    "Column",
    "Desk",
    "Parameter",
    "Question",
    "Row",
    "cookbook",
    "own_statement",
    "question",
    "typed_values",
]
