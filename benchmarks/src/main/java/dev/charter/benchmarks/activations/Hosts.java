package dev.charter.benchmarks.activations;

import dev.charter.benchmarks.Requests;
import dev.charter.benchmarks.load.Connection;
import dev.charter.benchmarks.seed.SoldLicenses;
import dev.charter.format.SignedDocument;
import java.util.List;
import java.util.stream.IntStream;

/// Hosts, one to a license, and what they ask, signed beforehand.
final class Hosts {
    private final List<SoldLicenses.WithKey> licenses;
    private final List<Requests> hosts;

    Hosts(SoldLicenses licenses) {
        this.licenses = licenses.keys();
        this.hosts = IntStream.range(0, this.licenses.size()).parallel().mapToObj(i -> Requests.of("host-" + i)).toList();
    }

    /// The first requests of the hosts from that number on.
    List<SignedDocument> activations(int from, int count) {
        return reactivations(from, count, 1);
    }

    List<SignedDocument> reactivations(int from, int count, long sequence) {
        return IntStream.range(from, from + count).parallel().mapToObj(i -> hosts.get(i).activate(licenses.get(i).key(), sequence)).toList();
    }

    List<SignedDocument> refreshes(int from, int count, long sequence) {
        return IntStream.range(from, from + count).parallel().mapToObj(i -> hosts.get(i).refresh(licenses.get(i).id(), sequence)).toList();
    }

    /// As they are posted.
    static List<byte[]> posted(String target, List<SignedDocument> documents) {
        return documents.stream().map(document -> Connection.post(target, "application/jose+json", "", document.toBytes())).toList();
    }
}
