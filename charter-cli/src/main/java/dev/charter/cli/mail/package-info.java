/// `charter mail`: the mails of an authority, what became of them, and how they look.
@NullMarked
package dev.charter.cli.mail;

import org.jspecify.annotations.NullMarked;
