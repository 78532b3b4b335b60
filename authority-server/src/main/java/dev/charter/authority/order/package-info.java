/// Orders: what was bought on a License page, from the first click to the license and its letter, and what becomes of it when the money goes back.
@NullMarked
package dev.charter.authority.order;

import org.jspecify.annotations.NullMarked;
