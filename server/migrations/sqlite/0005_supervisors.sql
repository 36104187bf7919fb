-- Who is a supervisor, and which visitors want one.

ALTER TABLE agent ADD COLUMN lead INTEGER NOT NULL DEFAULT 0;

-- The wish that none has answered yet; both null without one. Times are milliseconds since 1970.
ALTER TABLE conversation ADD COLUMN supervisor_at INTEGER;  -- when it was made
ALTER TABLE conversation ADD COLUMN supervisor_due INTEGER; -- by when one contacts the visitor, once that was promised
CREATE INDEX conversation_supervisor ON conversation (site) WHERE supervisor_at IS NOT NULL;
