package dev.charter.client;

import java.util.Locale;
import java.util.Set;

/// Values that many machines have in common: what makers leave in a field that they were to fill in, and what systems say when they cannot tell.
/// A mark with such a value tells no machine from another, so it does not count.
final class SharedValues {
    private static final Set<String> PLACEHOLDERS = Set.of("tobefilledbyoem", "tobefilledbyo.e.m.", "defaultstring", "default", "none", "null", "nil", "notspecified", "notapplicable",
            "notavailable", "notpresent", "notset", "na", "unknown", "undefined", "empty", "invalid", "oem", "oemserial", "oemuuid", "systemserialnumber", "serialnumber", "baseboardserialnumber",
            "boardserialnumber", "mbserialnumber", "chassisserialnumber", "systemproductname", "systemuuid", "noasset", "noassettag", "assettag", "123456789", "1234567890", "0123456789",
            "12345678", "123456789abcdef", "0123456789abcdef", "1234567890abcdef", "quanta", "standard", "generic", "genericserial", "virtual", "testserial", "uninitialized");
    /// UUIDs that boards were shipped with in numbers, without dashes.
    private static final Set<String> KNOWN_UUIDS = Set.of("03000200040005000006000700080009", "00020003000400050006000700080009",
            "12345678123456781234567812345678", "123456781234567890abcddeefaabbcc", "fefefefefefefefefefefefefefefefe");
    private static final int SHORTEST = 3;

    private SharedValues() {}

    static boolean contains(String value) {
        var bare = value.toLowerCase(Locale.ROOT).replaceAll("[\\s:_\\-{}()/]", "");
        var letters = bare.replace(".", "");
        return letters.length() < SHORTEST || PLACEHOLDERS.contains(bare) || PLACEHOLDERS.contains(letters) || KNOWN_UUIDS.contains(letters) || isOneCharacter(letters);
    }

    /// All zeros, all F, a row of x: nobody's number.
    private static boolean isOneCharacter(String letters) {
        return letters.chars().allMatch(c -> c == letters.charAt(0));
    }
}
