-- What the shop's page says of its visitor: not verified, shown to people, and no part of the log.
CREATE TABLE context (
    conversation INTEGER PRIMARY KEY REFERENCES conversation,
    said         TEXT NOT NULL              -- a flat JSON object, masked
) STRICT;
