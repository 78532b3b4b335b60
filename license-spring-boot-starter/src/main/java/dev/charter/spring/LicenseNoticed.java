package dev.charter.spring;

import dev.charter.client.Notice;

/// Something that an administrator should know and that changes nothing by itself; published as a Spring event.
public record LicenseNoticed(Notice notice) {}
