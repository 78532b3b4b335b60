package dev.charter.floating.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import java.security.GeneralSecurityException;
import org.junit.jupiter.api.Test;

class RehearsalTest {

    @Test
    void what_is_rehearsed_is_a_whole_renewal_and_its_signed_lease_beside_the_pools_license() throws GeneralSecurityException {
        var rehearsal = new Rehearsal();
        var request = SignedDocument.read(rehearsal.request(1));
        var answer = SignedDocument.read(rehearsal.answer(request.toBytes()));
        var lease = UsageLicense.read(answer.payload());
        assertThat(lease.request()).isEqualTo(request.digest());
        assertThat(lease.host().name()).contains("host-1");
        assertThat(lease.lease()).isPresent();
        assertThat(answer.pool()).isPresent();
        assertThat(answer.signatures()).singleElement().satisfies(signature -> assertThat(signature.value().length()).isEqualTo(64));
    }
}
