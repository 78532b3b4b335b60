package dev.charter.authority.mail;

/// In whose name mails are written.
record InWhoseName(String name) {}
