-- The fragment of a response: its messages as text, for later turns to send as they are. Null without a fragment. A
-- response has one only if it begins its chain or its parent has one. It shares the row of the resource, so that a turn
-- writes no further page.
ALTER TABLE resources ADD COLUMN chain_items INTEGER; -- items of the response and its ancestors
ALTER TABLE resources ADD COLUMN chain_bytes INTEGER; -- of the JSON of these items
ALTER TABLE resources ADD COLUMN open_calls TEXT;     -- JSON: the ids of the calls at its end
ALTER TABLE resources ADD COLUMN system TEXT;         -- JSON strings separated by commas
ALTER TABLE resources ADD COLUMN messages TEXT;       -- JSON texts separated by commas
