"""The pages of the reading room, one module for each screen; each exports its ROUTES."""
