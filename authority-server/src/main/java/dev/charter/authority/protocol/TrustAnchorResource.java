package dev.charter.authority.protocol;

import dev.charter.authority.access.Open;
import dev.charter.authority.signing.Signatures;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Shows the vendor's trust anchor, for first contact on the same machine.
@RestController
class TrustAnchorResource {
    private final Signatures signatures;

    TrustAnchorResource(Signatures signatures) {
        this.signatures = signatures;
    }

    @GetMapping("/v1/trust-anchor")
    @Open
    ResponseEntity<byte[]> trustAnchor() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(signatures.anchor().toBytes());
    }
}
