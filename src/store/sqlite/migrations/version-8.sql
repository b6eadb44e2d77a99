-- The messages of turns as text, for later turns to send as they are. A response has a row only if it begins its chain or
-- its parent has one.
CREATE TABLE fragments (
  response_key INTEGER PRIMARY KEY REFERENCES responses (key) ON DELETE CASCADE,
  chain_items  INTEGER NOT NULL, -- items of the response and its ancestors
  chain_bytes  INTEGER NOT NULL, -- of the JSON of these items
  open_calls   TEXT    NOT NULL, -- JSON: the ids of the calls at its end
  system       TEXT    NOT NULL, -- JSON strings separated by commas
  messages     TEXT    NOT NULL  -- JSON texts separated by commas
) STRICT;
