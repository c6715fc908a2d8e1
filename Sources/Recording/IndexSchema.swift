/// The tables of the index. Nothing here is a truth: all of it can be made again from the journals.
///
/// The columns and queries are written for SQLite 3.40 and PostgreSQL 15 alike. Instants are milliseconds
/// since 1970, money is minor units.
enum IndexSchema {
    /// Raised with every change of the tables; an index of another version is made anew. `journals` stays as it is in
    /// all versions: it tells whether journals have lost what an older Boon has applied.
    static let version = 8

    static let tables = """
        CREATE TABLE journals (
            store TEXT PRIMARY KEY, file BIGINT NOT NULL, "offset" BIGINT NOT NULL, line BIGINT NOT NULL,
            seq BIGINT NOT NULL, sum TEXT NOT NULL);
        CREATE TABLE customers (
            number INTEGER PRIMARY KEY, email_since BIGINT NOT NULL, id TEXT NOT NULL, email TEXT NOT NULL, first_name TEXT, last_name TEXT, phone TEXT, phone_key TEXT, locale TEXT,
            timezone TEXT, country TEXT, city TEXT, birthday TEXT, gender TEXT, tags TEXT, channel TEXT,
            acquisition_cost TEXT, joined BIGINT, consent TEXT NOT NULL, consent_source TEXT, attributes TEXT);
        CREATE TABLE orders (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL, customer TEXT NOT NULL, occurred BIGINT NOT NULL, currency TEXT NOT NULL,
            channel TEXT, total BIGINT NOT NULL);
        CREATE TABLE order_lines (
            "order" TEXT NOT NULL, position BIGINT NOT NULL, total BIGINT NOT NULL, category TEXT, sku TEXT,
            quantity BIGINT, cost BIGINT);
        CREATE TABLE points_entries (
            seq INTEGER PRIMARY KEY, customer TEXT NOT NULL, kind TEXT NOT NULL, "key" TEXT NOT NULL,
            points BIGINT NOT NULL, occurred BIGINT NOT NULL, activates BIGINT, expires BIGINT, prolongs BIGINT,
            source TEXT NOT NULL, rule TEXT, actor TEXT NOT NULL, reason TEXT);
        CREATE TABLE points_taken (
            entry BIGINT NOT NULL, customer TEXT NOT NULL, lot TEXT NOT NULL, points BIGINT NOT NULL);
        CREATE TABLE answers (
            seq INTEGER PRIMARY KEY, customer TEXT NOT NULL, survey TEXT NOT NULL, wave TEXT NOT NULL,
            question TEXT NOT NULL, value TEXT NOT NULL, occurred BIGINT NOT NULL, via TEXT NOT NULL);
        CREATE TABLE events (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL, customer TEXT NOT NULL, name TEXT NOT NULL,
            occurred BIGINT NOT NULL, properties TEXT);
        CREATE TABLE engagements (
            seq INTEGER PRIMARY KEY, id TEXT NOT NULL, customer TEXT NOT NULL, run TEXT NOT NULL,
            kind TEXT NOT NULL, url TEXT, occurred BIGINT NOT NULL, via TEXT NOT NULL);
        CREATE TABLE runs (
            number INTEGER PRIMARY KEY, id TEXT NOT NULL, campaign TEXT NOT NULL, occurrence BIGINT NOT NULL,
            planned BIGINT NOT NULL, recipients BIGINT NOT NULL, state TEXT NOT NULL, reason TEXT, ended BIGINT,
            definitions TEXT, decides BIGINT, topic TEXT);
        CREATE TABLE decisions (
            run BIGINT PRIMARY KEY, variant BIGINT, shares TEXT NOT NULL, verdict TEXT NOT NULL,
            decided BIGINT NOT NULL);
        CREATE TABLE recipients (
            run BIGINT NOT NULL, customer TEXT NOT NULL, state TEXT NOT NULL, attempt BIGINT NOT NULL,
            relay TEXT, reply TEXT, due BIGINT, first BIGINT, changed BIGINT NOT NULL,
            PRIMARY KEY (run, customer)) WITHOUT ROWID;
        CREATE TABLE run_counts (
            run BIGINT NOT NULL, state TEXT NOT NULL, recipients BIGINT NOT NULL,
            PRIMARY KEY (run, state)) WITHOUT ROWID;
        CREATE TABLE schedules (
            campaign TEXT NOT NULL, schedule TEXT NOT NULL, since BIGINT NOT NULL, changed BIGINT NOT NULL,
            PRIMARY KEY (campaign, since));
        CREATE TABLE triggered (
            campaign TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (campaign, event)) WITHOUT ROWID;
        CREATE TABLE relay_days (
            relay TEXT NOT NULL, day BIGINT NOT NULL, messages BIGINT NOT NULL, PRIMARY KEY (relay, day));
        CREATE TABLE bounces (
            report TEXT PRIMARY KEY, run TEXT NOT NULL, customer TEXT NOT NULL, kind TEXT NOT NULL, status TEXT,
            reply TEXT NOT NULL, occurred BIGINT NOT NULL);
        CREATE TABLE suppressions (
            customer TEXT PRIMARY KEY, reason TEXT NOT NULL, detail TEXT NOT NULL, actor TEXT NOT NULL,
            recorded BIGINT NOT NULL);
        """

