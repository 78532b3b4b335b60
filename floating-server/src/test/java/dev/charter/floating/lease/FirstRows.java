package dev.charter.floating.lease;

import dev.charter.store.Sql;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// The rows that the program of the first schema left, under a secret of 32 zeros: a pool of two seats, of which `host-a` holds one since the beginning and has renewed it, and `host-b` the other, as
/// the slot `line 2` and with the feature `mqtt`; `host-c` had a seat and gave it back. They are never made anew: what a seal covers, and how an entry of the log is chained, is fixed by them.
final class FirstRows {
    /// When the last of it happened.
    static final String AT = "2026-01-01T00:20:40Z";
    /// What `host-b` was given.
    static final String LEASE_OF_HOST_B = "ls-q9q2khc6ba5q.1";

    private static final String HOST_A = "Ue1EviTRXvR9mQcV3Br2KA";
    private static final String HOST_B = "SOwJC3G2cS1sccTafcH3-Q";
    private static final String HOST_C = "L4ckRYylwXi7sx15cNjlKw";
    private static final String USAGE_LICENSE = "{\"payload\":\"eyJmb3JtYXQiOjEsImlkIjoidWwtbGljLTEtMSIsImlzc3VlZEF0IjoiMjAyNi0wMS0wMVQwMDowMDowMFoiLCJwcm9kdWN0IjoibXF0dC1zZXJ2ZXIiLCJjdXN0b21lciI6IkFDTU" +
            "UgV2F0ZXIiLCJsaWNlbnNlIjp7ImlkIjoibGljLTEiLCJ0eXBlIjoiZmxvYXRpbmciLCJmcm9tIjoiMjAyNi0wMS0wMVQwMDowMDowMFoiLCJncmFjZURheXMiOjAsImVtZXJnZW5jeURheXMiOjAs" +
            "Im92ZXJkcmFmdFNlYXRzIjowLCJhbGxvd2FuY2UiOnsiY291bnQiOjIsImRheXMiOjM2NX0sImFjdGl2YXRpb25zVXNlZCI6MSwiYWN0aXZhdGlvbnNUb3RhbCI6MX0sImhvc3QiOnsia2V5cyI6ey" +
            "JFZDI1NTE5Ijoicy1yTk0wTTdNYlVsSTFFRExKcy1laTU2cDNPTlhlemZEZGJHSm9DRlBBWSJ9LCJuYW1lIjoiZmxvYXRpbmciLCJmYWN0b3JzIjp7fX0sImZhY3RvcnNSZXF1aXJlZCI6MCwicmVx" +
            "dWVzdCI6ImJqUUxuUC16ZXBpY3BVVG11M2dLTEhpUUhULXpOemgyaFJHakJoZXZvQjAiLCJzZXF1ZW5jZSI6MSwiZW50aXRsZW1lbnRzIjpbeyJmZWF0dXJlIjoiYnJpZGdlIn0seyJmZWF0dXJlIj" +
            "oibXF0dCJ9LHsiZmVhdHVyZSI6InNwYXJrcGx1ZyJ9XSwicG9vbCI6eyJzZWF0cyI6MiwibGVhc2UiOnsicmVuZXdFdmVyeSI6MzAwLCJkZWdyYWRlZEFmdGVyIjozNjAwLCJlbmQiOjI1OTIwMH19" +
            "fQ\",\"signatures\":[{\"protected\":\"eyJhbGciOiJFZDI1NTE5Iiwia2lkIjoiVVRFWHc3NmE1UEd1WUVSYXE0NUxXUSIsInR5cCI6ImNoYXJ0ZXItdXNhZ2UtbGljZW5zZStqd3MifQ\",\"signa" +
            "ture\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}]}";

    private FirstRows() {}

    static void writeInto(Sql sql) {
        sql.update("""
                INSERT INTO pool (license, product, revision, document, seats, lease_end, starts_at, until, allowance, allowance_period, overdraft, emergency_days, taken, features, reservations, when_full,
                renew_only_until, emergency_until, emergency_days_used, shrunk_to, given_up, reclaims, entries, head, seal)
                VALUES ('lic-1', 'mqtt-server', 1, ?, 2, 259200000, 1767225600000, NULL, 2, 31536000000, 0, 0, 2, '', '', 'REFUSE', 0, NULL, 0, NULL, FALSE, '', 5, ?, ?)""",
                USAGE_LICENSE.getBytes(StandardCharsets.US_ASCII), hex("25a36b097b7001c440da893046c4949b040829ff2d6a95e4639cf3e6d3beb0a5"),
                hex("7e5c6cdefbca47c0b3e475edd73ac511a7f5da0298238197e0f809b8856ff388"));
        leases(sql);
        answers(sql);
        log(sql);
    }

