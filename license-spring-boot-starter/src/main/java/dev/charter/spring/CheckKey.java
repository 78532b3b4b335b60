package dev.charter.spring;

import dev.charter.format.LicenseKey;
import dev.charter.spring.Exchanged.KeyCheck;
import dev.charter.spring.Exchanged.Position;
import dev.charter.spring.Exchanged.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Reads a license key while it is typed, or finds it in a letter that was pasted, and says where a mistake is. Nothing of it is kept or logged.
final class CheckKey {
    private static final int GROUP = 5;
    /// What people read for letters and digits that no key has.
    private static final String LOOK_ALIKES = "O0I1";
    private static final Pattern DASHED = Pattern.compile("(?<![A-Za-z0-9])[A-Za-z0-9]{1,6}(?:\\s*[-\\u2010-\\u2015\\u2212]\\s*[A-Za-z0-9]{1,6}){2,5}(?![A-Za-z0-9])");

    private CheckKey() {}

    static KeyCheck of(String typed) {
        var reading = LicenseKey.read(typed);
        if (reading instanceof LicenseKey.Reading.Whole whole) {
            return new KeyCheck(Verdict.COMPLETE, groups(whole.key().revealSecret()), List.of(), "This is a complete license key.");
        }
        return faulty(typed, (LicenseKey.Reading.Faulty) reading);
    }

    private static KeyCheck faulty(String typed, LicenseKey.Reading.Faulty faulty) {
        var characters = characters(typed);
        if (characters.length() == LicenseKey.LENGTH) {
            return new KeyCheck(Verdict.MISTYPED, groups(characters), faulty.position().map(at -> List.of(position(at))).orElse(List.of()), faulty.message());
        }
        var wrong = wrong(characters);
        if (!wrong.isEmpty()) {
            return new KeyCheck(Verdict.MISTYPED, groups(characters), wrong, "The character " + characters.charAt(wrong.get(0).group() * GROUP + wrong.get(0).position()) + " in group "
                    + (wrong.get(0).group() + 1) + " is in no license key.");
        }
        return characters.length() < LicenseKey.LENGTH ? new KeyCheck(Verdict.INCOMPLETE, groups(characters), List.of(), faulty.message())
                : new KeyCheck(Verdict.MISTYPED, groups(characters), List.of(), faulty.message());
    }

    /// The letters and digits; of a longer text those of what looks like a key.
    private static String characters(String typed) {
        var dashed = DASHED.matcher(typed);
        var all = normalised(typed);
        return all.length() > LicenseKey.LENGTH && dashed.find() ? normalised(dashed.group()) : all.substring(0, Math.min(all.length(), 2 * LicenseKey.LENGTH));
    }

    private static String normalised(String typed) {
        var kept = new StringBuilder();
        for (char c : typed.toUpperCase(Locale.ROOT).toCharArray()) {
            if (LOOK_ALIKES.indexOf(c) >= 0) {
                kept.append(c == 'O' || c == '0' ? 'Q' : 'L');
            } else if (Character.isLetterOrDigit(c)) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private static List<Position> wrong(String characters) {
        var wrong = new ArrayList<Position>();
        for (int i = 0; i < Math.min(characters.length(), LicenseKey.LENGTH); i++) {
            if (LicenseKey.ALPHABET.indexOf(characters.charAt(i)) < 0) {
                wrong.add(position(i));
            }
        }
        return wrong;
    }

    private static Position position(int at) {
        return new Position(at / GROUP, at % GROUP);
    }

    private static List<String> groups(String characters) {
        var bare = characters.replace("-", "");
        var groups = new ArrayList<String>();
        for (int i = 0; i < bare.length(); i += GROUP) {
            groups.add(bare.substring(i, Math.min(i + GROUP, bare.length())));
        }
        return groups;
    }
}
