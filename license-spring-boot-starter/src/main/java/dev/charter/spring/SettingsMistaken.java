package dev.charter.spring;

import java.util.List;

/// The product cannot start before somebody changes a setting. Each mistake names its setting and says what it should be; none shows a secret.
final class SettingsMistaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    SettingsMistaken(List<String> mistakes) {
        super(String.join("\n", mistakes));
    }
}
