-- Whether an order of a product is fulfilled at once when it was paid, or after a look.
ALTER TABLE product ADD COLUMN orders TEXT NOT NULL DEFAULT 'FULFIL' CHECK (orders IN ('FULFIL', 'LOOK'));

-- What buyers may choose from. An item that was ever bought stays; one that is not offered any more is withdrawn.
CREATE TABLE item (
    id          TEXT    NOT NULL PRIMARY KEY,
    product     TEXT    NOT NULL REFERENCES product (id),
    title       TEXT    NOT NULL,
    description TEXT    NOT NULL,
    kind        TEXT    NOT NULL CHECK (kind IN ('ONCE', 'SUPPORT', 'METERED')),
    features    TEXT    NOT NULL, -- JSON: names
    meters      TEXT    NOT NULL, -- JSON: names
    prices      TEXT    NOT NULL, -- JSON: [{"currency", "amount", "reference"}]
    units       BIGINT  NOT NULL, -- of a metered item: for how many counted units its price is
    position    BIGINT  NOT NULL, -- where it stands in the list
    offered     BOOLEAN NOT NULL,
    created_at  BIGINT  NOT NULL
);
CREATE INDEX item_of_product ON item (product, position, id);

-- What was ordered on a License page. The row decides every race of its order: each step is an update on the condition of the step before.
CREATE TABLE purchase_order (
    id           TEXT   NOT NULL PRIMARY KEY,
    digest       BYTEA  NOT NULL,           -- of the document that it began with
    product      TEXT   NOT NULL REFERENCES product (id),
    host         TEXT   NOT NULL,           -- ID of the key of the host that began it
    host_name    TEXT,                      -- personal
    upgrades     TEXT   REFERENCES license (id), -- the license that it adds to
    license      TEXT   REFERENCES license (id), -- that was issued or upgraded
    state        TEXT   NOT NULL CHECK (state IN ('OPEN', 'LOOK', 'PAID', 'FULFILLED', 'CLOSED')),
    buyer_name   TEXT   NOT NULL,           -- personal
    buyer_email  TEXT   NOT NULL,           -- personal
    lines        TEXT   NOT NULL,           -- JSON: what was bought, as it was priced
    currency     TEXT   NOT NULL,
    total        BIGINT NOT NULL,           -- in the currency's smallest unit
    return_to    TEXT   NOT NULL,
    provider     TEXT   NOT NULL,           -- who takes the money
    checkout     TEXT,                      -- its name there
    checkout_url TEXT,                      -- where it is paid
    payment      TEXT,                      -- the payment's name there
    granted      TEXT,                      -- JSON: what it added to the license
    refunded     BIGINT NOT NULL,
    dispute      TEXT   NOT NULL CHECK (dispute IN ('NONE', 'OPEN', 'LOST')),
    withheld     TEXT   NOT NULL CHECK (withheld IN ('NOTHING', 'LICENSE', 'TERMS')), -- what was taken back because the money was
    attention    TEXT,                      -- why a person should look at it
    looks        BIGINT NOT NULL,           -- looks at the payment that were begun
    looked       BIGINT NOT NULL,           -- the latest one of them that counted
    created_at   BIGINT NOT NULL,
    paid_at      BIGINT,
    fulfilled_at BIGINT,
    reconciled_at BIGINT NOT NULL           -- when the payment was last looked at
);
CREATE UNIQUE INDEX purchase_order_once ON purchase_order (digest);
CREATE INDEX purchase_order_newest ON purchase_order (created_at, id);
CREATE INDEX purchase_order_in_state ON purchase_order (state, created_at, id);
CREATE INDEX purchase_order_of_license ON purchase_order (license, host);
CREATE INDEX purchase_order_by_payment ON purchase_order (payment) WHERE payment IS NOT NULL;
CREATE INDEX purchase_order_to_reconcile ON purchase_order (reconciled_at, id) WHERE state IN ('OPEN', 'FULFILLED');

-- What happened to an order, in the transaction in which it happened.
CREATE TABLE order_step (
    purchase_order TEXT   NOT NULL REFERENCES purchase_order (id),
    number         BIGINT NOT NULL, -- from 1
    at             BIGINT NOT NULL,
    step           TEXT   NOT NULL,
    detail         TEXT,
    PRIMARY KEY (purchase_order, number)
);

-- What a payment provider told us of. Each is kept once, and only says where to look.
CREATE TABLE payment_event (
    id             TEXT   NOT NULL PRIMARY KEY, -- the provider's
    provider       TEXT   NOT NULL,
    kind           TEXT   NOT NULL,
    purchase_order TEXT,   -- as far as the event names it
    payment        TEXT,   -- the payment's name there, where it does not
    received_at    BIGINT NOT NULL,
    state          TEXT   NOT NULL CHECK (state IN ('WAITING', 'DONE', 'FAILED')),
    attempts       BIGINT NOT NULL,
    next_at        BIGINT NOT NULL, -- not tried before
    problem        TEXT
);
CREATE INDEX payment_event_due ON payment_event (next_at, id) WHERE state = 'WAITING';
CREATE INDEX payment_event_oldest ON payment_event (received_at);

-- Checkouts that move no money.
CREATE TABLE test_checkout (
    id             TEXT   NOT NULL PRIMARY KEY,
    purchase_order TEXT   NOT NULL,
    sale           TEXT   NOT NULL, -- JSON: what the page shows
    currency       TEXT   NOT NULL,
    total          BIGINT NOT NULL,
    state          TEXT   NOT NULL CHECK (state IN ('OPEN', 'PAID', 'CLOSED')),
    refunded       BIGINT NOT NULL,
    dispute        TEXT   NOT NULL CHECK (dispute IN ('NONE', 'OPEN', 'LOST')),
    events         BIGINT NOT NULL, -- that were told of it
    created_at     BIGINT NOT NULL,
    expires_at     BIGINT NOT NULL
);
CREATE UNIQUE INDEX test_checkout_of_order ON test_checkout (purchase_order);

-- Up to when a provider's events were fetched that may not have come by themselves.
CREATE TABLE payment_reconciled (
    provider TEXT   NOT NULL PRIMARY KEY,
    until    BIGINT NOT NULL
);
