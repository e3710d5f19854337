"""From records to what a person sees: figures, tables and sentences."""
