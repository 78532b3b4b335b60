-- When each emergency day began that was started, for the vendor. Those of before this are counted in the pool's row only.
CREATE TABLE emergency_day (
    pool      TEXT   NOT NULL REFERENCES pool (license),
    number    BIGINT NOT NULL, -- from 1, as the pool's row counts them
    begins_at BIGINT NOT NULL, -- where it was started while another one ran: when that one ends
    PRIMARY KEY (pool, number)
);
