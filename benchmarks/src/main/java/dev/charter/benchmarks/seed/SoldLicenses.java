package dev.charter.benchmarks.seed;

import dev.charter.benchmarks.Vendor;
import dev.charter.format.LicenseKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/// The licenses of a vendor, the same ones for the same number each time: each with an ID and a reference of its own, ten to a customer.
///
/// @param count how many
/// @param withKeys of how many, spread evenly over all of them, the key is known and a host can be activated
public record SoldLicenses(int count, int withKeys) {
    public static final int TO_ONE_CUSTOMER = 10;
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"; // as the authority's own IDs
    private static final int RANDOM_CHARACTERS = 12;

    public SoldLicenses {
        if (withKeys > count) {
            throw new IllegalArgumentException("more keys than licenses");
        }
    }

    /// A license whose key is known.
    public record WithKey(int number, String id, LicenseKey key) {}

    public int customers() {
        return Math.ceilDiv(count, TO_ONE_CUSTOMER);
    }

    public String customer(int customer) {
        return "cus-" + characters(customer, 3);
    }

    public String customerName(int customer) {
        return "Waterworks " + words(customer);
    }

    public String customerEmail(int customer) {
        return "it" + customer + "@waterworks.example";
    }

    public String id(int license) {
        return "lic-" + characters(license, 1);
    }

    /// Such as `PO-000815`.
    public String reference(int license) {
        return String.format(Locale.ROOT, "PO-%06d", license);
    }

    public LicenseKey key(int license) {
        return LicenseKey.generate(new SplittableRandom(mixed(license, 2)));
    }

    public boolean hasKey(int license) {
        return withKeys > 0 && license % (count / withKeys) == 0 && license / (count / withKeys) < withKeys;
    }

    /// Those whose keys are known.
    public List<WithKey> keys() {
        var keys = new ArrayList<WithKey>();
        for (int i = 0; i < withKeys; i++) {
            int number = i * (count / withKeys);
            keys.add(new WithKey(number, id(number), key(number)));
        }
        return keys;
    }

    /// What was agreed on, as the authority keeps it.
    public String terms(int license) {
        var terms = new StringBuilder("{\"from\":\"2026-01-01T00:00:00Z\",\"graceDays\":14,\"emergencyDays\":7,\"overdraftSeats\":0,\"allowance\":{\"count\":2,\"days\":365},\"activations\":1,\"entitlements\":[");
        Vendor.FEATURES.forEach(feature -> terms.append("{\"feature\":\"").append(feature).append("\"},"));
        return terms.append("{\"meter\":\"").append(Vendor.METER).append("\",\"limit\":1000000},{\"support\":true,\"until\":\"2030-01-01T00:00:00Z\"}],\"reference\":\"")
                .append(reference(license)).append("\"}").toString();
    }

    private static String characters(int number, int kind) {
        var random = new SplittableRandom(mixed(number, kind));
        var characters = new StringBuilder();
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            characters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return characters.toString();
    }

    private static String words(int number) {
        var random = new SplittableRandom(mixed(number, 4));
        var word = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    private static long mixed(int number, int kind) {
        return number * 8L + kind;
    }
}
