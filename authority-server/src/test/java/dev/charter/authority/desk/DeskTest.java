package dev.charter.authority.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.activation.Along;
import dev.charter.authority.activation.Outcome;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.authority.testing.TestHost;
import dev.charter.format.Armor;
import dev.charter.format.RefusalCode;
import dev.charter.format.SignedDocument;
import dev.charter.format.UsageLicense;
import dev.charter.server.web.Rejected;
import dev.charter.store.Engine;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A product whose letters are looked at.
@ParameterizedClass
@EnumSource
class DeskTest {
    static final Caller ANNA = new Caller("tok-anna", "Anna", EnumSet.allOf(Scope.class));
    static final Caller BERT = new Caller("tok-bert", "Bert", EnumSet.allOf(Scope.class));

    final TestAuthority authority;
    final TestDesk desk;
    final TestHost plantA = TestHost.named("plant-a");
    final TestHost plantB = TestHost.named("plant-b");
    final TestAuthority.Sold sold;

    DeskTest(Engine engine) {
        authority = TestAuthority.on(engine);
        desk = authority.desk();
        authority.transactions().doInOne(sql -> sql.update("UPDATE product SET letters = 'LOOK'"));
        sold = authority.sells("{\"type\":\"offline\",\"activations\":1}");
    }

    @AfterEach
    void everything_that_happened_can_be_replayed() {
        assertThat(authority.replay().differences()).isEmpty();
        authority.close();
    }

    @Test
    void a_request_waits_and_shows_who_asks_and_what_the_answer_would_be() {
        var letter = waits(plantA.asksToActivate(sold.key()));

        var seen = desk.look.byId(ANNA, letter);

        assertThat(seen.license().orElseThrow().buyer().name()).isEqualTo("ACME Water");
        assertThat(seen.letter().flatMap(Letter::hostName)).contains("plant-a");
        assertThat(seen.expected().orElseThrow().answer()).isEqualTo("usage-license");
        assertThat(seen.expected().orElseThrow().why()).contains("1 of 1");
        assertThat(authority.license(sold.id()).used()).as("a look binds nothing").isZero();
    }

    @Test
    void a_floating_servers_request_is_told_in_seats() {
        var floating = authority.sells("{\"type\":\"floating\",\"seats\":5}");
        desk.decide.approve(ANNA, waits(plantA.wants(4).asksToActivate(floating.key())));
        var wish = waits(plantB.wants(3).asksToActivate(floating.key()));

        var expected = desk.look.byId(ANNA, wish).expected().orElseThrow();
        assertThat(expected.why()).contains("floating server", "1 seat", "wants 3", "5 of 5 seats");
        desk.decide.approve(ANNA, wish);
        var third = desk.look.byId(ANNA, waits(TestHost.named("third").asFloatingServer().asksToActivate(floating.key()))).expected().orElseThrow();
        assertThat(third.code()).contains(RefusalCode.NO_SEAT_FREE);
        assertThat(third.holders()).extracting(holder -> holder.pool().orElseThrow().seats()).containsExactlyInAnyOrder(4, 1);
    }

    @Test
    void an_approved_letter_is_answered_and_whoever_sent_it_is_told() {
        var request = plantA.asksToActivate(sold.key());
        var letter = ((Receipt.Waits) desk.receive().handle(new Brought(Armor.write(request), Channel.MAIL, Optional.of("mail 17")), Along.NOTHING)).letter();

        var usageLicense = usageLicense(desk.decide.approve(ANNA, letter), request);

        assertThat(usageLicense.license().id()).isEqualTo(sold.id());
        assertThat(usageLicense.installBefore()).isPresent();
        assertThat(desk.notices).singleElement().isInstanceOfSatisfying(Notices.LetterAnswered.class, notice -> {
            assertThat(notice.origin()).isEqualTo("mail 17");
            assertThat(usageLicense(notice.document(), request)).isEqualTo(usageLicense);
        });
        assertThat(desk.receives(request)).as("the same letter again").isInstanceOfSatisfying(Receipt.Answered.class,
                answered -> assertThat(usageLicense(answered.document(), request)).isEqualTo(usageLicense));
        assertThat(desk.look.page(ANNA, Optional.of(WaitingLetter.State.WAITING), Optional.empty(), 10)).isEmpty();
    }

