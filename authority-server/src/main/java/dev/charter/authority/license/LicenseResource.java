package dev.charter.authority.license;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.authority.access.Scope;
import dev.charter.authority.license.LicenseView.KeyView;
import dev.charter.authority.license.LicenseView.PageView;
import dev.charter.authority.search.Match;
import dev.charter.authority.search.Term;
import dev.charter.server.web.Rejected;
import dev.charter.format.json.JsonReader;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Licenses over HTTP.
@RestController
@RequestMapping("/admin/v1/licenses")
class LicenseResource {
    private static final int MOST_ON_A_PAGE = 200;
    private static final int MOST_HOSTS = 500;

    private final IssueLicense issue;
    private final ChangeLicense change;
    private final FindLicenses find;
    private final Holders holders;

    LicenseResource(IssueLicense issue, ChangeLicense change, FindLicenses find, Holders holders) {
        this.issue = issue;
        this.change = change;
        this.find = find;
        this.holders = holders;
    }

    /// Why a license is suspended or revoked; its hosts are told.
    record Because(String reason) {}

    @PostMapping
    @Needs(Scope.LICENSES_WRITE)
    ResponseEntity<LicenseView> issue(Caller caller, @RequestBody NewLicense wanted) {
        var issued = issue.handle(caller, wanted.order());
        return ResponseEntity.created(URI.create("/admin/v1/licenses/" + issued.license().id())).eTag(tag(issued.license())).body(LicenseView.of(issued));
    }

    @GetMapping
    @Needs(Scope.LICENSES_READ)
    PageView page(Caller caller, @RequestParam Optional<String> query, @RequestParam(defaultValue = "substring") String match, @RequestParam(defaultValue = "50") int limit,
            @RequestParam Optional<String> after) {
        if (limit < 1 || limit > MOST_ON_A_PAGE) {
            throw Rejected.malformed("A page has 1 to " + MOST_ON_A_PAGE + " licenses.");
        }
        var how = Match.named(match).orElseThrow(() -> Rejected.malformed("\"match\" is exact, prefix or substring."));
        var term = query.filter(text -> !text.isEmpty()).map(text -> Granted.wellFormed(() -> Term.of(how, text)));
        var page = find.page(caller, term, after.map(text -> Granted.wellFormed(() -> Place.read(text))), limit);
        return new PageView(page.licenses().stream().map(LicenseView::of).toList(), page.next().map(Place::toText));
    }

    @GetMapping("/{id}")
    @Needs(Scope.LICENSES_READ)
    ResponseEntity<LicenseView> show(Caller caller, @PathVariable String id) {
        var license = find.byId(caller, id);
        var hosts = caller.scopes().contains(Scope.ACTIVATIONS_READ) ? Optional.of(holders.of(id, MOST_HOSTS)) : Optional.<java.util.List<Holders.Holder>>empty();
        return ResponseEntity.ok().eTag(tag(license)).body(LicenseView.of(license, Optional.empty(), hosts));
    }

    @GetMapping("/{id}/key")
    @Needs(Scope.KEYS_REVEAL)
    ResponseEntity<KeyView> key(Caller caller, @PathVariable String id) {
        return ResponseEntity.ok().header(HttpHeaders.CACHE_CONTROL, "no-store").body(new KeyView(id, find.revealKey(caller, id).revealSecret()));
    }

    @PatchMapping(path = "/{id}", consumes = {"application/merge-patch+json", "application/json"})
    @Needs(Scope.LICENSES_WRITE)
    ResponseEntity<LicenseView> patch(Caller caller, @PathVariable String id, @RequestBody JsonNode patch, @RequestHeader(HttpHeaders.IF_MATCH) Optional<String> ifMatch) {
        var changes = Granted.wellFormed(() -> JsonReader.object(patch.toString()));
        return answer(change.patch(caller, id, changes, ifMatch.map(LicenseResource::revision).orElse(OptionalLong.empty())));
    }

    @PostMapping("/{id}/suspend")
    @Needs(Scope.LICENSES_WRITE)
    ResponseEntity<LicenseView> suspend(Caller caller, @PathVariable String id, @RequestBody Because because) {
        return answer(change.suspend(caller, id, because.reason()));
    }

    @PostMapping("/{id}/reinstate")
    @Needs(Scope.LICENSES_WRITE)
    ResponseEntity<LicenseView> reinstate(Caller caller, @PathVariable String id) {
        return answer(change.reinstate(caller, id));
    }

    @PostMapping("/{id}/revoke")
    @Needs(Scope.LICENSES_WRITE)
    ResponseEntity<LicenseView> revoke(Caller caller, @PathVariable String id, @RequestBody Because because) {
        return answer(change.revoke(caller, id, because.reason()));
    }

    private static ResponseEntity<LicenseView> answer(License license) {
        return ResponseEntity.ok().eTag(tag(license)).body(LicenseView.of(license));
    }

    /// The revision as an entity tag (RFC 9110, section 8.8.3).
    private static String tag(License license) {
        return "\"" + license.revision() + "\"";
    }

    private static OptionalLong revision(String ifMatch) {
        var text = ifMatch.strip();
        if (text.equals("*")) {
            return OptionalLong.empty();
        }
        if (!text.matches("\"?[0-9]{1,18}\"?")) {
            throw Rejected.malformed("If-Match holds a revision, such as \"3\".");
        }
        return OptionalLong.of(Long.parseLong(text.replace("\"", "")));
    }
}
