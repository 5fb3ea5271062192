"""All HTTP of ours other than blocks: pages, REST, the log's public files, static files."""
