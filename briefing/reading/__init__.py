"""Read an article from text, web pages, mails, PDF and Word documents."""
