"""What is made, brought to those it is for: folders, mail servers, webhooks."""
