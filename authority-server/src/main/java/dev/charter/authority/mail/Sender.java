package dev.charter.authority.mail;

import java.util.Optional;

/// Who the authority's mails come from.
///
/// @param replyTo where answers go, where that is another address
record Sender(MailAddress from, Optional<MailAddress> replyTo) {}
