/// The SDK that a product embeds. What is not exported here may change with any release.
module dev.charter.client {
    requires transitive dev.charter.format;
    requires java.net.http;
    requires com.github.oshi;
    requires static org.jspecify;

    exports dev.charter.client;
}
