"""Programs that developers run now and then; nothing of them is needed to serve or test."""
