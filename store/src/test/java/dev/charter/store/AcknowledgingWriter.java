package dev.charter.store;

import java.util.UUID;

/// A process of its own that writes to a SQLite file from several threads, and prints each identifier once it was acknowledged,
/// until it is killed.
final class AcknowledgingWriter {
    private AcknowledgingWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        var store = Store.open(StoreUrl.parse(arguments[0]), Things.MIGRATIONS);
        for (int i = 0; i < 8; i++) {
            Thread.ofPlatform().start(() -> {
                while (true) {
                    var id = UUID.randomUUID().toString();
                    store.transactions().doInOne(sql -> {
                        Things.add(sql, id);
                        sql.update("INSERT INTO child (id, thing) VALUES (?, ?)", id, id);
                    });
                    System.out.println(id + ";");
                }
            });
        }
        Thread.currentThread().join();
    }
}
