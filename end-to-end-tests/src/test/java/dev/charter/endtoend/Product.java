package dev.charter.endtoend;

import java.nio.file.Path;
import java.util.List;

/// A running [SampleProduct].
final class Product implements AutoCloseable {
    private final Program program;
    private int asked;

    Product(Path home, Vendor vendor) {
        this(home, vendor, vendor.url());
    }

    Product(Path home, Vendor vendor, String authority) {
        program = Packaged.product(vendor.folder(), SampleProduct.class, List.of(vendor.anchor().toString(), home.toString(), authority));
    }

    /// What it answers to a line.
    String asked(String line) {
        begin(line);
        var prefix = asked + ": ";
        return program.awaitLine(answer -> answer.startsWith(prefix)).substring(prefix.length());
    }

    /// The line is typed, the answer not waited for.
    void begin(String line) {
        program.type(line);
        asked++;
    }

    /// `kill -9`.
    void kill() {
        program.kill();
    }

    String output() {
        return program.output();
    }

    @Override
    public void close() {
        program.close();
    }
}
