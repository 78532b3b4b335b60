package dev.charter.benchmarks.floating;

import dev.charter.benchmarks.Requests;
import dev.charter.benchmarks.load.Connection;
import dev.charter.benchmarks.load.Load;
import dev.charter.format.Bytes;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/// Products that take a seat each, keep it and give it back. What they ask is signed before it is sent.
final class Products {
    static final String REQUESTS = "/v1/usage-requests";
    static final String RELEASES = "/v1/releases";

    private final List<Requests> hosts;
    private final AtomicReferenceArray<byte[]> leases;
    private long renewals;

    /// @param name tells these products from others of the run
    Products(String name, int count) {
        hosts = IntStream.range(0, count).parallel().mapToObj(i -> Requests.of(name + "-" + i)).toList();
        leases = new AtomicReferenceArray<>(count);
    }

    int count() {
        return hosts.size();
    }

    List<SignedDocument> acquisitions() {
        return IntStream.range(0, count()).parallel().mapToObj(i -> hosts.get(i).acquire(FloatingFolder.LICENSE, 1)).toList();
    }

    /// Each brings the epoch of the lease that it has.
    List<SignedDocument> nextRenewals() {
        renewals++;
        return IntStream.range(0, count()).parallel().mapToObj(i -> hosts.get(i).renew(FloatingFolder.LICENSE, renewals, epoch(i))).toList();
    }

    List<SignedDocument> releases() {
        return IntStream.range(0, count()).parallel().mapToObj(i -> hosts.get(i).release(FloatingFolder.LICENSE, lease(i).id())).toList();
    }

    private Optional<Bytes> epoch(int host) {
        return lease(host).epoch();
    }

    private UsageLicense lease(int host) {
        return UsageLicense.read(SignedDocument.read(Objects.requireNonNull(leases.get(host), "this product has no lease")).payload());
    }

    /// How long an answer with a lease is.
    int answerLength() {
        return Objects.requireNonNull(leases.get(0), "no product has a lease").length;
    }

    /// Clients that post these documents of the products, accept no other answer than 200, and keep the leases that come.
    Load.Clients posting(URI server, String target, List<SignedDocument> documents) {
        var requests = posted(target, documents);
        return () -> new Load.Client() {
            private final Connection connection = new Connection(server);

            @Override
            public void operate(int number) throws IOException {
                var answer = connection.exchange(requests.get(number));
                if (answer.status() != 200) {
                    throw new IllegalStateException("the answer to request " + number + " was " + answer.status() + ": " + answer.text());
                }
                if (target.equals(REQUESTS)) {
                    leases.set(number, answer.body());
                }
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    static List<byte[]> posted(String target, List<SignedDocument> documents) {
        return documents.stream().map(document -> Connection.post(target, "application/jose+json", "", document.toBytes())).toList();
    }
}
