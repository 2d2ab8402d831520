-- A run whose digest had nothing to tell, and was not delivered to those who asked for news only.

ALTER TABLE scheduled_runs ADD COLUMN empty INTEGER NOT NULL DEFAULT 0;
