-- What agents have begun and not sent, and what they lost while they were gone. Neither is part of any log.

-- What the holder of a conversation has begun, for whoever takes it next. No visitor, assistant or record reads it. The
-- names are those that the authors had then.
CREATE TABLE draft (
    conversation INTEGER PRIMARY KEY REFERENCES conversation,
    reply        TEXT NOT NULL DEFAULT '',  -- empty for none
    reply_agent  BLOB,
    reply_name   TEXT,
    reply_at     INTEGER,
    note         TEXT NOT NULL DEFAULT '',  -- empty for none
    note_agent   BLOB,
    note_name    TEXT,
    note_at      INTEGER
) STRICT;

-- What went back to the queue when an agent was last gone for longer than the lease, until they go on duty again.
CREATE TABLE lapse (
    agent        BLOB NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversation,
    at           INTEGER NOT NULL,          -- milliseconds since 1970
    PRIMARY KEY (agent, conversation)
) STRICT, WITHOUT ROWID;
