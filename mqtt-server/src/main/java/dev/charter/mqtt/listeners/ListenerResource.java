package dev.charter.mqtt.listeners;

import dev.charter.server.access.Audited;
import dev.charter.server.web.Rejected;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Listeners and their certificates over HTTP. A private key goes in and never comes out.
@RestController
@RequestMapping("/api")
final class ListenerResource {

    /// @param kind `tcp`, `tls`, `ws` or `wss`
    /// @param listensOn the port that it really has; absent when it is not open
    /// @param fromSettings whether the server's settings give it, so that it cannot be changed here
    record ListenerView(String name, String kind, String address, int port, boolean enabled, Optional<String> certificate, Optional<Integer> listensOn, boolean fromSettings) {}

    /// @param restartNeeded whether something was changed that holds from the next start on
    record ListenerList(List<ListenerView> items, boolean restartNeeded) {}

    record ListenerChange(String name, String kind, String address, int port, boolean enabled, Optional<String> certificate) {}

    record ListenerChanges(List<ListenerChange> items) {}

    /// @param usedBy names of listeners
    record CertificateView(String name, String subject, String issuer, List<String> names, Instant from, Instant until, String fingerprint, List<String> usedBy, boolean fromSettings) {}

    record CertificateList(List<CertificateView> items) {}

    /// @param certificate PEM: the certificate, then those above it
    /// @param privateKey PEM: PKCS#8, not encrypted
    record NewCertificate(String name, String certificate, String privateKey) {
        @Override
        public String toString() {
            return "NewCertificate " + name;
        }
    }

    /// @param certificate PEM: the certificate, then those above it
    /// @param privateKey PEM: PKCS#8, not encrypted
    record RenewedCertificate(String certificate, String privateKey) {
        @Override
        public String toString() {
            return "RenewedCertificate";
        }
    }

    private final Listeners listeners;
    private final Certificates certificates;
    private final ListensOn listensOn;

    ListenerResource(Listeners listeners, Certificates certificates, ListensOn listensOn) {
        this.listeners = listeners;
        this.certificates = certificates;
        this.listensOn = listensOn;
    }

    @GetMapping("/listeners")
    ListenerList listeners() {
        var fixed = listeners.ofSettings();
        return new ListenerList(listeners.all().stream().map(one -> new ListenerView(one.name(), one.kind().text(), one.address(), one.port(), one.enabled(), one.certificate(),
                boxed(listensOn.port(one.name())), fixed.contains(one))).toList(), listeners.restartNeeded());
    }

    private static Optional<Integer> boxed(OptionalInt number) {
        return number.isPresent() ? Optional.of(number.getAsInt()) : Optional.empty();
    }

    /// From the next start on.
    @PutMapping(path = "/listeners", consumes = MediaType.APPLICATION_JSON_VALUE)
    ListenerList change(@RequestBody ListenerChanges asked, HttpServletRequest request) {
        Audited.detail(request, asked.items().stream().map(one -> one.name() + " " + one.kind() + " " + one.address() + " " + one.port() + (one.enabled() ? "" : " off")).collect(Collectors.joining("; ")));
        try {
            listeners.keep(asked.items().stream().map(one -> new ConfiguredListener(one.name(),
                    ListenerKind.named(one.kind()).orElseThrow(() -> new IllegalArgumentException("A listener is of the kind tcp, tls, ws or wss, not " + one.kind() + ".")),
                    one.address(), one.port(), one.enabled(), one.certificate())).toList());
        } catch (IllegalArgumentException refused) {
            throw Rejected.malformed(String.valueOf(refused.getMessage()));
        }
        return listeners();
    }

    @GetMapping("/certificates")
    CertificateList certificates() {
        return new CertificateList(certificates.all().stream().map(this::view).toList());
    }

    private CertificateView view(Certificate one) {
        var users = listeners.all().stream().filter(listener -> listener.certificate().filter(one.name()::equals).isPresent()).map(ConfiguredListener::name).toList();
        return new CertificateView(one.name(), one.subject(), one.issuer(), one.names(), one.from(), one.until(), one.fingerprint(), users, one.fromSettings());
    }

    @PostMapping(path = "/certificates", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    CertificateView add(@RequestBody NewCertificate asked, HttpServletRequest request) {
        Audited.detail(request, asked.name());
        if (certificates.named(asked.name()).isPresent()) {
            throw Rejected.conflict("There is a certificate " + asked.name() + " already.");
        }
        return kept(asked.name(), asked.certificate(), asked.privateKey());
    }

    /// A listener that uses it takes the new one at the next start.
    @PutMapping(path = "/certificates/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    CertificateView renew(@PathVariable String name, @RequestBody RenewedCertificate asked) {
        if (certificates.named(name).isEmpty()) {
            throw unknown(name);
        }
        return kept(name, asked.certificate(), asked.privateKey());
    }

    private CertificateView kept(String name, String chain, String key) {
        try {
            return view(certificates.keep(name, chain, key));
        } catch (IllegalArgumentException refused) {
            throw Rejected.malformed(String.valueOf(refused.getMessage()));
        }
    }

    /// A listener that uses it is not opened at the next start.
    @DeleteMapping("/certificates/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String name) {
        if (!certificates.delete(name)) {
            throw certificates.named(name).isPresent() ? Rejected.conflict("That certificate comes from the server's settings. Change it there.") : unknown(name);
        }
    }

    private static Rejected unknown(String name) {
        return Rejected.unknown("There is no certificate " + name + ".");
    }
}
