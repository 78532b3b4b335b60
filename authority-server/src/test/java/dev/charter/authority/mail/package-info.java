/// The promises of mail that goes out.
@NullMarked
package dev.charter.authority.mail;

import org.jspecify.annotations.NullMarked;
