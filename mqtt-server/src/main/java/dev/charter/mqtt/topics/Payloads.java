package dev.charter.mqtt.topics;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Shows payloads that are texts as such.
final class Payloads {
    private Payloads() {}

    /// The payload as a text, where it is UTF-8 that can be shown.
    static Optional<String> text(byte[] payload) {
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
            return text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t') ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }
}
