package dev.charter.mqtt.broker;

import dev.charter.mqtt.broker.ListenerPlan.Kind;
import java.net.Inet6Address;
import java.net.InetAddress;

/// Where the broker listens, with the port that it really has.
public record Listener(String name, Kind kind, InetAddress address, int port) {
    /// Such as `tcp://127.0.0.1:1883` or `wss://[::1]:8884/mqtt`.
    public String url() {
        var host = address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        var path = kind == Kind.WS || kind == Kind.WSS ? "/mqtt" : "";
        return kind.scheme() + "://" + host + ":" + port + path;
    }
}