    @Test
    void the_same_letter_received_twice_is_one_row() {
        var request = plantA.asksToActivate(sold.key());

        assertThat(waits(request)).isEqualTo(waits(request));
        assertThat(desk.look.page(ANNA, Optional.empty(), Optional.empty(), 10)).hasSize(1);
    }

    @Test
    void approving_twice_has_one_effect_and_gives_the_same_bytes() {
        var letter = waits(plantA.asksToActivate(sold.key()));

        var first = desk.decide.approve(ANNA, letter);

        assertThat(desk.decide.approve(BERT, letter)).isEqualTo(first);
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
        assertRejected(() -> desk.decide.refuse(BERT, letter, "no"), "approved already");
    }

    @Test
    void whoever_decides_at_once_with_others_there_is_one_decision() {
        var request = plantA.asksToActivate(sold.key());
        var letter = waits(request);

        var results = atOnce(IntStream.range(0, 12).<Callable<String>>mapToObj(i -> () -> i % 2 == 0 ? "approved " + desk.decide.approve(ANNA, letter)
                : "refused " + desk.decide.refuse(BERT, letter, "not paid").orElseThrow()).toList());

        var done = results.stream().filter(result -> !result.startsWith("rejected")).distinct().toList();
        assertThat(done).as("those who agree get the same bytes").hasSize(1);
        assertThat(authority.license(sold.id()).used()).isEqualTo(done.getFirst().startsWith("approved") ? 1 : 0);
    }

    @Test
    void an_approval_that_is_cut_off_leaves_nothing_and_can_be_done_again() {
        var request = plantA.asksToActivate(sold.key());
        var letter = ((Receipt.Waits) desk.receive().handle(new Brought(Armor.write(request), Channel.MAIL, Optional.of("mail 17")), Along.NOTHING)).letter();
        desk.carrierFails.set(true);

        assertThatIllegalStateException().isThrownBy(() -> desk.decide.approve(ANNA, letter));
        assertThatIllegalStateException().isThrownBy(() -> desk.decide.refuse(ANNA, letter, "no"));

        assertThat(authority.license(sold.id()).used()).isZero();
        assertThat(desk.look.byId(ANNA, letter).entry().state()).isEqualTo(WaitingLetter.State.WAITING);
        desk.carrierFails.set(false);
        assertThat(usageLicense(desk.decide.approve(ANNA, letter), request).license().id()).isEqualTo(sold.id());
        assertThat(desk.told()).containsExactly("LetterAnswered");
    }

    @Test
    void the_same_letter_many_times_at_once_is_one_row_and_of_two_letters_the_newer_one_waits() {
        var older = plantA.asksToActivate(sold.key());
        var newer = plantA.asksToActivate(sold.key());

        atOnce(IntStream.range(0, 16).<Callable<String>>mapToObj(i -> () -> desk.receives(i % 2 == 0 ? older : newer).toString()).toList());

        assertThat(desk.look.page(ANNA, Optional.of(WaitingLetter.State.WAITING), Optional.empty(), 10)).singleElement()
                .satisfies(seen -> assertThat(seen.letter().orElseThrow().document()).isEqualTo(newer));
        assertThat(desk.look.page(ANNA, Optional.empty(), Optional.empty(), 10)).hasSizeLessThanOrEqualTo(2);
        assertRefused(desk.receives(older), RefusalCode.REQUEST_SUPERSEDED);
    }

