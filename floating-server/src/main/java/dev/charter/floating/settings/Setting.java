package dev.charter.floating.settings;

import dev.charter.server.settings.OneSetting;
import dev.charter.server.settings.Program;

/// Every setting there is. The environment and `floating-server.properties` use the same names.
enum Setting implements OneSetting {
    DATA("charter-floating", "the data folder"),
    ADDRESS("127.0.0.1", "the IP address to listen on; 0.0.0.0 or :: for all, and then with TLS, or only behind a proxy that speaks it"),
    PORT("16090", "the TCP port; 0 takes any free one, which floating-server.address in the data folder then tells"),
    TLS("off", "own: the server speaks TLS with a certificate that it makes at its first start, and that products know by its license; off: it speaks HTTP in the clear"),
    TLS_CERTIFICATE("", "a PEM file: the server speaks TLS with this certificate, followed by those between it and its authority; with:"),
    TLS_KEY("", "a PEM file: that certificate's private key, PKCS#8 without a passphrase"),
    DATABASE("sqlite:DATA/floating.db", "sqlite:FILE or jdbc:postgresql://HOST:PORT/DATABASE"),
    DATABASE_USER("", "the user on PostgreSQL"),
    DATABASE_PASSWORD("", "that user's password"),
    TRUST_ANCHOR("", "the file trust-anchor.json of the vendor whose licenses are leased here"),
    PRODUCTS("", "the products whose licenses are leased here, such as mqtt-server, separated by commas"),
    LICENSE_KEYS("", "the license keys by product, such as mqtt-server=ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2, separated by commas; or:"),
    LICENSE_KEYS_FILE("", "a file whose first line is that"),
    HOST_NAME("", "the name by which people know this server; the machine's own where it is not given"),
    AUTHORITY("", "the vendor's server, such as https://licensing.acme.example; without it licenses come by letter"),
    TRUSTED_PROXIES("", "IP addresses or networks (10.0.0.0/8), separated by commas, whose X-Forwarded-For is believed"),
    CONSOLE_HOSTS("", "names by which browsers reach the console, separated by commas; IP addresses, localhost and HOST_NAME are known anyway"),
    ADMIN_NAME("", "the name of the console's first administrator, made at the start where there is no user of that name; with:"),
    ADMIN_PASSWORD_FILE("", "a file whose first line is the first administrator's password"),
    SETUP_TOKEN_FILE("", "where the console's setup token is written; without it, it is printed"),
    NEARLY_FULL("90", "an alarm is given when so many of a hundred seats of a pool are taken"),
    LOG("json", "the form of the log on the standard error stream: json or plain");

    private final String standard;
    private final String meaning;

    Setting(String standard, String meaning) {
        this.standard = standard;
        this.meaning = meaning;
    }

    @Override
    public Program program() {
        return ReadSettings.PROGRAM;
    }

    @Override
    public String standard() {
        return standard;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public boolean isSecret() {
        return this == LICENSE_KEYS || this == DATABASE_PASSWORD;
    }
}
