"""Reporting standards: which items of their checklists an article reports, and where a book has them."""
