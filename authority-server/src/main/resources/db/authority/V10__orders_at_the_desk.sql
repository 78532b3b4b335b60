-- Orders that the desk places, on a purchase order or an invoice: no host began them, and their money is taken elsewhere.
ALTER TABLE purchase_order ADD COLUMN reference TEXT; -- such as the purchase order's number
ALTER TABLE purchase_order ADD COLUMN wish TEXT;      -- JSON: what the desk asked for; personal

-- When what is charged by the month ends: as its provider has it, and as its license grants it.
ALTER TABLE purchase_order ADD COLUMN ends_at BIGINT;
ALTER TABLE purchase_order ADD COLUMN ended_at BIGINT;

-- Money that the desk gives back. A row is kept before the provider is asked, which does it once for each row.
CREATE TABLE order_refund (
    purchase_order TEXT   NOT NULL REFERENCES purchase_order (id),
    number         BIGINT NOT NULL, -- from 1
    once           TEXT,            -- the desk's own name of it, so that the same is not given back twice
    amount         BIGINT NOT NULL, -- in the currency's smallest unit
    token          TEXT   NOT NULL, -- whose
    reason         TEXT,
    state          TEXT   NOT NULL CHECK (state IN ('BEGUN', 'DONE', 'FAILED')),
    tried_at       BIGINT NOT NULL,
    PRIMARY KEY (purchase_order, number)
);
CREATE UNIQUE INDEX order_refund_once ON order_refund (purchase_order, once) WHERE once IS NOT NULL;
CREATE INDEX order_refund_begun ON order_refund (tried_at) WHERE state = 'BEGUN';

CREATE INDEX payment_event_failed ON payment_event (received_at, id) WHERE state = 'FAILED';

ALTER TABLE test_checkout ADD COLUMN ends_at BIGINT; -- when what is charged by the month ends
CREATE TABLE test_refund (
    once     TEXT NOT NULL PRIMARY KEY,
    checkout TEXT NOT NULL REFERENCES test_checkout (id)
);
