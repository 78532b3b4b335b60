/// `charter up`: a demo vendor with its keys, its authority, and two licenses, in one folder.
@NullMarked
package dev.charter.cli.demo;

import org.jspecify.annotations.NullMarked;
