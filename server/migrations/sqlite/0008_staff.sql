-- What the people who answer may do, what they are good at, and what they arrange beside the logs.

ALTER TABLE agent ADD COLUMN role INTEGER NOT NULL DEFAULT 0;       -- 0 agent, 1 lead, 2 admin
UPDATE agent SET role = lead;
ALTER TABLE agent DROP COLUMN lead;
ALTER TABLE agent ADD COLUMN most INTEGER NOT NULL DEFAULT 4;       -- conversations at the same time, as they chose
ALTER TABLE agent ADD COLUMN languages TEXT NOT NULL DEFAULT '';    -- separated by single spaces; empty for any

-- Where somebody who was invited chooses a password, once.
CREATE TABLE invitation (
    hash       BLOB PRIMARY KEY,        -- SHA-256 of the link's token
    agent      BLOB NOT NULL REFERENCES agent ON DELETE CASCADE,
    expires_at INTEGER NOT NULL         -- milliseconds since 1970, as all times here
) STRICT, WITHOUT ROWID;
CREATE INDEX invitation_agent ON invitation (agent);

-- Browsers in which somebody has signed in before: whoever guesses passwords elsewhere locks nobody out of these.
CREATE TABLE device (
    hash    BLOB PRIMARY KEY,           -- SHA-256 of the cookie's value
    agent   BLOB NOT NULL REFERENCES agent ON DELETE CASCADE,
    used_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX device_agent ON device (agent, used_at);

CREATE TABLE team (
    id   INTEGER PRIMARY KEY,
    site INTEGER NOT NULL REFERENCES site,
    name TEXT NOT NULL COLLATE NOCASE,
    UNIQUE (site, name)
) STRICT;
CREATE TABLE team_member (
    team  INTEGER NOT NULL REFERENCES team ON DELETE CASCADE,
    agent BLOB NOT NULL REFERENCES agent ON DELETE CASCADE,
    PRIMARY KEY (team, agent)
) STRICT, WITHOUT ROWID;
CREATE INDEX team_member_agent ON team_member (agent);

CREATE TABLE topic (
    id    INTEGER PRIMARY KEY,
    site  INTEGER NOT NULL REFERENCES site,
    name  TEXT NOT NULL COLLATE NOCASE,
    words TEXT NOT NULL,                -- by which it is known, one on each line
    team  INTEGER REFERENCES team ON DELETE SET NULL,
    UNIQUE (site, name)
) STRICT;
CREATE TABLE skill (
    agent BLOB NOT NULL REFERENCES agent ON DELETE CASCADE,
    topic INTEGER NOT NULL REFERENCES topic ON DELETE CASCADE,
    PRIMARY KEY (agent, topic)
) STRICT, WITHOUT ROWID;
CREATE INDEX skill_topic ON skill (topic);

CREATE TABLE canned_reply (
    id       INTEGER PRIMARY KEY,
    site     INTEGER NOT NULL REFERENCES site,
    shortcut TEXT NOT NULL COLLATE NOCASE,
    language TEXT NOT NULL,             -- empty for any
    text     TEXT NOT NULL,
    UNIQUE (site, shortcut, language)
) STRICT;

-- Who changed what of a site's settings and people. Nothing here is ever changed or removed.
CREATE TABLE audit (
    id     INTEGER PRIMARY KEY,
    site   INTEGER NOT NULL REFERENCES site,
    at     INTEGER NOT NULL,
    by     TEXT NOT NULL,               -- the name that they had then
    what   TEXT NOT NULL,
    about  TEXT NOT NULL,
    before TEXT NOT NULL,
    after  TEXT NOT NULL
) STRICT;
CREATE INDEX audit_site ON audit (site, id);

-- When somebody went on duty and off again: their shifts.
CREATE TABLE duty (
    agent BLOB NOT NULL,
    at    INTEGER NOT NULL,
    on_duty INTEGER NOT NULL
) STRICT;
CREATE INDEX duty_agent ON duty (agent, at);

-- Who has had a conversation, and may look at it later.
CREATE TABLE part (
    agent        BLOB NOT NULL,
    conversation INTEGER NOT NULL REFERENCES conversation,
    PRIMARY KEY (agent, conversation)
) STRICT, WITHOUT ROWID;
INSERT INTO part SELECT DISTINCT agent, conversation FROM event WHERE kind = 5 AND agent IS NOT NULL;

-- What colleagues tell each other. No visitor, assistant or record reads it.
CREATE TABLE note (
    conversation INTEGER NOT NULL REFERENCES conversation,
    id           BLOB NOT NULL,         -- the client's id of the command
    after        INTEGER NOT NULL,      -- the newest event when it was written
    at           INTEGER NOT NULL,
    agent        BLOB NOT NULL,
    name         TEXT NOT NULL,
    text         TEXT NOT NULL,
    PRIMARY KEY (conversation, id)
) STRICT, WITHOUT ROWID;

-- What was arranged for a conversation.
ALTER TABLE conversation ADD COLUMN team INTEGER;           -- is to have it next
ALTER TABLE conversation ADD COLUMN wanted BLOB;            -- this agent is
ALTER TABLE conversation ADD COLUMN topic INTEGER;
ALTER TABLE conversation ADD COLUMN language TEXT;
ALTER TABLE conversation ADD COLUMN snoozed_until INTEGER;
ALTER TABLE conversation ADD COLUMN help_at INTEGER;        -- when its holder asked for a lead
ALTER TABLE conversation ADD COLUMN solved_answer TEXT;     -- the words that leave it solved
