-- Letters to visitors who have gone: to whom and when, what they open, and who wants none.

-- One row. An address is kept here as a hash with this before it, so that nobody can look for one in a copy of the tables.
CREATE TABLE mail_salt (
    salt BLOB NOT NULL
) STRICT;
INSERT INTO mail_salt (salt) VALUES (randomblob(32));

-- The newest letter about a conversation, as it was claimed before it was sent: whoever claims it sends it.
CREATE TABLE letter (
    conversation INTEGER PRIMARY KEY REFERENCES conversation,
    claimed_at   INTEGER NOT NULL,      -- milliseconds since 1970, as all times here
    seq          INTEGER NOT NULL       -- the person's newest words that it speaks of
) STRICT;

-- When a mailbox was last written to, whatever about.
CREATE TABLE mailbox (
    hash       BLOB PRIMARY KEY,
    claimed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the links of letters open.
CREATE TABLE letter_link (
    hash         BLOB PRIMARY KEY,      -- SHA-256 of the link's token
    conversation INTEGER NOT NULL REFERENCES conversation,
    expires_at   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX letter_link_conversation ON letter_link (conversation);

-- The browsers in which such a link was opened: as good as the token that the conversation was begun with.
CREATE TABLE visitor_key (
    id           INTEGER PRIMARY KEY,
    hash         BLOB NOT NULL UNIQUE,  -- SHA-256 of the visitor's token
    conversation INTEGER NOT NULL REFERENCES conversation
) STRICT;
CREATE INDEX visitor_key_conversation ON visitor_key (conversation);

-- What the links say by which a mailbox is never written to again, and which one that is.
CREATE TABLE mail_stop_link (
    hash       BLOB PRIMARY KEY,        -- SHA-256 of the link's token
    mailbox    BLOB NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE mail_stop (
    mailbox BLOB PRIMARY KEY,
    at      INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
