@NullMarked
package dev.charter.authority.web;

import org.jspecify.annotations.NullMarked;
