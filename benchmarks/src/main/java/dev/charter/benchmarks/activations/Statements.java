package dev.charter.benchmarks.activations;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The statements of the authority, letter by letter as it has them (its packages `activation`, `license` and `audit`), with arguments of the same kind and length.
/// What it makes of their results is left out: everything is known before.
final class Statements {
    private static final String LICENSE = """
            SELECT license.id AS license_id, license.product AS license_product, license.customer AS license_customer, customer.name AS customer_name, customer.email AS customer_email, \
            license.type AS license_type, license.state AS license_state, license.state_reason, license.revision, license.issued_at, license.terms, license.used, license.sealed_key \
            FROM license JOIN customer ON customer.id = license.customer WHERE license.""";
    private static final String ACTIVATION = """
            SELECT activation.id AS activation_id, activation.license AS activation_license, activation.product AS activation_product, activation.host, activation.host_name, \
            activation.state AS activation_state, activation.factors, activation.factors_required, activation.activate_sequence, activation.refresh_sequence, \
            activation.activated_at, activation.answered_at, activation.ended_at""";
    private static final String LATEST = ACTIVATION + """
            , answer.content, answer.attachment FROM activation
            LEFT JOIN answer ON answer.activation = activation.id AND answer.purpose = ? AND answer.request = ?
            WHERE activation.host = ? AND activation.license = ? ORDER BY activation.activate_sequence DESC LIMIT 1""";
    private static final String OTHER_LICENSE = "SELECT license FROM activation WHERE host = ? AND product = ? AND state = 'ACTIVE'";
    private static final int MARKS_OF_QUERY = 16;
    private static final String LOOKALIKES = ACTIVATION + " FROM activation WHERE id IN (SELECT activation FROM activation_mark WHERE license = ? AND mark IN (?"
            + ", ?".repeat(MARKS_OF_QUERY - 1) + ")) AND state = 'ACTIVE' AND host <> ? ORDER BY activated_at, id LIMIT ?";
    private static final String TAKE = "UPDATE license SET used = used + 1 WHERE id = ? AND revision = ? AND state = 'ACTIVE' AND used < total RETURNING id, entries, head";
    private static final String LOCK = "UPDATE license SET used = used WHERE id = ? AND revision = ? AND state = 'ACTIVE' RETURNING id, entries, head";
    private static final String INSERT_ACTIVATION = """
            INSERT INTO activation (id, license, product, host, host_name, state, factors, factors_required, activate_sequence, refresh_sequence, activated_at, answered_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""";
    private static final String INSERT_MARK = "INSERT INTO activation_mark (license, mark, activation) VALUES (?, ?, ?)";
    private static final String RENEW = "UPDATE activation SET %1$s = ?, answered_at = ?, host_name = ?, factors = ?, factors_required = ? WHERE id = ? AND state = 'ACTIVE' AND %1$s < ? AND factors = ?";
    private static final String ANSWER = """
            INSERT INTO answer (activation, purpose, request, content, attachment) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (activation, purpose) DO UPDATE SET request = excluded.request, content = excluded.content, attachment = excluded.attachment""";
    private static final String ENTRY = "INSERT INTO audit_entry (license, number, at, event, request, hash) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String HEAD = "UPDATE license SET entries = ?, head = ? WHERE id = ?";

    private static final String PRODUCT = "mqtt-server";
    private static final int MARKS = 4;
    private static final int HASH_LENGTH = 32;
    private static final int KEY_ID_LENGTH = 22;

    private final int contentLength;
    private final byte[] attachment = random(new SplittableRandom(1), HASH_LENGTH);

    /// @param contentLength how long what is kept of each answer is
    Statements(int contentLength) {
        this.contentLength = contentLength;
    }

    /// A host of the peer, with everything that its statements name.
    record Host(String license, String activation, String keyId, String factors, List<Long> marks) {
        static Host of(String license, int number) {
            var random = new SplittableRandom(number);
            var factors = new StringBuilder("{");
            for (var name : List.of("board", "disk", "machine", "network", "place")) {
                factors.append(factors.length() > 1 ? "," : "").append('"').append(name).append("\":\"").append(text(random, 11)).append('"');
            }
            return new Host(license, "act-" + text(random, 12), text(random, KEY_ID_LENGTH), factors.append('}').toString(), IntStream.range(0, MARKS).mapToObj(_ -> random.nextLong()).sorted().toList());
        }
    }

