-- How far each end has seen a conversation: the newest event that was shown there. It is no part of the log.
CREATE TABLE seen (
    conversation INTEGER PRIMARY KEY REFERENCES conversation,
    visitor      INTEGER NOT NULL,          -- 0 for none
    person       INTEGER NOT NULL           -- by whoever held it; 0 for none
) STRICT;
