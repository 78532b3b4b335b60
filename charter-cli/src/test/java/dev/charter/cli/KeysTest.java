package dev.charter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    static final String SECRET = "correct horse battery staple";

    @TempDir
    Path folder;
    Path keys;
    Path passphrase;

    @BeforeEach
    void passphraseInAFile() throws IOException {
        keys = folder.resolve("keys");
        passphrase = Files.writeString(folder.resolve("passphrase"), SECRET + "\n");
    }

    World.Result run(String... arguments) {
        return new World(folder).run(arguments);
    }

    @Test
    void a_ceremony_goes_from_the_first_keys_over_a_rotation_to_a_revocation() {
        var made = run("keys", "init", "--dir", keys.toString(), "--vendor", "acme", "--passphrase-file", passphrase.toString(), "--json");
        assertThat(made.exitCode()).isZero();
        assertThat(made.json().path("required")).extracting(algorithm -> algorithm.asString()).containsExactly("Ed25519", "ML-DSA-65");
        var first = made.json().path("issuingKeys").path(0).path("key").asString();

        var inUse = run("keys", "revoke", first, "--dir", keys.toString(), "--passphrase-file", passphrase.toString());
        assertThat(inUse.exitCode()).isEqualTo(3);
        assertThat(inUse.err()).contains("(IN_USE)");

        var rotated = run("keys", "rotate", "--dir", keys.toString(), "--until", "2031-01-01", "--passphrase-file", passphrase.toString(), "--json").json();
        assertThat(rotated.path("issuingKeys")).hasSize(2);
        assertThat(rotated.path("issuingKeys").path(1).path("until").asString()).isEqualTo("2031-01-01T00:00:00Z");

        assertThat(run("keys", "revoke", first, "--dir", keys.toString(), "--passphrase-file", passphrase.toString()).exitCode()).isZero();
        var shown = run("keys", "show", "--dir", keys.toString());
        assertThat(shown.out()).contains(first + ", revoked");
        assertThat(shown.out() + shown.err()).doesNotContain(SECRET);
    }

    @Test
    void keys_that_are_there_are_not_overwritten_and_a_wrong_passphrase_opens_nothing() throws IOException {
        run("keys", "init", "--classical", "--dir", keys.toString(), "--vendor", "acme", "--passphrase-file", passphrase.toString());
        var wrong = Files.writeString(folder.resolve("wrong"), "another horse, another staple");

        assertThat(run("keys", "init", "--dir", keys.toString(), "--vendor", "acme", "--passphrase-file", passphrase.toString())).satisfies(again -> {
            assertThat(again.exitCode()).isEqualTo(3);
            assertThat(again.err()).contains("(THERE_ALREADY)");
        });
        assertThat(run("keys", "rotate", "--dir", keys.toString(), "--passphrase-file", wrong.toString()).exitCode()).isEqualTo(8);
        assertThat(run("keys", "show", "--dir", keys.toString()).out()).contains("Ed25519").doesNotContain("ML-DSA-65");
    }

    @Test
    void a_person_types_each_passphrase_twice_and_two_that_differ_make_no_keys() {
        var differing = new World(folder).typing(SECRET, SECRET + "!").run("keys", "init", "--dir", keys.toString(), "--vendor", "acme");

        assertThat(differing.exitCode()).isEqualTo(2);
        assertThat(keys).doesNotExist();
        var other = "another horse, another staple";
        assertThat(new World(folder).typing(SECRET, SECRET, other, other).run("keys", "init", "--classical", "--dir", keys.toString(), "--vendor", "acme").exitCode()).isZero();
    }

    @Test
    void without_a_passphrase_and_without_a_person_it_says_where_to_put_one() {
        var result = run("keys", "init", "--dir", keys.toString(), "--vendor", "acme");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--passphrase-file FILE");
    }

    @Test
    void a_folder_without_keys_is_not_found_and_a_key_id_that_is_none_is_not_understood() {
        assertThat(run("keys", "show", "--dir", keys.toString()).exitCode()).isEqualTo(7);
        assertThat(run("keys", "revoke", "nonsense", "--dir", keys.toString(), "--passphrase-file", passphrase.toString()).exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-q2-7wAAAAAAAAAAAAAAAA", "-h2-7wAAAAAAAAAAAAAAAA", "--2-7wAAAAAAAAAAAAAAAA"})
    void a_key_id_that_begins_with_a_dash_is_taken_for_one(String key) {
        run("keys", "init", "--classical", "--dir", keys.toString(), "--vendor", "acme", "--passphrase-file", passphrase.toString());
        var result = run("keys", "revoke", key, "--dir", keys.toString(), "--passphrase-file", passphrase.toString());

        assertThat(result.exitCode()).as(result.err()).isEqualTo(7);
        assertThat(result.err()).contains(key);
    }

    @Test
    void a_date_that_is_none_is_told_before_anybody_types_a_passphrase() {
        var result = run("keys", "rotate", "--dir", keys.toString(), "--until", "tomorrow");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("\"tomorrow\" is no date", "2027-03-31");
    }
}
