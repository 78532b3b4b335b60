package dev.charter.mqtt.settings;

import dev.charter.server.settings.OneSetting;
import dev.charter.server.settings.Program;

/// Every setting there is. The environment and `mqtt-server.properties` use the same names.
enum Setting implements OneSetting {
    DATA("charter-mqtt", "the data folder"),
    CONSOLE_ADDRESS("127.0.0.1", "the IP address that the console listens on; 0.0.0.0 or :: for all, and then only behind a proxy that speaks TLS"),
    CONSOLE_PORT("18080", "the console's TCP port; 0 takes any free one, which mqtt-server.json in the data folder then tells"),
    CONSOLE_HOSTS("", "names by which browsers reach the console, separated by commas; IP addresses, localhost and HOST_NAME are known anyway"),
    MQTT_ADDRESS("127.0.0.1", "the IP address that MQTT listens on, all its ports; 0.0.0.0 or :: for all"),
    MQTT_PORT("1883", "the port of MQTT over TCP; 0 takes any free one; off for none"),
    TLS_PORT("", "the port of MQTT over TLS; needs TLS_CERTIFICATE and TLS_KEY"),
    WS_PORT("", "the port of MQTT over WebSocket, at the path /mqtt"),
    WSS_PORT("", "the port of MQTT over secure WebSocket; needs TLS_CERTIFICATE and TLS_KEY"),
    TLS_CERTIFICATE("", "a PEM file: the certificate, then those above it"),
    TLS_KEY("", "a PEM file: the certificate's private key, PKCS#8, not encrypted"),
    MAX_CONNECTIONS("10000", "clients that may be connected at once"),
    MAX_PACKET_BYTES("262144", "the largest MQTT packet, in bytes"),
    MAX_QUEUED_MESSAGES("1000", "messages that wait for one client that is away or slow; more than that are dropped, the newest first"),
    MAX_KEEP_ALIVE_SECONDS("3600", "the longest keep-alive that a client may ask for"),
    MAX_SESSION_EXPIRY_SECONDS("604800", "how long the session of a client that is away is kept at most"),
    MAX_MESSAGE_EXPIRY_SECONDS("604800", "how long a message waits at most"),
    MAX_SUBSCRIPTIONS_PER_CLIENT("1000", "subscriptions of one client"),
    CONNECT_RATE("500", "connections that are accepted in one second"),
    PUBLISH_RATE_PER_CLIENT("10000", "messages that one client may publish in one second"),
    MQTT_USERS_FILE("", "a JSON file of MQTT users, applied at every start: {\"users\":[{\"name\",\"enabled\",\"password\",\"rules\"}]}"),
    LICENSE_AUTHORITY("", "where the vendor's authority is, http or https"),
    LICENSE_TRUST_ANCHOR("", "a file: the vendor's trust anchor, where none is built into the program"),
    LICENSE_PORTAL("", "the vendor's page that answers usage requests of servers without internet, http or https"),
    LICENSE_SUPPORT_EMAIL("", "the vendor's address that usage requests are mailed to"),
    LICENSE_METHOD("online", "how licenses come: online, leased (a seat that is taken at the start and given back at the stop), floating (the same, of a license server in the own network) or offline, by letter at the License page, without an authority and a license key in the settings"),
    LICENSE_SERVERS("", "the floating license servers, http or https, separated by commas and tried in this order; LICENSE_METHOD is floating then; without it CHARTER_LICENSE_SERVERS"),
    LICENSE_FEATURES("", "the features to ask a floating license server for, separated by commas; all that it has unless set"),
    LICENSE_SLOT("", "the name that a leased or floating license's seat belongs to, such as that of a container that is built anew; without it CHARTER_LICENSE_SLOT"),
    LICENSE_KEY("", "a license key that is activated at the start; without it CHARTER_LICENSE_KEY; or:"),
    LICENSE_KEY_FILE("", "a file whose first line is the license key"),
    TRIAL("false", "true starts a trial where there is no license"),
    ADMIN_NAME("", "the name of the first administrator, made at the start where there is no user of that name; with:"),
    ADMIN_PASSWORD_FILE("", "a file whose first line is the first administrator's password"),
    SETUP_TOKEN_FILE("", "where the setup token is written; without it, it is printed"),
    PROXY("", "HOST:PORT of the HTTP proxy on the way to the authority"),
    HOST_NAME("", "the name by which people know this host"),
    LOG("plain", "the form of the log on the standard error stream: plain or json");

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
        return this == LICENSE_KEY;
    }
}
