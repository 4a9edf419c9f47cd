"""papermill over many projects: one clean kernel each, one bad file stops nothing, folders placed whole or not at all."""
