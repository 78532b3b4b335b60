package dev.charter.authority.desk;

import java.util.Optional;

/// What somebody brings to the desk.
///
/// @param text a letter in any of its forms, with whatever stands around it
/// @param origin what its channel needs to bring the answer back when the letter has to wait, such as the mail that it came in; the desk keeps it and does not read it
public record Brought(String text, Channel channel, Optional<String> origin) {
    public static Brought by(Channel channel, String text) {
        return new Brought(text, channel, Optional.empty());
    }
}
