package dev.charter.mqtt.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.mqtt.access.MqttUsers.Wanted;
import dev.charter.mqtt.access.Rule.Action;
import dev.charter.server.passwords.Argon2id;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MqttUsersTest {
    static final String PASSWORD = "a long password";

    @TempDir
    Path folder;
    MqttUsers users;
    final List<String> changed = new ArrayList<>();

    @BeforeEach
    void open() {
        users = MqttUsers.open(folder, new SecureRandom());
        users.onChange(changed::add);
    }

    @AfterEach
    void close() {
        users.close();
    }

    @Test
    void users_are_there_again_after_a_restart() {
        var made = users.put(new Wanted("pump", true, Optional.of(PASSWORD), List.of(Rule.allow(Action.PUBLISH, "plant/%c/#"), Rule.deny(Action.SUBSCRIBE, "#"))));

        try (var again = MqttUsers.open(folder, new SecureRandom())) {
            assertThat(again.all()).containsExactly(made);
        }
    }

    @Test
    void putting_what_is_there_already_cuts_nobody() {
        var wanted = new Wanted("pump", true, Optional.of(PASSWORD), List.of());
        users.put(wanted);
        users.put(wanted);
        users.put(new Wanted("pump", true, Optional.empty(), List.of()));

        assertThat(changed).containsExactly("pump");
    }

    @Test
    void changing_and_removing_a_user_is_told() {
        users.put(new Wanted("pump", true, Optional.of(PASSWORD), List.of()));
        users.put(new Wanted("pump", false, Optional.empty(), List.of()));
        assertThat(users.remove("pump")).isTrue();
        assertThat(users.remove("pump")).isFalse();

        assertThat(changed).containsExactly("pump", "pump", "pump");
    }

    @Test
    void a_new_user_needs_a_password_worth_the_name() {
        assertThatThrownBy(() -> users.put(new Wanted("pump", true, Optional.empty(), List.of()))).hasMessageContaining("needs a password");
        assertThatThrownBy(() -> users.put(new Wanted("pump", true, Optional.of("short"), List.of()))).hasMessageContaining("8 to 200");
        assertThatThrownBy(() -> users.put(new Wanted("pump-number-1", true, Optional.of("pump-number-1"), List.of()))).hasMessageContaining("cannot be the password");
        assertThatThrownBy(() -> users.put(new Wanted("a/b", true, Optional.of(PASSWORD), List.of()))).hasMessageContaining("without + # /");
        assertThat(users.all()).isEmpty();
    }

    @Test
    void a_file_of_users_is_applied_and_its_mistakes_are_named_without_its_passwords() throws IOException {
        var file = folder.resolve("given.json");
        Files.writeString(file, "[{\"name\": \"pump\", \"password\": \"" + PASSWORD + "\", \"rules\": [{\"action\": \"both\", \"allow\": true, \"filter\": \"plant/%u/#\"}]}]");
        users.apply(file);
        users.apply(file);
        assertThat(users.byName("pump").orElseThrow().rules()).containsExactly(Rule.allow(Action.BOTH, "plant/%u/#"));
        assertThat(changed).containsExactly("pump");

        for (var mistake : List.of("[{\"name\": \"pump\", \"pasword\": \"" + PASSWORD + "\"}]", "{\"name\": \"pump\", \"password\": \"" + PASSWORD, "[{\"name\": \"x\", \"password\": \"" + PASSWORD
                + "\", \"rules\": [{\"action\": \"read\", \"filter\": \"a\"}]}]", "[{\"password\": \"" + PASSWORD + "\"}]")) {
            Files.writeString(file, mistake);
            assertThatThrownBy(() -> users.apply(file)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("has a mistake").hasMessageNotContaining(PASSWORD);
        }
    }

    @Test
    void a_password_is_kept_as_argon2id_and_printed_nowhere() throws IOException {
        var wanted = new Wanted("pump", true, Optional.of(PASSWORD), List.of());
        var user = users.put(wanted);

        assertThat(user.passwordHash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(Files.readString(folder.resolve(MqttUsers.FILE))).doesNotContain(PASSWORD);
        assertThat(user + " " + wanted).doesNotContain(PASSWORD).doesNotContain("argon2id");
    }

    @Test
    void a_hash_can_be_given_in_place_of_a_password_unless_nobody_could_compute_it() {
        var hash = users.put(new Wanted("pump", true, Optional.of(PASSWORD), List.of())).passwordHash();
        var given = users.put(new Wanted("fan", true, Optional.of(hash), List.of()));

        assertThat(users.matches(given, PASSWORD).join()).isTrue();
        for (var wrong : List.of(hash.replace("m=19456", "m=7"), hash.replace("t=2", "t=0"), hash.replace("m=19456", "m=9999999"), hash.replace("p=1", "p=0"))) {
            assertThat(Argon2id.isHash(wrong)).as(wrong).isFalse();
        }
    }

    @Test
    void what_proved_right_is_remembered_until_the_user_changes() {
        var user = users.put(new Wanted("pump", true, Optional.of(PASSWORD), List.of()));
        assertThat(users.matches(user, PASSWORD).join()).isTrue();
        assertThat(users.matches(user, PASSWORD)).isCompletedWithValue(true);
        assertThat(users.matches(user, "another password").join()).isFalse();

        var changedUser = users.put(new Wanted("pump", true, Optional.of("a new password"), List.of()));

        assertThat(users.matches(changedUser, PASSWORD).join()).isFalse();
        assertThat(users.matches(changedUser, "a new password").join()).isTrue();
    }

    @Test
    void a_thousand_clients_of_a_thousand_users_that_come_back_cost_no_computation() {
        var hash = users.put(new Wanted("pump", true, Optional.of(PASSWORD), List.of())).passwordHash();
        var fleet = IntStream.range(0, 1_000).mapToObj(i -> new MqttUser("u" + i, true, hash, List.of())).toList();
        users.matches(fleet.getFirst(), PASSWORD).join();

        assertThat(fleet).allSatisfy(user -> assertThat(users.matches(user, PASSWORD)).isCompletedWithValue(true));
        assertThat(users.passwords().remembered()).isEqualTo(1);
    }

    @Test
    void who_guesses_without_end_is_turned_away_and_fills_no_memory() {
        var hash = users.put(new Wanted("pump", true, Optional.of(PASSWORD), List.of())).passwordHash();
        var guesses = IntStream.range(0, 5_000).mapToObj(i -> users.passwords().matches(("guess " + i).getBytes(StandardCharsets.UTF_8), hash)).toList();

        var turnedAway = guesses.stream().filter(guess -> guess.isCompletedExceptionally()).toList();
        assertThat(turnedAway).hasSizeGreaterThan(2_000).allSatisfy(guess -> assertThatThrownBy(guess::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(RejectedExecutionException.class));
        assertThat(users.passwords().remembered()).isZero();
    }
}
