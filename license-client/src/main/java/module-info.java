/// The SDK that a product embeds. What is not exported here may change with any release.
module dev.charter.client {
    requires transitive dev.charter.format;
    requires java.net.http;
    requires com.github.oshi;
    // OSHI logs with it and, as an automatic module, cannot say so itself: without this line it would be missing on a module path.
    requires org.slf4j;
    requires static org.jspecify;

    exports dev.charter.client;
}
