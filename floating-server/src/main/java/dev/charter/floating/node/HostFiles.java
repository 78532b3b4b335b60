package dev.charter.floating.node;

import dev.charter.client.Disk;
import dev.charter.store.Sql;
import dev.charter.store.StoreFault;
import dev.charter.store.Transactions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// The files of the host's folder, in the database. Only the keeper changes them; each change is durable when it returns.
final class HostFiles implements Disk {
    private final Transactions transactions;
    private final Keeper keeper;
    private final FileCipher cipher;
    private final Path data;

    /// @param data the node's own data folder, below which the files would lie
    HostFiles(Transactions transactions, Keeper keeper, FileCipher cipher, Path data) {
        this.transactions = transactions;
        this.keeper = keeper;
        this.cipher = cipher;
        this.data = data.toAbsolutePath().normalize();
    }

    @Override
    public Optional<byte[]> read(Path file) throws IOException {
        var name = name(file);
        try {
            var kept = transactions.reading(sql -> content(sql, name));
            return kept.isPresent() ? Optional.of(cipher.decrypt(name, kept.get())) : Optional.empty();
        } catch (StoreFault fault) {
            throw new IOException("the database cannot be read", fault);
        }
    }

    @Override
    public void create(Path file, byte[] content) throws IOException {
        var encrypted = cipher.encrypt(name(file), content);
        change(sql -> put(sql, name(file), encrypted));
    }

    @Override
    public void replace(Path file, Path other) throws IOException {
        var content = read(file).orElseThrow(() -> new IOException("there is no file " + name(file)));
        var encrypted = cipher.encrypt(name(other), content);
        change(sql -> {
            put(sql, name(other), encrypted);
            sql.update("DELETE FROM host_file WHERE name = ?", name(file));
        });
    }

    @Override
    public void sync(Path folder) {
        // Every change was durable when it returned.
    }

    private interface Change {
        void in(Sql sql);
    }

    private void change(Change change) throws IOException {
        boolean may;
        try {
            may = transactions.inOne(sql -> {
                boolean keeps = keeper.changesFiles(sql);
                if (keeps) {
                    change.in(sql);
                }
                return keeps;
            });
        } catch (StoreFault fault) {
            throw new IOException("the database cannot be written", fault);
        }
        if (!may) {
            throw new IOException("another node of this server keeps the license");
        }
    }

    private static Optional<byte[]> content(Sql sql, String name) {
        return sql.one("SELECT content FROM host_file WHERE name = ?", row -> row.bytes("content"), name);
    }

    private static void put(Sql sql, String name, byte[] content) {
        sql.update("INSERT INTO host_file (name, content) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET content = excluded.content", name, content);
    }

    private String name(Path file) {
        return data.relativize(file.toAbsolutePath().normalize()).toString().replace('\\', '/');
    }
}
