-- What people have put right of what is known of a conversation. The rest is read from its log.

CREATE TABLE correction (
    id           INTEGER PRIMARY KEY,   -- the order in which they count
    conversation INTEGER NOT NULL REFERENCES conversation,
    kind         TEXT NOT NULL,         -- as in the protocol
    was          TEXT NOT NULL,         -- empty where a fact was added
    text         TEXT NOT NULL,         -- masked; empty where the fact was taken away
    by           TEXT,                  -- the agent's name; null for the visitor
    at           INTEGER NOT NULL
) STRICT;
CREATE INDEX correction_conversation ON correction (conversation, id);
