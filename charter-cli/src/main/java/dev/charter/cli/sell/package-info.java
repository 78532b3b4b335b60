/// Selling on License pages, from the command line: the items of the catalog and the orders.
@NullMarked
package dev.charter.cli.sell;

import org.jspecify.annotations.NullMarked;
