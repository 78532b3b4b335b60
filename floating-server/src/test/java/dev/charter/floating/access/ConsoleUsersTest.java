package dev.charter.floating.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.charter.floating.testing.SharedStores;
import dev.charter.server.access.KnownUsers.Outcome;
import dev.charter.server.access.Role;
import dev.charter.server.access.User;
import dev.charter.store.Engine;
import java.time.Instant;
import java.util.Collections;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConsoleUsersTest {
    private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");

    private static User user(String name, Role role) {
        return new User(name, role, "hash", NOW);
    }

    @ParameterizedTest
    @EnumSource
    void names_are_unique_whatever_their_case_and_the_last_administrator_stays(Engine engine) {
        var store = SharedStores.emptied(engine);
        var users = new ConsoleUsers(store.transactions());
        assertThat(users.addFirst(user("Anna", Role.ADMINISTRATOR))).isTrue();
        assertThat(users.addFirst(user("berta", Role.ADMINISTRATOR))).isFalse();
        assertThat(users.add(user("ANNA", Role.VIEWER))).isFalse();
        assertThat(users.change(user("anna", Role.VIEWER))).isEqualTo(Outcome.LAST_ADMINISTRATOR);
        assertThat(users.remove("anna")).isEqualTo(Outcome.LAST_ADMINISTRATOR);
        assertThat(users.add(user("berta", Role.ADMINISTRATOR))).isTrue();
        assertThat(users.change(user("anna", Role.VIEWER))).isEqualTo(Outcome.DONE);
        assertThat(users.remove("nobody")).isEqualTo(Outcome.UNKNOWN);
        assertThat(users.all()).containsExactly(user("Anna", Role.VIEWER), user("berta", Role.ADMINISTRATOR));
    }

    @ParameterizedTest
    @EnumSource
    void two_administrators_who_remove_each_other_at_once_leave_one(Engine engine) throws Exception {
        var store = SharedStores.emptied(engine);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var users = new ConsoleUsers(store.transactions());
            for (int i = 0; i < 20; i++) {
                users.add(user("anna", Role.ADMINISTRATOR));
                users.add(user("berta", Role.ADMINISTRATOR));
                threads.invokeAll(java.util.List.<Callable<Outcome>>of(() -> users.remove("anna"), () -> users.remove("berta")));
                assertThat(users.all()).hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void entries_of_the_audit_that_are_written_at_once_follow_from_one_another_without_a_gap(Engine engine) throws Exception {
        var store = SharedStores.emptied(engine);
        try (var threads = Executors.newFixedThreadPool(8)) {
            var audit = new ConsoleAudit(store.transactions(), () -> NOW);
            for (var written : threads.invokeAll(Collections.<Callable<Boolean>>nCopies(50, () -> {
                audit.record("anna", "POST /api/users", "", 201, "x\n{\"number\":1}", "10.0.0.1");
                return true;
            }))) {
                written.get();
            }
            assertThat(audit.page(100, OptionalLong.empty())).hasSize(50).extracting(ConsoleAudit.Entry::number).first().isEqualTo(50L);
            assertThat(audit.page(2, OptionalLong.of(3))).extracting(ConsoleAudit.Entry::number).containsExactly(2L, 1L);
            assertThat(audit.page(100, OptionalLong.empty())).extracting(ConsoleAudit.Entry::hash).doesNotHaveDuplicates();
        }
    }
}
