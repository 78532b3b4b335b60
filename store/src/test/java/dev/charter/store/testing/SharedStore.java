package dev.charter.store.testing;

import dev.charter.store.Engine;
import dev.charter.store.Store;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// One database of each engine for all tests of a JVM that need nothing else than an empty one: making one takes longer than most tests. It stays open until the JVM ends.
public final class SharedStore {
    private final String migrations;
    private final List<String> emptying;
    private final Map<Engine, Store> stores = new EnumMap<>(Engine.class);

    /// @param emptying the statements after which it is as it was after its migrations
    public SharedStore(String migrations, List<String> emptying) {
        this.migrations = migrations;
        this.emptying = List.copyOf(emptying);
    }

    /// As it is after its migrations. Whoever got it before does not use it any more.
    public synchronized Store emptied(Engine engine) {
        var store = stores.computeIfAbsent(engine, this::open);
        store.transactions().doInOne(sql -> emptying.forEach(sql::update));
        return store;
    }

    private Store open(Engine engine) {
        var store = Store.open(Engines.fresh(engine), migrations);
        Runtime.getRuntime().addShutdownHook(new Thread(store::close));
        return store;
    }
}
