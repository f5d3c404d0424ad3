"""Where records come from: the world's files and services in, raw records and typed values out."""
