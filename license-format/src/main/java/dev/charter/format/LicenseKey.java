package dev.charter.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The short secret that names a license: five groups of five characters, 105 random bits and a check of 20. It never travels in a document and prints as `***`.
public final class LicenseKey {
    /// Letters and digits that people cannot mistake for one another: without I, O, 0 and 1.
    public static final String ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    /// Characters without the dashes.
    public static final int LENGTH = 25;
    private static final int RANDOM_CHARACTERS = 21;
    private static final int GROUP = 5;
    private static final Pattern IN_A_LETTER = Pattern.compile("(?<![A-Za-z0-9])[A-Za-z0-9]{5}(?:[\\s\\u00a0]*[-\\u2010-\\u2015\\u2212][\\s\\u00a0]*[A-Za-z0-9]{5}){4}(?![A-Za-z0-9])");

    private final String characters;

    private LicenseKey(String characters) {
        this.characters = characters;
    }

    /// What reading a typed text gave.
    public sealed interface Reading {
        /// A whole key, whose check holds.
        record Whole(LicenseKey key) implements Reading {}

        /// Not a key. The sentence says what to do.
        ///
        /// @param position where a single wrong character, or the first of two swapped neighbours, must be, counted from 0 without dashes, if that can be told
        record Faulty(String message, Optional<Integer> position) implements Reading {
            /// The group (0 to 4) to look at, if it can be told.
            public Optional<Integer> group() {
                return position.map(p -> p / GROUP);
            }
        }
    }

    /// A new key; the generator must be a secure one.
    public static LicenseKey generate(RandomGenerator secure) {
        var symbols = new int[LENGTH];
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            symbols[i] = secure.nextInt(ALPHABET.length());
        }
        KeyCheck.complete(symbols);
        var characters = new StringBuilder();
        for (int symbol : symbols) {
            characters.append(ALPHABET.charAt(symbol));
        }
        return new LicenseKey(characters.toString());
    }

    /// Reads what a person typed or pasted: any case, spaces, missing dashes, look-alikes (0 and O for Q, 1 and I for L), or a whole letter with one key in it.
    public static Reading read(String typed) {
        var characters = normalise(typed);
        var inALetter = IN_A_LETTER.matcher(typed);
        if (characters.length() != LENGTH && inALetter.find()) {
            characters = normalise(inALetter.group());
        }
        if (characters.length() != LENGTH) {
            return new Reading.Faulty("A license key has " + LENGTH + " characters; this has " + characters.length() + ". Copy all five groups.", Optional.empty());
        }
        var symbols = new int[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            symbols[i] = ALPHABET.indexOf(characters.charAt(i));
            if (symbols[i] < 0) {
                return new Reading.Faulty("The character " + characters.charAt(i) + " in group " + (i / GROUP + 1) + " is in no license key.", Optional.of(i));
            }
        }
        if (KeyCheck.holds(symbols)) {
            return new Reading.Whole(new LicenseKey(characters));
        }
        var position = KeyCheck.locateMistake(symbols);
        return new Reading.Faulty(position.map(p -> "There is a typing mistake in group " + (p / GROUP + 1) + ". Compare it with the letter.")
                .orElse("The license key has several typing mistakes. Compare all groups with the letter."), position);
    }

    /// Reads a key that must be whole; throws [IllegalArgumentException] otherwise, without showing it.
    public static LicenseKey of(String typed) {
        var reading = read(typed);
        if (reading instanceof Reading.Whole whole) {
            return whole.key();
        }
        throw new IllegalArgumentException(((Reading.Faulty) reading).message());
    }

    /// The text with every key in it shown as `***`, so that what somebody pasted may be quoted and kept.
    public static String withoutKeys(String text) {
        return IN_A_LETTER.matcher(text).replaceAll("***");
    }

    private static String normalise(String typed) {
        var kept = new StringBuilder();
        for (char c : typed.toUpperCase(Locale.ROOT).toCharArray()) {
            if (c == 'O' || c == '0') {
                kept.append('Q');
            } else if (c == 'I' || c == '1') {
                kept.append('L');
            } else if (Character.isLetterOrDigit(c)) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    /// The public name under which the issuer finds the license: the first 8 bytes of HMAC-SHA256 under the key, over `charter/locator/1`.
    public Locator locator() {
        return new Locator(Bytes.of(Arrays.copyOf(derive("charter/locator/1"), Locator.LENGTH)));
    }

    /// Proves knowledge of the key for one payload: HMAC-SHA256 over it, under HMAC-SHA256 of `charter/proof/1` under the key.
    /// The payload holds the host's public key, so the proof is of no use to another host.
    public Bytes prove(byte[] payload) {
        return Bytes.of(Hmac.sha256(derive("charter/proof/1"), payload));
    }

    private byte[] derive(String purpose) {
        return Hmac.sha256(characters.getBytes(StandardCharsets.US_ASCII), purpose.getBytes(StandardCharsets.US_ASCII));
    }

    /// The secret itself, with dashes: for the letter to the customer and for nothing else.
    public String revealSecret() {
        var groups = new StringBuilder();
        for (int i = 0; i < LENGTH; i += GROUP) {
            groups.append(i == 0 ? "" : "-").append(characters, i, i + GROUP);
        }
        return groups.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LicenseKey key && key.characters.equals(characters);
    }

    @Override
    public int hashCode() {
        return characters.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
