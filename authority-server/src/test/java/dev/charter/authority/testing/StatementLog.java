package dev.charter.authority.testing;

import dev.charter.store.Engine;
import dev.charter.store.StoreUrl;
import dev.charter.store.testing.Engines;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;

/// The queries that go to a PostgreSQL database of its own, as its driver notes them when it sends them.
public final class StatementLog extends Handler implements AutoCloseable {
    private static final Pattern QUERY = Pattern.compile("FE=> Parse\\(.*?query=\"(.*)\",.*", Pattern.DOTALL);
    // Without this, a query that was sent often is sent by a name.
    private static final String BY_TEXT = "&prepareThreshold=0";

    private final StoreUrl url = StoreUrl.parse(((StoreUrl.PostgresDatabase) Engines.fresh(Engine.POSTGRESQL)).jdbcUrl() + BY_TEXT);
    private final Logger driver = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
    private final Level levelBefore = driver.getLevel();
    private final boolean handedOnBefore = driver.getUseParentHandlers();
    private final List<String> queries = Collections.synchronizedList(new ArrayList<>());

    public StatementLog() {
        setLevel(Level.ALL);
        driver.setLevel(Level.FINEST);
        driver.setUseParentHandlers(false);
        driver.addHandler(this);
    }

    public StoreUrl url() {
        return url;
    }

    /// The queries that the action makes, without what begins and ends transactions or asks for the time.
    public List<String> queriesOf(Runnable action) {
        queries.clear();
        action.run();
        return List.copyOf(queries);
    }

    @Override
    public void publish(LogRecord noted) {
        var line = QUERY.matcher(String.valueOf(noted.getMessage()));
        if (line.find() && line.group(1).matches("(?s)(SELECT|UPDATE|INSERT|DELETE) .*") && !line.group(1).contains("issuer_time")) {
            queries.add(line.group(1));
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        driver.removeHandler(this);
        driver.setLevel(levelBefore);
        driver.setUseParentHandlers(handedOnBefore);
    }
}
