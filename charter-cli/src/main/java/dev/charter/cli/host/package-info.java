/// `charter host`: one host's license, from activation to deactivation, without a browser.
@NullMarked
package dev.charter.cli.host;

import org.jspecify.annotations.NullMarked;
