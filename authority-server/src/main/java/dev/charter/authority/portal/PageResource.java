package dev.charter.authority.portal;

import dev.charter.authority.access.Open;
import dev.charter.server.web.Rejected;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Serves the customers' page from the program's jars, nothing from the internet. Files under `assets/` carry a digest of their content in their names and are kept by browsers for
/// a year. The page runs its own scripts only, asks its own server only and tells nobody where it was: a link's secret stands behind the `#` of its address.
@RestController
class PageResource {
    private static final String FILES = "META-INF/charter/portal/";
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z_-][0-9A-Za-z._-]{0,99}");
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
            + "frame-ancestors 'none'";

    @GetMapping("/portal")
    @Open
    ResponseEntity<Void> withoutSlash() {
        return ResponseEntity.status(HttpStatus.PERMANENT_REDIRECT).location(URI.create("/portal/")).build();
    }

    @GetMapping("/portal/")
    @Open
    ResponseEntity<Resource> start() {
        return file("index.html", CacheControl.noCache());
    }

    @GetMapping("/portal/{file}")
    @Open
    ResponseEntity<Resource> beside(@PathVariable String file) {
        return file(named(file), CacheControl.noCache());
    }

    @GetMapping("/portal/assets/{file}")
    @Open
    ResponseEntity<Resource> asset(@PathVariable String file) {
        return file("assets/" + named(file), CacheControl.maxAge(YEAR).cachePublic().immutable());
    }

    private static ResponseEntity<Resource> file(String name, CacheControl cache) {
        var file = new ClassPathResource(FILES + name);
        if (!file.exists()) {
            throw nothing();
        }
        return ResponseEntity.ok().cacheControl(cache).contentType(MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM))
                .header("Content-Security-Policy", POLICY).header("Cross-Origin-Opener-Policy", "same-origin").header("X-Content-Type-Options", "nosniff").body(file);
    }

    private static String named(String file) {
        if (!NAME.matcher(file).matches()) {
            throw nothing();
        }
        return file;
    }

    private static Rejected nothing() {
        return Rejected.unknown("There is nothing at this address.");
    }
}
