/// Who may do what: API tokens, scopes, and the limit on failed attempts. The only package that knows Spring Security.
@NullMarked
package dev.charter.authority.access;

import org.jspecify.annotations.NullMarked;
