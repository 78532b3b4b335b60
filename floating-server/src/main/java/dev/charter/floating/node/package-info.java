/// Several nodes on one PostgreSQL: one host, whose files lie in the database, and one node at a time that keeps its license.
@NullMarked
package dev.charter.floating.node;

import org.jspecify.annotations.NullMarked;
