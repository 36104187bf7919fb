-- When people are here, how long waits were said to take and took, and where to write to those who have gone.

-- As they were written; all null where a site states no hours.
ALTER TABLE site ADD COLUMN time_zone TEXT;
ALTER TABLE site ADD COLUMN hours TEXT;
ALTER TABLE site ADD COLUMN exceptions TEXT;            -- one on each line

-- How the line looked when the request was made, and what was told of it. Null for a request that stood in no line.
ALTER TABLE human_request ADD COLUMN place INTEGER;     -- 1 for the next one
ALTER TABLE human_request ADD COLUMN on_duty INTEGER;   -- how many people
ALTER TABLE human_request ADD COLUMN from_ms INTEGER;   -- the estimate; null if too little had happened to tell
ALTER TABLE human_request ADD COLUMN to_ms INTEGER;
ALTER TABLE human_request ADD COLUMN waits INTEGER;     -- how many waits the estimate rests on,
ALTER TABLE human_request ADD COLUMN waits_since INTEGER; -- and when the first of them ended
ALTER TABLE human_request ADD COLUMN taken_at INTEGER;  -- when a person first took it; null while none has

CREATE TABLE contact (
    conversation INTEGER PRIMARY KEY REFERENCES conversation,
    email        TEXT NOT NULL
) STRICT;
