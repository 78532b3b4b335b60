package dev.charter.authority.customer;

import java.time.Instant;

/// Who licenses are sold to.
///
/// @param id such as `cus-...`
/// @param email where letters to the customer go
record Customer(String id, String name, String email, Instant createdAt) {

    /// What people say about a customer. It is personal data.
    record Particulars(String name, String email) {
        static final int LONGEST_NAME = 200;
        /// RFC 5321, section 4.5.3.1.3, without its angle brackets.
        static final int LONGEST_EMAIL = 254;

        Particulars {
            name = name.strip();
            email = email.strip();
            if (name.isEmpty() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("a customer's name has 1 to " + LONGEST_NAME + " characters, on one line");
            }
            int at = email.lastIndexOf('@');
            if (at < 1 || at == email.length() - 1 || email.length() > LONGEST_EMAIL || email.chars().anyMatch(c -> Character.isISOControl(c) || Character.isWhitespace(c))) {
                throw new IllegalArgumentException("an e-mail address has the form name@domain and at most " + LONGEST_EMAIL + " characters");
            }
        }
    }

    Particulars particulars() {
        return new Particulars(name, email);
    }
}