    @Test
    void a_refusal_is_signed_and_carries_the_desks_words() {
        var request = plantA.asksToActivate(sold.key());
        var letter = waits(request);

        var refusal = desk.decide.refuse(ANNA, letter, "  Your order is not paid yet.  ").orElseThrow();

        var content = TestAuthority.verifier().refusal(Armor.read(refusal), request.digest()).content();
        assertThat(content.code()).isEqualTo(RefusalCode.DECLINED);
        assertThat(content.message()).isEqualTo("Your order is not paid yet.");
        assertThat(((Receipt.Answered) desk.receives(request)).document()).as("the same letter again").isEqualTo(refusal);
        assertThat(desk.decide.refuse(BERT, letter, "Your order is not paid yet.")).contains(refusal);
        assertRejected(() -> desk.decide.approve(ANNA, letter), "refused already: Your order is not paid yet.");
        assertRejected(() -> desk.decide.refuse(ANNA, letter, "another reason"), "refused already");
        assertRejected(() -> desk.decide.refuse(ANNA, letter, " "), "A reason");
        assertThat(waits(plantA.asksToActivate(sold.key()))).as("a newer one may ask again").isNotEqualTo(letter);
    }

    @Test
    void a_newer_letter_of_the_same_host_supersedes_the_one_that_waits() {
        var older = plantA.asksToActivate(sold.key());
        var letter = waits(older);
        var newer = waits(plantA.asksToActivate(sold.key()));

        assertThat(desk.look.byId(ANNA, letter).entry().state()).isEqualTo(WaitingLetter.State.SUPERSEDED);
        assertRejected(() -> desk.decide.approve(ANNA, letter), "superseded");
        assertRefused(desk.receives(older), RefusalCode.REQUEST_SUPERSEDED);
        desk.decide.approve(ANNA, newer);
        assertThat(authority.license(sold.id()).used()).isEqualTo(1);
    }

    @Test
    void an_older_letter_that_arrives_late_is_refused_whatever_became_of_the_newer_one() {
        var older = plantA.asksToActivate(sold.key());
        var newer = waits(plantA.asksToActivate(sold.key()));
        assertRefused(desk.receives(older), RefusalCode.REQUEST_SUPERSEDED);

        desk.decide.approve(ANNA, newer);

        assertRefused(desk.receives(older), RefusalCode.REQUEST_SUPERSEDED);
    }

    @Test
    void a_letter_whose_host_was_answered_otherwise_meanwhile_says_so() {
        var online = authority.sells("{\"activations\":2}");
        var letter = waits(plantA.asksToActivate(online.key()));
        authority.activate(online.key(), plantA);

        assertThat(desk.look.byId(ANNA, letter).expected().orElseThrow().code()).contains(RefusalCode.REQUEST_SUPERSEDED);
        assertRejected(() -> desk.decide.approve(ANNA, letter), "superseded");
        assertThat(desk.look.byId(ANNA, letter).entry().state()).isEqualTo(WaitingLetter.State.SUPERSEDED);
    }

    @Test
    void where_no_activation_is_left_the_desk_sees_the_hosts_that_hold_them() {
        desk.decide.approve(ANNA, waits(plantA.asksToActivate(sold.key())));
        var letter = waits(plantB.asksToActivate(sold.key()));

        var expected = desk.look.byId(ANNA, letter).expected().orElseThrow();

        assertThat(expected.code()).contains(RefusalCode.ACTIVATIONS_EXHAUSTED);
        assertThat(expected.holders()).singleElement().satisfies(holder -> assertThat(holder.name()).contains("plant-a"));
        assertRejected(() -> desk.decide.approve(ANNA, letter), "goes on waiting");
        authority.patches(sold.id(), "{\"activations\":2}");
        desk.decide.approve(ANNA, letter);
        assertThat(authority.license(sold.id()).used()).isEqualTo(2);
    }

    @Test
    void what_no_look_can_change_is_answered_at_once() {
        var request = plantA.asksToActivate(sold.key());
        var held = usageLicense(desk.decide.approve(ANNA, waits(request)), request);
        var leased = authority.sells("{\"type\":\"leased\",\"seats\":1}");

        assertRefused(desk.receives(plantB.asksToActivate(dev.charter.format.LicenseKey.generate(new java.util.Random(1)))), RefusalCode.KEY_UNKNOWN);
        assertRefused(desk.receives(plantB.asksToActivate(leased.key())), RefusalCode.TYPE_MISMATCH);
        assertThat(desk.receives(plantA.releases(held))).as("a release is proof").isInstanceOfSatisfying(Receipt.Answered.class,
                answered -> assertThat(answered.outcome()).isInstanceOf(Outcome.Granted.class));
        assertThat(authority.license(sold.id()).used()).isZero();
        assertThat(desk.look.page(ANNA, Optional.of(WaitingLetter.State.WAITING), Optional.empty(), 10)).isEmpty();
    }

