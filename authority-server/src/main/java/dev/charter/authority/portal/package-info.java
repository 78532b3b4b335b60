/// The customers' page: answers letters, shows a license's hosts to who knows its key or has a mailed link, and takes in that a host was destroyed. There is no login.
@NullMarked
package dev.charter.authority.portal;

import org.jspecify.annotations.NullMarked;
