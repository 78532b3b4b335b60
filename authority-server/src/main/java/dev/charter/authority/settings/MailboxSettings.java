package dev.charter.authority.settings;

import java.time.Duration;

/// The mailbox whose mails are answered.
///
/// @param server where it is, with a login
/// @param folder in which mails arrive, such as `INBOX`
/// @param every how often is looked for new ones
/// @param answersPerHour how many mails of one sender are answered within an hour
public record MailboxSettings(MailSettings.Server server, String folder, Duration every, int answersPerHour) {}