    Operation activate(Host host, byte[] locator, int number) {
        var random = new SplittableRandom(number);
        var digest = random(random, HASH_LENGTH);
        var lookalikes = new ArrayList<Object>(List.of(host.license()));
        lookalikes.addAll(host.marks());
        lookalikes.addAll(Collections.nCopies(MARKS_OF_QUERY - MARKS, host.marks().getFirst()));
        lookalikes.addAll(List.of(host.keyId(), 64));
        long now = System.currentTimeMillis();
        return new Operation(
                List.of(Step.of(LICENSE + "locator = ?", (Object) locator), Step.of(LATEST, "ACTIVATE", digest, host.keyId(), host.license()),
                        Step.of(OTHER_LICENSE, host.keyId(), PRODUCT), new Step(LOOKALIKES, List.of(lookalikes))),
                List.of(Step.of(TAKE, host.license(), 1L),
                        Step.of(INSERT_ACTIVATION, host.activation(), host.license(), PRODUCT, host.keyId(), "host-" + number, "ACTIVE", host.factors(), 3, 1L, 0L, now, now),
                        new Step(INSERT_MARK, host.marks().stream().map(mark -> List.<Object>of(host.license(), mark, host.activation())).toList()),
                        answer(host, "ACTIVATE", digest, random), entry(host, 2, "activated", digest, random), head(host, 2, random)));
    }

    /// @param sequence of that purpose; each takes one more entry of the audit log
    Operation refresh(Host host, long sequence, long entries, int number) {
        var random = new SplittableRandom(number);
        var digest = random(random, HASH_LENGTH);
        return renew(host, Step.of(LICENSE + "id = ?", host.license()), "REFRESH", "refresh_sequence", digest, sequence, entries, random);
    }

    Operation reactivate(Host host, byte[] locator, long sequence, long entries, int number) {
        var random = new SplittableRandom(number);
        var digest = random(random, HASH_LENGTH);
        return renew(host, Step.of(LICENSE + "locator = ?", (Object) locator), "ACTIVATE", "activate_sequence", digest, sequence, entries, random);
    }

    private Operation renew(Host host, Step license, String purpose, String column, byte[] digest, long sequence, long entries, SplittableRandom random) {
        return new Operation(List.of(license, Step.of(LATEST, purpose, digest, host.keyId(), host.license())),
                List.of(Step.of(LOCK, host.license(), 1L),
                        Step.of(String.format(Locale.ROOT, RENEW, column), sequence, System.currentTimeMillis(), "host", host.factors(), 3, host.activation(), sequence, host.factors()),
                        answer(host, purpose, digest, random), entry(host, entries, purpose.equals("REFRESH") ? "refreshed" : "reactivated", digest, random), head(host, entries, random)));
    }

    private Step answer(Host host, String purpose, byte[] digest, SplittableRandom random) {
        return Step.of(ANSWER, host.activation(), purpose, digest, random(random, contentLength), attachment);
    }

    private static Step entry(Host host, long number, String event, byte[] digest, SplittableRandom random) {
        long now = System.currentTimeMillis();
        var text = "{\"license\":\"" + host.license() + "\",\"number\":" + number + ",\"at\":" + now + ",\"event\":\"" + event + "\",\"activation\":\"" + host.activation() + "\",\"request\":\""
                + text(random, 43) + "\"" + (event.equals("activated") ? ",\"host\":\"" + host.keyId() + "\"" : "") + ",\"sequence\":1,\"factors\":" + host.factors() + ",\"factorsRequired\":3,\"usageLicense\":\""
                + "ul-" + text(random, 20) + "\"}";
        return Step.of(ENTRY, host.license(), number, now, text, digest, random(random, HASH_LENGTH));
    }

    private static Step head(Host host, long entries, SplittableRandom random) {
        return Step.of(HEAD, entries, random(random, HASH_LENGTH), host.license());
    }

    private static byte[] random(SplittableRandom random, int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String text(SplittableRandom random, int length) {
        var text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = (byte) ('a' + random.nextInt(26));
        }
        return new String(text, StandardCharsets.US_ASCII);
    }
}
