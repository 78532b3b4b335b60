package dev.charter.authority.portal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.RunningAuthority;
import dev.charter.store.Engine;
import java.net.URI;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The customers' page as a browser gets it.
class PageResourceTest {
    private static final Pattern NAMED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");

    final RunningAuthority authority = RunningAuthority.on(Engine.SQLITE);

    @Test
    void the_page_comes_with_everything_that_it_names_and_names_nothing_from_elsewhere() {
        var page = authority.anonymous().get("/portal/");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.header("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'", "script-src 'self'", "connect-src 'self'"));
        var names = NAMED.matcher(page.text()).results().map((MatchResult found) -> found.group(1)).toList();
        assertThat(names).hasSizeGreaterThanOrEqualTo(3).allSatisfy(name -> {
            assertThat(URI.create(name).isAbsolute()).as(name).isFalse();
            assertThat(authority.anonymous().get(URI.create("/portal/").resolve(name).getPath()).status()).as(name).isEqualTo(200);
        });
    }

    @Test
    void what_carries_a_digest_in_its_name_is_kept_for_a_year_and_the_page_itself_is_asked_for_again() {
        var page = authority.anonymous().get("/portal/");
        var script = NAMED.matcher(page.text()).results().map((MatchResult found) -> found.group(1)).filter(name -> name.endsWith(".js")).findFirst().orElseThrow();

        assertThat(page.header("Cache-Control")).hasValueSatisfying(cache -> assertThat(cache).contains("no-cache"));
        assertThat(authority.anonymous().get(URI.create("/portal/").resolve(script).getPath()).header("Cache-Control")).hasValueSatisfying(cache -> assertThat(cache).contains("max-age=31536000", "immutable"));
    }

    @Test
    void nothing_beside_the_page_can_be_asked_for() {
        for (var path : new String[] {"/portal/nothing.js", "/portal/assets/nothing.js", "/portal/..%2Flicense-page%2Flicense-page.js", "/portal/assets/..%2Findex.html"}) {
            assertThat(authority.anonymous().get(path).status()).as(path).isBetween(400, 404);
        }
    }
}
