/// The documents of Charter.
module dev.charter.format {
    requires static org.jspecify;

    exports dev.charter.format;
    exports dev.charter.format.json to dev.charter.client;
}