    private static void leases(Sql sql) {
        lease(sql, HOST_A, "ls-xz4t2m0e7bc7", "HELD", Optional.empty(), "bridge mqtt sparkplug", 1, 2, 2, 1767226600000L, 1767226720000L, 1767485920000L, 1767487216000L, Optional.empty(),
                "75c83d69fdedca6d4e36c6a913b229927d8229bcc2e49f14d56e14d5ad779f0c");
        lease(sql, HOST_C, "ls-c9ngx2pe5cft", "RELEASED", Optional.empty(), "bridge mqtt sparkplug", 0, 2, 1, 1767226660000L, 1767226660000L, 1767485860000L, 1767487156000L, Optional.of(1767226780000L),
                "afb5191843633618f6ee4abfa7e3056b366a0e260cf68e519be07d002042f6c3");
        lease(sql, HOST_B, "ls-q9q2khc6ba5q", "HELD", Optional.of("line 2"), "mqtt", 0, 1, 1, 1767226840000L, 1767226840000L, 1767486040000L, 1767487336000L, Optional.empty(),
                "2e4f6645cdd86104ba491018d11776d8a5cb1326673002587ed1cc2dbdd9261b");
    }

    private static void lease(Sql sql, String host, String lease, String state, Optional<String> slot, String features, long renewSequence, long version, long epoch, long acquiredAt, long answeredAt, long endsAt,
            long freeAt, Optional<Long> endedAt, String seal) {
        sql.update("""
                INSERT INTO lease (pool, host, host_name, lease, state, slot, features, reservation, ending, acquire_sequence, renew_sequence, version, epoch, acquired_at, answered_at, ends_at, free_at, ended_at, seal)
                VALUES ('lic-1', ?, NULL, ?, ?, ?, ?, NULL, FALSE, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                host, lease, state, slot, features, renewSequence, version, epoch, acquiredAt, answeredAt, endsAt, freeAt, endedAt, hex(seal));
    }

    private static void answers(Sql sql) {
        answer(sql, HOST_A, "ACQUIRE", "9855350bad580ae943ba6d93721465cd4c1c12e38615f129f3dd2fe6ba9b31df", "lease ls-xz4t2m0e7bc7.1 1", 1767226600000L);
        answer(sql, HOST_A, "RENEW", "0b12e6767f5a6fbf0ad1d7faca67203b786168f8276a1c39b1fbb5a0733e4d5e", "lease ls-xz4t2m0e7bc7.2 3", 1767226720000L);
        answer(sql, HOST_C, "RELEASE", "aa2afa128f4a0c51c3fc4ae7e002f8071c8ba17eaab6fa09c3f846518a03f75d", "acknowledged qir6Eo9KDfHE_Ern4ALDBxyLoX6qtvoJw_hGuYoD910 4", 1767226780000L);
        answer(sql, HOST_B, "ACQUIRE", "01cc7139f0c53463801313363160746f4108feb984fb82c04bd0980a15bfb0e3", "lease ls-q9q2khc6ba5q.1 5", 1767226840000L);
    }

    private static void answer(Sql sql, String host, String purpose, String request, String content, long at) {
        sql.update("INSERT INTO answer (pool, host, purpose, request, content, at) VALUES ('lic-1', ?, ?, ?, ?, ?)", host, purpose, hex(request), content.getBytes(StandardCharsets.US_ASCII), at);
    }

    private static void log(Sql sql) {
        entry(sql, 1, 1767226600000L, """
                "event":"installed","usageLicense":"ul-lic-1-1","seats":2""",
                "e445e28f6baaf0dd7121d276159f4a5e0aa7ca8ee7a7baecc3b89e94a1f2313f");
        entry(sql, 2, 1767226600000L, """
                "event":"acquired","host":"Ue1EviTRXvR9mQcV3Br2KA","lease":"ls-xz4t2m0e7bc7","features":["bridge","mqtt","sparkplug"],"request":"mFU1C61YCulDum2TchRlzUwcEuOGFfEp890v5rqbMd8\"""",
                "28049f5e6df421dabdf47c47e15dc12f9f37de37c15e55346f808b1bebbed6a6");
        entry(sql, 3, 1767226660000L, """
                "event":"acquired","host":"L4ckRYylwXi7sx15cNjlKw","lease":"ls-c9ngx2pe5cft","features":["bridge","mqtt","sparkplug"],"request":"cNY4J-6yU_o7zaly2YVz6NpaecNis8NAPDW3Ekcx9hk\"""",
                "7254e16189e6b659112d67083cfb060e8ddcc28d55021f1745f7d4defe1f1889");
        entry(sql, 4, 1767226780000L, """
                "event":"released","host":"L4ckRYylwXi7sx15cNjlKw","lease":"ls-c9ngx2pe5cft\"""",
                "4422ac11b793641d7be8379660ab41476da2a2c1db8a0437ca957e6174c4d9f6");
        entry(sql, 5, 1767226840000L, """
                "event":"acquired","host":"SOwJC3G2cS1sccTafcH3-Q","lease":"ls-q9q2khc6ba5q","slot":"line 2","features":["mqtt"],"request":"AcxxOfDFNGOAExM2MWB0b0EI_rmE-4LAS9CYChW_sOM\"""",
                "25a36b097b7001c440da893046c4949b040829ff2d6a95e4639cf3e6d3beb0a5");
    }

    private static void entry(Sql sql, long number, long at, String event, String hash) {
        sql.update("INSERT INTO audit_entry (pool, number, at, event, hash) VALUES ('lic-1', ?, ?, ?, ?)", number, at, "{\"pool\":\"lic-1\",\"number\":" + number + ",\"at\":" + at + "," + event + "}", hex(hash));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
