package dev.charter.authority.activation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.authority.desk.Brought;
import dev.charter.authority.desk.Channel;
import dev.charter.authority.desk.Receipt;
import dev.charter.authority.license.Holders;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestAuthority.Acknowledged;
import dev.charter.authority.testing.TestAuthority.Licensed;
import dev.charter.authority.testing.TestAuthority.Refused;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.format.SelfHelp;
import dev.charter.store.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What hosts tell of emergency days and reclaimed seats is shown at their licenses, and decides nothing.
@ParameterizedClass
@EnumSource
class SelfHelpTest {
    private static final Instant BEGUN = Instant.parse("2026-02-27T09:30:00Z");
    final TestAuthority authority;
    final TestHost server = TestHost.named("floating").asFloatingServer();

    SelfHelpTest(Engine engine) {
        authority = TestAuthority.on(engine);
    }

    @AfterEach
    void everything_that_happened_can_be_replayed() {
        assertThat(authority.replay().differences()).isEmpty();
        authority.close();
    }

    private static SelfHelp done(int days, int inPeriod, int reclaimed) {
        return new SelfHelp(days, Optional.of(BEGUN).filter(_ -> days > 0), Optional.of(new SelfHelp.Reclaims(inPeriod, reclaimed)));
    }

    private Optional<Holders.SelfHelp> shown(String license) {
        return new SqlHolders(authority.transactions()).of(license, 1).getFirst().selfHelp();
    }

    private List<String> log(String license) {
        return authority.transactions().reading(sql -> sql.query("SELECT event FROM audit_entry WHERE license = ? ORDER BY number", row -> row.text("event"), license));
    }

    @Test
    void what_a_floating_server_tells_is_kept_and_noted_where_it_is_news() {
        var sold = authority.sells("{\"type\":\"floating\",\"seats\":5}");
        authority.activate(sold.key(), server);
        authority.refresh(sold.id(), server.tells(done(0, 0, 0)));
        assertThat(shown(sold.id())).as("nothing was done").isEmpty();
        assertThat(log(sold.id())).hasSize(3);

        authority.refresh(sold.id(), server.tells(done(2, 1, 3)));

        assertThat(shown(sold.id())).contains(new Holders.SelfHelp(2, 2, Optional.of(BEGUN), Optional.of(new Holders.Reclaims(1, 3, 3))));
        assertThat(log(sold.id())).hasSize(5);
        assertThat(log(sold.id()).getLast()).contains("\"event\":\"self-help-told\"", "\"emergencyDays\":2", "\"total\":3");
        authority.activate(sold.key(), server);
        assertThat(log(sold.id())).as("the same figures once more").hasSize(6);
        assertThat(log(sold.id()).getLast()).contains("\"event\":\"reactivated\"");
    }

    @Test
    void a_server_that_tells_less_than_before_shows_as_one_that_did() {
        var sold = authority.sells("{\"type\":\"floating\",\"seats\":5}");
        authority.activate(sold.key(), server.tells(done(5, 2, 4)));
        assertThat(log(sold.id())).hasSize(3);

        authority.refresh(sold.id(), server.tells(done(1, 1, 1)));

        assertThat(shown(sold.id())).contains(new Holders.SelfHelp(1, 5, Optional.of(BEGUN), Optional.of(new Holders.Reclaims(1, 1, 4))));
        assertThat(log(sold.id()).getLast()).contains("\"mostEmergencyDays\":5", "\"mostReclaims\":4");
    }

    @Test
    void a_product_tells_of_its_own_days_and_gets_what_it_asks_for_whatever_it_tells() {
        var sold = authority.sells("{\"emergencyDays\":1}");
        var product = TestHost.named("plant-a").tells(new SelfHelp(SelfHelp.MOST, Optional.empty(), Optional.empty()));

        assertThat(authority.activate(sold.key(), product)).isInstanceOf(Licensed.class);
        assertThat(authority.refresh(sold.id(), product)).isInstanceOf(Licensed.class);

        assertThat(shown(sold.id())).contains(new Holders.SelfHelp(SelfHelp.MOST, SelfHelp.MOST, Optional.empty(), Optional.empty()));
        assertThat(authority.activate(sold.key(), TestHost.named("plant-b").tells(done(1, 0, 0)))).isInstanceOf(Refused.class);
        assertThat(log(sold.id())).as("who is refused tells nothing").hasSize(4);
    }

    @Test
    void what_was_done_since_the_last_request_is_kept_with_the_release() {
        var sold = authority.sells("{\"type\":\"floating\",\"seats\":5}");
        var held = ((Licensed) authority.activate(sold.key(), server.tells(done(1, 0, 1)))).content();
        var release = server.tells(done(3, 2, 2)).releases(held, Duration.ofHours(1));

        assertThat(authority.release(release)).isInstanceOf(Acknowledged.class);

        assertThat(shown(sold.id())).as("beside the host that is gone").contains(new Holders.SelfHelp(3, 3, Optional.of(BEGUN), Optional.of(new Holders.Reclaims(2, 2, 2))));
        assertThat(log(sold.id()).getLast()).contains("\"event\":\"self-help-told\"", "\"emergencyDays\":3", release.digest().toString());
        int entries = log(sold.id()).size();
        assertThat(authority.release(release)).as("sent once more").isInstanceOf(Acknowledged.class);
        assertThat(log(sold.id())).hasSize(entries);
    }

    @Test
    void a_release_that_tells_nothing_new_or_nothing_at_all_is_noted_as_a_release_only() {
        var sold = authority.sells("{\"type\":\"floating\",\"seats\":5}");
        for (var tells : List.of(done(2, 1, 1), done(0, 0, 0))) {
            var held = ((Licensed) authority.activate(sold.key(), server.tells(tells))).content();
            int entries = log(sold.id()).size();
            assertThat(authority.release(server.releases(held, Duration.ZERO))).isInstanceOf(Acknowledged.class);
            assertThat(log(sold.id())).hasSize(entries + 1);
            assertThat(log(sold.id()).getLast()).contains("\"event\":\"released\"");
        }
    }

    @Test
    void a_host_tells_with_its_release_by_letter_what_it_likes_and_its_place_is_free() {
        var sold = authority.sells("{\"emergencyDays\":1}");
        var product = TestHost.named("plant-a");
        var held = ((Licensed) authority.activate(sold.key(), product)).content();

        var letter = Armor.write(product.tells(new SelfHelp(SelfHelp.MOST, Optional.empty(), Optional.empty())).releases(held));
        assertThat(authority.desk().receive().handle(Brought.by(Channel.MAIL, letter), Along.NOTHING))
                .isInstanceOfSatisfying(Receipt.Answered.class, answered -> assertThat(answered.outcome()).isInstanceOf(Outcome.Granted.class));

        assertThat(shown(sold.id())).contains(new Holders.SelfHelp(SelfHelp.MOST, SelfHelp.MOST, Optional.empty(), Optional.empty()));
        assertThat(authority.activate(sold.key(), TestHost.named("plant-b"))).isInstanceOf(Licensed.class);
    }
}
