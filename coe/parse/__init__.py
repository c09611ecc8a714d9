"""Source → Document: front matter with places, Markdown blocks, prose and allowances."""