    @Test
    void what_could_not_be_read_lies_there_once_and_can_be_closed() {
        var brought = new Brought("Dear support,\0 my licence is broken", Channel.MAIL, Optional.of("mail 18"));
        var ids = IntStream.range(0, 2).mapToObj(_ -> authority.transactions().inOne(sql -> desk.keepUnreadable.handle(sql, brought, "joe@acme.example", "There is no Charter document in this text.",
                java.time.Instant.parse("2026-03-01T08:00:00Z")).orElseThrow())).distinct().toList();

        var seen = desk.look.byId(ANNA, ids.getFirst());

        assertThat(ids).hasSize(1);
        assertThat(seen.entry().sender()).contains("joe@acme.example");
        assertThat(seen.expected()).isEmpty();
        assertRejected(() -> desk.decide.approve(ANNA, ids.getFirst()), "could not be read");
        assertThat(desk.decide.refuse(ANNA, ids.getFirst(), "Called them.")).isEmpty();
        assertThat(desk.look.byId(ANNA, ids.getFirst()).entry().state()).isEqualTo(WaitingLetter.State.CLOSED);
    }

    @Test
    void letters_are_listed_page_by_page_the_newest_first() {
        var many = authority.sells("{\"type\":\"offline\",\"activations\":9}");
        var ids = IntStream.range(0, 5).mapToObj(i -> waits(TestHost.named("host " + i).asksToActivate(many.key()))).toList();

        var listed = new ArrayList<String>();
        var after = Optional.<Place>empty();
        do {
            var page = desk.look.page(ANNA, Optional.of(WaitingLetter.State.WAITING), after, 2);
            page.forEach(seen -> listed.add(seen.entry().id()));
            after = page.isEmpty() ? Optional.empty() : Optional.of(Place.read(page.getLast().entry().place().toText()));
        } while (after.isPresent());

        assertThat(listed).containsExactlyInAnyOrderElementsOf(ids).doesNotHaveDuplicates();
    }

    @Test
    void reading_letters_is_not_deciding_about_them() {
        var reader = new Caller("tok-r", "reader", EnumSet.of(Scope.LETTERS_READ, Scope.LOSSES_READ));
        var letter = waits(plantA.asksToActivate(sold.key()));

        assertThat(desk.look.byId(reader, letter).entry().id()).isEqualTo(letter);
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> desk.decide.approve(reader, letter));
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> desk.decide.refuse(reader, letter, "no"));
    }

    private String waits(SignedDocument letter) {
        return ((Receipt.Waits) desk.receives(letter)).letter();
    }

    private static UsageLicense usageLicense(String text, SignedDocument request) {
        return TestAuthority.verifier().answer(Armor.read(text), request).content();
    }

    static void assertRejected(Callable<?> attempt, String message) {
        assertThatExceptionOfType(Rejected.class).isThrownBy(attempt::call).withMessageContaining(message);
    }

    private static void assertRefused(Receipt receipt, RefusalCode code) {
        assertThat(receipt).isInstanceOfSatisfying(Receipt.Answered.class,
                answered -> assertThat(answered.outcome()).isInstanceOfSatisfying(Outcome.Refused.class, no -> assertThat(no.code()).isEqualTo(code)));
    }

    static List<String> atOnce(List<Callable<String>> attempts) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(attempts.stream().<Callable<String>>map(attempt -> () -> {
                try {
                    return attempt.call();
                } catch (Rejected rejected) {
                    return "rejected " + rejected.detail();
                }
            }).toList()).stream().map(future -> future.resultNow()).toList();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
