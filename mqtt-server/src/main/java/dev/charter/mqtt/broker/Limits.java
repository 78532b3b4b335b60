package dev.charter.mqtt.broker;

import java.time.Duration;

/// What clients may use up. Every limit has a value: nothing is unlimited.
///
/// @param connections at one time
/// @param packetBytes in one MQTT packet
/// @param queuedMessages that wait for one client; further ones are dropped
/// @param keepAlive the longest; longer ones are shortened, and none at all is this one
/// @param sessionExpiry how long at most a session is kept while its client is away
/// @param messageExpiry how long at most a message waits
/// @param subscriptionsPerClient further ones are refused
/// @param connectsPerSecond of all clients together; further ones are refused
/// @param publishesPerSecond of one client; it is read from more slowly, and nothing of it is lost
public record Limits(int connections, int packetBytes, int queuedMessages, Duration keepAlive, Duration sessionExpiry, Duration messageExpiry, int subscriptionsPerClient,
        int connectsPerSecond, int publishesPerSecond) {
    /// The longest session expiry that MQTT 5 can tell apart from for ever.
    private static final long LONGEST_SECONDS = 0xFFFF_FFFEL;

    public Limits {
        require(connections >= 1, "connections");
        require(packetBytes >= 1024 && packetBytes <= 268_435_460, "packetBytes");
        require(queuedMessages >= 1, "queuedMessages");
        require(!keepAlive.isNegative() && !keepAlive.isZero() && keepAlive.toSeconds() <= 65_535, "keepAlive");
        require(!sessionExpiry.isNegative() && sessionExpiry.toSeconds() <= LONGEST_SECONDS, "sessionExpiry");
        require(messageExpiry.toSeconds() >= 1 && messageExpiry.toSeconds() <= LONGEST_SECONDS, "messageExpiry");
        require(subscriptionsPerClient >= 1, "subscriptionsPerClient");
        require(connectsPerSecond >= 1, "connectsPerSecond");
        require(publishesPerSecond >= 1, "publishesPerSecond");
    }

    /// 10,000 connections; 256 KiB packets; 1,000 queued messages; 1 hour of keep alive; sessions for 7 days and messages for 3; 1,000 subscriptions and
    /// 5,000 messages a second for each client; 500 connects a second.
    public static Limits safe() {
        return new Limits(10_000, 262_144, 1_000, Duration.ofHours(1), Duration.ofDays(7), Duration.ofDays(3), 1_000, 500, 5_000);
    }

    private static void require(boolean holds, String name) {
        if (!holds) {
            throw new IllegalArgumentException("The limit " + name + " is out of its range.");
        }
    }
}
