package dev.charter.unthinking;

import dev.charter.authority.access.Open;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// What somebody might write who forgets to think. It lies outside of the authority's packages, so that only the test that asks for it gets it.
@RestController
public class Forgetful {
    @GetMapping("/admin/v1/forgotten")
    String declaresNothing() {
        return "secret";
    }

    @GetMapping("/forgotten")
    String declaresNothingElsewhere() {
        return "secret";
    }

    @GetMapping("/admin/v1/wrongly-open")
    @Open
    String isOpenWhereNothingMayBe() {
        return "secret";
    }
}
