/**
 * The steps of the schema, in order: step n brings a file from `user_version` n to n + 1. Steps are never changed, only added.
 * Bodies are JSON text as received. `change.document` is no foreign key, because entries outlive their document.
 * A change entry holds no body: it is `previous` of the document's next entry, else the document as it is now.
 * Rows of a series carry the seq of the entry that wrote them. `series.block` counts days of UTC from 1970 on.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE endpoint (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

  CREATE TABLE document (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    endpoint INTEGER NOT NULL REFERENCES endpoint (id),
    id TEXT NOT NULL,
    provisional INTEGER NOT NULL,
    day TEXT,
    start_text TEXT,
    start_ms INTEGER,
    end_text TEXT,
    seen_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (endpoint, id)
  ) STRICT;
  CREATE INDEX document_order ON document (endpoint, day, start_ms, id);
  CREATE INDEX document_start ON document (endpoint, start_ms) WHERE start_ms IS NOT NULL;

  CREATE TABLE change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    endpoint INTEGER NOT NULL REFERENCES endpoint (id),
    kind TEXT NOT NULL,
    document INTEGER,
    id TEXT,
    day TEXT,
    first_ms INTEGER,
    last_ms INTEGER,
    historic INTEGER NOT NULL,
    via TEXT NOT NULL,
    at INTEGER NOT NULL,
    previous TEXT
  ) STRICT;
  CREATE INDEX change_endpoint ON change (endpoint, seq);
  CREATE INDEX change_document ON change (document, seq) WHERE document IS NOT NULL;
  CREATE INDEX change_live ON change (seq) WHERE historic = 0;

  CREATE TABLE shape (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE series (
    endpoint INTEGER NOT NULL REFERENCES endpoint (id),
    time INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    shape INTEGER NOT NULL REFERENCES shape (id),
    vals TEXT NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (endpoint, time, ordinal)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE cursor (reader TEXT PRIMARY KEY, seq INTEGER NOT NULL, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE set_aside (
    number INTEGER PRIMARY KEY,
    endpoint INTEGER NOT NULL REFERENCES endpoint (id),
    digest TEXT NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (endpoint, digest)
  ) STRICT;
  `,
  // A row of a series no longer is a row of the table: see `SqliteSeries`. The texts are those of `blockText`, each row a run of its own.
  `
  ALTER TABLE series RENAME TO row;
  CREATE TABLE series (
    key INTEGER PRIMARY KEY,
    endpoint INTEGER NOT NULL REFERENCES endpoint (id),
    block INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    first_ms INTEGER NOT NULL,
    last_ms INTEGER NOT NULL,
    count INTEGER NOT NULL,
    rows TEXT NOT NULL,
    UNIQUE (endpoint, block, seq)
  ) STRICT;
  INSERT INTO series (endpoint, block, seq, first_ms, last_ms, count, rows)
  SELECT endpoint, block, seq, min(time), max(time), count(*),
    '{"shapes":[' || group_concat(shape || ',1' ORDER BY place) || '],"times":[' || group_concat(later ORDER BY place)
    || '],"ordinals":[' || coalesce(group_concat(place || ',' || ordinal ORDER BY place) FILTER (WHERE ordinal > 0), '')
    || '],"values":[' || coalesce(group_concat(substr(vals, 2, length(vals) - 2) ORDER BY place) FILTER (WHERE vals <> '[]'), '') || ']}'
  FROM (
    SELECT endpoint, block, seq, time, ordinal, shape, vals,
      row_number() OVER entry - 1 AS place, time - lag(time, 1, 0) OVER entry AS later
    FROM (SELECT *, (time - ((time % 86400000) + 86400000) % 86400000) / 86400000 AS block FROM row)
    WINDOW entry AS (PARTITION BY endpoint, block, seq ORDER BY time, ordinal)
  )
  GROUP BY endpoint, block, seq
  ORDER BY endpoint, block, seq;
  DROP TABLE row;
  `,
  // Events of webhooks that wait; `endpoint` is the key itself, so that taking one is a single insert.
  `
  CREATE TABLE event (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    endpoint TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    not_before INTEGER NOT NULL DEFAULT 0,
    UNIQUE (endpoint, kind, id, at)
  ) STRICT;
  `,
];
