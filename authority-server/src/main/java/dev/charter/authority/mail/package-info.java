/// Mail that goes out: what is told to people is written with what it tells, and carried afterwards, at least once and always as the same mail.
@NullMarked
package dev.charter.authority.mail;

import org.jspecify.annotations.NullMarked;
