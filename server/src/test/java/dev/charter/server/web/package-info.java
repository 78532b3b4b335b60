@NullMarked
package dev.charter.server.web;

import org.jspecify.annotations.NullMarked;
