package dev.charter.spring;

import dev.charter.client.LicenseClientBuilder;

/// Has the last word on how the product's client is put together; as a bean of the product. For a clock in tests, another way to the authority, or what else
/// the settings do not know. The client's builder takes each setting once: what `charter.license.*` says already cannot be said again.
@FunctionalInterface
public interface LicenseClientCustomizer {
    void customize(LicenseClientBuilder builder);
}
