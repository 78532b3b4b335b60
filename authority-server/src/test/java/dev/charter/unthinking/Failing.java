package dev.charter.unthinking;

import dev.charter.authority.access.Open;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// A resource with a mistake in it.
@RestController
public class Failing {
    @GetMapping("/failing")
    @Open
    String fail() {
        throw new IllegalStateException("what went wrong inside");
    }
}
