"""Filled forms and published documents → params files.

grid           what every document is made into: paragraphs and tables of cells, each with its place
limits         hostile files, refused with a line each
package        packed documents, looked over before they are read
readers        docx, xlsx, html, text and others → grid
interpreting   grid → facts
batch          many files, resumable
"""
