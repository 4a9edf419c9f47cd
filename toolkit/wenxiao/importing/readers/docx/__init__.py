"""Word documents (docx): body, tables, text boxes, headers, footers and notes, as a reader of the printed page sees them.

names      the vocabulary of WordprocessingML
runs       the text of a paragraph: tracked changes, fields, content controls, symbols
numbering  the numbers Word puts before paragraphs, which stand nowhere in the text
tables     merged and nested tables
parts      the document's parts, from its package
"""

from wenxiao.importing.readers.docx.parts import read_docx

__all__ = ["read_docx"]