    /// What replay itself looks rows up by.
    static let keys = """
        CREATE UNIQUE INDEX customers_id ON customers (id);
        CREATE UNIQUE INDEX orders_id ON orders (id);
        CREATE INDEX order_lines_order ON order_lines ("order", position);
        CREATE UNIQUE INDEX runs_id ON runs (id);
        CREATE UNIQUE INDEX events_id ON events (id);
        CREATE UNIQUE INDEX engagements_id ON engagements (id);
        """

    /// What only queries look rows up by: made after the rows when a whole journal is replayed, which is
    /// several times faster than keeping them up to date row by row. `customers_consent`, `orders_customer` and
    /// `points_entries_customer` have more columns than are looked up by, so that an audience of a million is found
    /// without its rows.
    static let lookups = """
        CREATE INDEX customers_consent ON customers (consent, id, email_since);
        CREATE INDEX customers_email ON customers (lower(email));
        CREATE INDEX customers_phone ON customers (phone_key);
        CREATE INDEX customers_timezone ON customers (timezone);
        CREATE INDEX customers_birthday ON customers (substr(birthday, 6));
        CREATE INDEX customers_joined ON customers (joined);
        CREATE INDEX orders_customer ON orders (customer, occurred, currency, total);
        CREATE INDEX orders_occurred ON orders (occurred);
        CREATE UNIQUE INDEX points_entries_key ON points_entries ("key");
        CREATE INDEX points_entries_customer ON points_entries (
            customer, seq, kind, points, occurred, activates, expires, prolongs);
        CREATE INDEX points_taken_customer ON points_taken (customer, entry);
        CREATE INDEX answers_survey ON answers (survey, seq);
        CREATE INDEX answers_customer ON answers (customer, seq);
        CREATE INDEX answers_occurred ON answers (occurred);
        CREATE INDEX events_name ON events (name, occurred);
        CREATE INDEX events_customer ON events (customer, seq);
        CREATE INDEX engagements_customer ON engagements (customer, kind, occurred);
        CREATE INDEX engagements_run ON engagements (run, kind, customer, occurred);
        CREATE INDEX bounces_customer ON bounces (customer, occurred);
        CREATE INDEX runs_campaign ON runs (campaign, number);
        CREATE INDEX recipients_customer ON recipients (customer);
        CREATE INDEX recipients_due ON recipients (run, state, due) WHERE due IS NOT NULL;
        """

    static let drop = [
        "journals", "customers", "orders", "order_lines", "points_entries", "points_taken", "answers",
        "events", "engagements", "runs", "decisions", "recipients", "run_counts", "schedules", "triggered",
        "relay_days",
        "bounces",
        "suppressions",
    ].map { "DROP TABLE IF EXISTS \($0);" }.joined(separator: "\n")
}
