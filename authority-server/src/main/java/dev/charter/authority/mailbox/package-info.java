/// The mailbox: mails that people send in, the letters in them, and the answers that go back in their threads.
@NullMarked
package dev.charter.authority.mailbox;

import org.jspecify.annotations.NullMarked;
