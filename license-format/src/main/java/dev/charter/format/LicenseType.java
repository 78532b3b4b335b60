package dev.charter.format;

import java.util.Locale;

/// How a license is brought to its hosts (DESIGN, one exchange).
public enum LicenseType {
    /// Node-locked, over HTTPS.
    ONLINE,
    /// A lease from the authority, for containers that come and go.
    LEASED,
    /// Node-locked, by letter.
    OFFLINE,
    /// A pool of seats on the customer's own floating server.
    FLOATING;

    /// The type's name in documents and in the API, such as `online`.
    public String documentName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static LicenseType named(String documentName) {
        for (var type : values()) {
            if (type.documentName().equals(documentName)) {
                return type;
            }
        }
        throw new IllegalArgumentException(documentName + " is not a license type");
    }
}
