"""Tables: data frames of finished text, one module a section."""
