-- The first tables: sites, the people who answer, conversations and their logs.

-- One row. The epoch names this unbroken history: clients start over when it changes.
CREATE TABLE history (
    epoch BLOB NOT NULL
) STRICT;

CREATE TABLE site (
    id      INTEGER PRIMARY KEY,
    key     TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    origins TEXT NOT NULL,              -- separated by single spaces
    bot     INTEGER NOT NULL,
    contact TEXT NOT NULL
) STRICT;

CREATE TABLE agent (
    id       BLOB PRIMARY KEY,
    site     INTEGER NOT NULL REFERENCES site,
    email    TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name     TEXT NOT NULL,
    password TEXT NOT NULL,             -- argon2id, PHC form
    on_duty  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    hash       BLOB PRIMARY KEY,        -- SHA-256 of the cookie's value
    agent      BLOB NOT NULL REFERENCES agent ON DELETE CASCADE,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_agent ON session (agent);

CREATE TABLE article (
    site     INTEGER NOT NULL REFERENCES site,
    slug     TEXT NOT NULL,
    markdown TEXT NOT NULL,
    PRIMARY KEY (site, slug)
) STRICT, WITHOUT ROWID;

-- How a conversation stands. A plain message does not touch its row: the end of the log is in the log.
CREATE TABLE conversation (
    number       INTEGER PRIMARY KEY,
    id           BLOB NOT NULL UNIQUE,
    site         INTEGER NOT NULL REFERENCES site,
    token        BLOB NOT NULL UNIQUE,  -- SHA-256 of the visitor's token
    holder       INTEGER NOT NULL,      -- 0 assistant, 1 queue, 2 agent, 3 nobody
    agent        BLOB,                  -- who holds it
    last_human   BLOB,
    receipt      INTEGER,               -- the open request
    requested_at INTEGER,
    priority     INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX conversation_open ON conversation (site, holder) WHERE holder IN (1, 2);

-- Every request for a person ever made; its number is the visitor's receipt.
CREATE TABLE human_request (
    site         INTEGER NOT NULL REFERENCES site,
    receipt      INTEGER NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversation,
    requested_at INTEGER NOT NULL,
    PRIMARY KEY (site, receipt)
) STRICT, WITHOUT ROWID;

-- The log, in the order of its commits: rows of one commit share pages, whatever conversation they belong to. There is
-- no index over the commands: store/sqlite/logs.rs says why none is needed, and what one costs.
CREATE TABLE event (
    conversation INTEGER NOT NULL,
    seq          INTEGER NOT NULL,
    at           INTEGER NOT NULL,      -- milliseconds since 1970
    kind         INTEGER NOT NULL,
    command      BLOB,                  -- the client's id of the command
    agent        BLOB,                  -- which person it is about
    name         TEXT,                  -- that person's name then
    text         TEXT,
    detail       TEXT                   -- JSON, for what few events have
) STRICT;
CREATE UNIQUE INDEX event_seq ON event (conversation, seq);
