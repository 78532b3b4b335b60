/// Licenses bound to hosts: answering usage requests and releases, each seat decided by the database.
@NullMarked
package dev.charter.authority.activation;

import org.jspecify.annotations.NullMarked;
