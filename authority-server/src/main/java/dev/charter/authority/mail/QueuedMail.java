package dev.charter.authority.mail;

import dev.charter.format.Bytes;
import java.time.Instant;

/// A mail that somebody is about to send.
///
/// @param to as [MailAddress#read] reads it
/// @param content all of it, as it goes over the wire
/// @param attempt which attempt this is, from 1
/// @param giveUpAt from then on it is not tried again
record QueuedMail(String id, String to, Bytes content, int attempt, Instant createdAt, Instant giveUpAt) {}
