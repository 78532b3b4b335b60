package dev.charter.format;

/// The kinds of documents. Each has a `typ` of its own (RFC 7515, section 4.1.9), so that no document passes for one of another kind.
public enum DocumentKind {
    USAGE_REQUEST, USAGE_LICENSE, REFUSAL, RELEASE, USAGE_REPORT, KEY_CERTIFICATE, TRUST_STATEMENT;

    /// The kind's name in documents and in the API, such as `usage-license`.
    public String documentName() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /// The value of the header `typ`, such as `charter-usage-license+jws`.
    public String typ() {
        return "charter-" + documentName() + "+jws";
    }

    /// The words between BEGIN and END of the text form, such as `CHARTER USAGE LICENSE`.
    public String label() {
        return "CHARTER " + name().replace('_', ' ');
    }

    /// The kind of that document name; throws [IllegalArgumentException] for any other.
    public static DocumentKind named(String documentName) {
        for (var kind : values()) {
            if (kind.documentName().equals(documentName)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(documentName + " is not a kind of document");
    }
}
