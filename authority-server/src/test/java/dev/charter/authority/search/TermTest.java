package dev.charter.authority.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermTest {

    @ParameterizedTest
    @CsvSource({"acme,ACME", "MÜLLER,Müller", "straße,STRASSE", "mu\u0308ller,MÜLLER", "Łódź,łódź", "İstanbul,i̇stanbul", "' acme ',acme"})
    void what_reads_the_same_is_the_same(String one, String other) {
        assertThat(Term.fold(one)).isEqualTo(Term.fold(other));
    }

    @Test
    void each_way_of_matching_agrees_with_what_it_says() {
        assertThat(Term.of(Match.EXACT, "acme water").firstIn(List.of("ACME Water"))).isPresent();
        assertThat(Term.of(Match.EXACT, "acme").firstIn(List.of("ACME Water"))).isEmpty();
        assertThat(Term.of(Match.PREFIX, "acme").firstIn(List.of("ACME Water"))).isPresent();
        assertThat(Term.of(Match.PREFIX, "water").firstIn(List.of("ACME Water"))).isEmpty();
        assertThat(Term.of(Match.SUBSTRING, "me wa").firstIn(List.of("ACME Water"))).contains(Term.fold("me water"));
        assertThat(Term.of(Match.SUBSTRING, "wine").firstIn(List.of("ACME Water"))).isEmpty();
    }

    @Test
    void the_first_of_several_places_is_told() {
        assertThat(Term.of(Match.SUBSTRING, "an").firstIn(List.of("banana", "orange"))).contains(Term.fold("ana"));
    }

    @Test
    void characters_beyond_the_first_plane_are_not_cut_in_half() {
        assertThat(Term.suffixes("a😀b")).containsExactly(Term.fold("a😀b"), Term.fold("😀b"), Term.fold("b"));
    }

    @Test
    void nothing_and_far_too_much_are_refused() {
        assertThatThrownBy(() -> Term.of(Match.PREFIX, "  ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Term.of(Match.PREFIX, "x".repeat(301))).isInstanceOf(IllegalArgumentException.class);
    }
}
