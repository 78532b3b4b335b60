package dev.charter.mqtt.broker;

import java.net.InetAddress;
import java.util.Optional;

/// A client at the door: what it said in its CONNECT. It prints without the password.
///
/// @param password as sent; empty where none was
/// @param willTopic where its last will would be published
/// @param listener the name of the one that it came by
public record Arrival(String clientId, Optional<String> username, Optional<byte[]> password, Optional<String> willTopic, Optional<InetAddress> address, Optional<String> listener) {
    @Override
    public String toString() {
        return "Arrival[" + clientId + ", " + username.orElse("no user name") + ", ***]";
    }
}
