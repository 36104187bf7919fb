-- Whose visitor says of themselves that they need particular care.

-- The message in which they first said so; null if they did not.
ALTER TABLE conversation ADD COLUMN vulnerable INTEGER;
