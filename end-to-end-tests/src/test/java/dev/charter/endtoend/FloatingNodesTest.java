package dev.charter.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.Purpose;
import dev.charter.format.SignedDocument;
import dev.charter.format.Verifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two nodes of the floating server on one PostgreSQL, one of which dies.
class FloatingNodesTest {
    @TempDir
    Path folder;

    private final PoolVendor vendor = new PoolVendor();

    @Test
    void products_go_on_at_the_node_that_is_left_and_seats_are_counted_once() throws IOException {
        var database = Map.of("CHARTER_FLOATING_DATABASE", Engine.POSTGRESQL.freshDatabase(folder));
        try (var first = FloatingServer.licensed(folder.resolve("first"), vendor, 2, database, Optional.empty()); var second = FloatingServer.beside(first, folder.resolve("second"), vendor, database)) {
            var one = new SeatTaker("one");
            var two = new SeatTaker("two");
            gets(first, one, Purpose.ACQUIRE);
            gets(second, two, Purpose.ACQUIRE); // both sign, and both count
            isRefused(first, new SeatTaker("three"));
            isRefused(second, new SeatTaker("four"));
            gets(second, one, Purpose.RENEW);

            first.kill(); // it was the one that keeps the license
            gets(second, one, Purpose.RENEW);
            gets(second, two, Purpose.RENEW);
            isRefused(second, new SeatTaker("five"));
            second.awaitLine("this node keeps the license now");

            first.start();
            gets(first, two, Purpose.RENEW);
            assertThat(second.post("/v1/releases", one.gives().toBytes()).statusCode()).isEqualTo(200);
            gets(first, new SeatTaker("six"), Purpose.ACQUIRE);
        }
    }

    private void gets(FloatingServer server, SeatTaker product, Purpose purpose) throws IOException {
        var request = product.asks(purpose);
        var response = server.post("/v1/usage-requests", request.toBytes());
        assertThat(response.statusCode()).as(product.name + ": " + new String(response.body(), StandardCharsets.UTF_8)).isEqualTo(200);
        new Verifier(vendor.anchor).answer(SignedDocument.read(response.body()), request); // up to the vendor's root
        product.got(response.body());
    }

    private static void isRefused(FloatingServer server, SeatTaker product) throws IOException {
        assertThat(server.post("/v1/usage-requests", product.asks(Purpose.ACQUIRE).toBytes()).statusCode()).isEqualTo(409);
    }
}
