-- What was said, as it is looked for, and which filters agents keep.

-- The words of each message under its event's rowid, folded and split (store/search/words.rs) and without the text itself:
-- that stays in the log alone. Events are never removed. Whoever removes one some day takes it out of here too.
CREATE VIRTUAL TABLE message_index USING fts5 (
    words, content = '', contentless_delete = 1, tokenize = 'ascii'
);

-- The newest event of each conversation, in the order of the commits, which no clock disturbs.
CREATE TABLE activity (
    conversation INTEGER PRIMARY KEY,
    site         INTEGER NOT NULL,
    event        INTEGER NOT NULL,      -- its rowid
    at           INTEGER NOT NULL       -- milliseconds since 1970
) STRICT;
CREATE INDEX activity_site ON activity (site, event);

-- One row: the rowid of the last event that both of these know. What is newer is added beside the commits, in order.
CREATE TABLE search_progress (
    event INTEGER NOT NULL
) STRICT;
INSERT INTO search_progress (event) VALUES (0);

-- A filter that an agent keeps.
CREATE TABLE saved_view (
    agent  BLOB NOT NULL REFERENCES agent ON DELETE CASCADE,
    name   TEXT NOT NULL COLLATE NOCASE,
    filter TEXT NOT NULL,               -- JSON, as it crosses the wire
    PRIMARY KEY (agent, name)
) STRICT, WITHOUT ROWID;
