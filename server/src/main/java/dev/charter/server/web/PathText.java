package dev.charter.server.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A text in an address that may hold any character, such as a client ID or a topic: base64url of its UTF-8 (RFC 4648, section 5), without padding.
public final class PathText {
    private PathText() {}

    /// @throws Rejected when it is none
    public static String read(String encoded) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(encoded))).toString();
        } catch (IllegalArgumentException | CharacterCodingException unreadable) {
            throw Rejected.malformed("The last part of the address is not base64url of a text.");
        }
    }
}
