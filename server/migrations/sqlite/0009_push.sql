-- Who is told of requests while their page is closed, and what the server signs those notices with.

-- One row, made when it is first needed: a P-256 key pair (PKCS #8). Browsers' subscriptions hold for this one alone.
CREATE TABLE push_key (
    one  INTEGER PRIMARY KEY CHECK (one = 1),
    pair BLOB NOT NULL
) STRICT;

-- One browser of an agent. The endpoint is a secret: whoever knows it can have notices sent there.
CREATE TABLE push_subscription (
    agent      BLOB NOT NULL REFERENCES agent ON DELETE CASCADE,
    endpoint   TEXT NOT NULL,
    session    BLOB NOT NULL REFERENCES session (hash) ON DELETE CASCADE, -- it ends with this one
    public_key BLOB NOT NULL,           -- the browser's: what notices are encrypted for (p256dh)
    secret     BLOB NOT NULL,           -- shared with the browser (auth)
    created_at INTEGER NOT NULL,        -- milliseconds since 1970
    PRIMARY KEY (agent, endpoint)
) STRICT, WITHOUT ROWID;
CREATE INDEX push_subscription_session ON push_subscription (session);
