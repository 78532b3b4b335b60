package dev.charter.format;

import java.util.Arrays;
import java.util.Base64;

/// Bytes that do not change and compare by content.
public final class Bytes implements Comparable<Bytes> {
    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /// A copy of the given bytes.
    public static Bytes of(byte[] content) {
        return new Bytes(content.clone());
    }

    /// A copy of the first so many of the given bytes.
    public static Bytes of(byte[] content, int length) {
        return new Bytes(Arrays.copyOf(content, length));
    }

    /// Reads base64url (RFC 4648, section 5); throws [IllegalArgumentException] when it is none.
    public static Bytes fromBase64Url(String text) {
        return new Bytes(Base64.getUrlDecoder().decode(text));
    }

    /// These bytes and then the others.
    public Bytes plus(Bytes more) {
        var whole = Arrays.copyOf(content, content.length + more.content.length);
        System.arraycopy(more.content, 0, whole, content.length, more.content.length);
        return new Bytes(whole);
    }

    public int length() {
        return content.length;
    }

    /// A copy.
    public byte[] toArray() {
        return content.clone();
    }

    /// Base64url without padding (RFC 4648, section 5).
    public String toBase64Url() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(content, other.content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return toBase64Url();
    }
}
