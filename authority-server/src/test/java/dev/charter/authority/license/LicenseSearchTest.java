package dev.charter.authority.license;

import static dev.charter.authority.testing.TestAuthority.VENDOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.charter.authority.search.Match;
import dev.charter.authority.search.Term;
import dev.charter.authority.testing.TestAuthority;
import dev.charter.store.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class LicenseSearchTest {
    final TestAuthority authority;

    LicenseSearchTest(Engine engine) {
        authority = TestAuthority.on(engine);
    }

    @AfterEach
    void close() {
        authority.close();
    }

    @Test
    void a_license_is_found_by_its_id_its_customers_name_and_address_and_its_reference() {
        var wanted = authority.sells(authority.customer("Stadtwerke Müller", "einkauf@stadtwerke.example"), "{\"reference\":\"PO 4711\"}").id();
        authority.sells("{\"reference\":\"PO 4712\"}");

        for (var exact : List.of(wanted, "stadtwerke MÜLLER", "Einkauf@Stadtwerke.example", "po 4711")) {
            assertThat(find(Match.EXACT, exact)).as(exact).containsExactly(wanted);
            assertThat(find(Match.PREFIX, exact)).as(exact).containsExactly(wanted);
            assertThat(find(Match.SUBSTRING, exact)).as(exact).containsExactly(wanted);
        }
        for (var beginning : List.of(wanted.substring(0, 12), "stadt", "einkauf@")) {
            assertThat(find(Match.PREFIX, beginning)).as(beginning).containsExactly(wanted);
            assertThat(find(Match.EXACT, beginning)).as(beginning).isEmpty();
        }
        for (var part : List.of(wanted.substring(8), "werke m", "@stadtwerke.", "4711", "O 4711", "ÜLLER")) {
            assertThat(find(Match.SUBSTRING, part)).as(part).containsExactly(wanted);
            assertThat(find(Match.PREFIX, part)).as(part).isEmpty();
        }
        assertThat(find(Match.SUBSTRING, "4713")).isEmpty();
    }

    @Test
    void signs_that_mean_something_to_databases_mean_nothing_here() {
        var percent = authority.sells("{\"reference\":\"100 % off_now\"}").id();
        var plain = authority.sells("{\"reference\":\"100 x offxnow\"}").id();
        var odd = authority.sells("{\"reference\":\"a'b\\\\\\\\c\\\"d; DROP TABLE license; --\"}").id();

        assertThat(find(Match.SUBSTRING, "0 % o")).containsExactly(percent);
        assertThat(find(Match.SUBSTRING, "off_now")).containsExactly(percent);
        assertThat(find(Match.SUBSTRING, "%")).containsExactly(percent);
        assertThat(find(Match.SUBSTRING, "_")).containsExactly(percent);
        assertThat(find(Match.PREFIX, "100")).containsExactlyInAnyOrder(percent, plain);
        assertThat(find(Match.SUBSTRING, "'b\\")).containsExactly(odd);
        assertThat(find(Match.SUBSTRING, "\"d; drop table")).containsExactly(odd);
    }

    @Test
    void a_name_of_two_hundred_characters_of_any_script_is_found_by_each_end_of_it() {
        var name = "Gießerei 😀 Łódź " + "株式会社".repeat(45) + "Ende";
        var id = authority.sells(authority.customer(name.substring(0, 200), "it@long.example"), "{}").id();

        assertThat(name.substring(0, 200)).hasSize(200);
        assertThat(find(Match.EXACT, name.substring(0, 200))).containsExactly(id);
        assertThat(find(Match.SUBSTRING, "GIESSEREI 😀")).containsExactly(id);
        assertThat(find(Match.SUBSTRING, "😀 łódź 株式")).containsExactly(id);
        assertThat(find(Match.SUBSTRING, name.substring(150, 200))).containsExactly(id);
    }

    @Test
    void a_license_that_a_term_finds_in_many_ways_is_listed_once() {
        var customer = authority.customer("Anna and Hannah", "anna@banana.example");
        var ids = IntStream.range(0, 130).mapToObj(i -> authority.sells(customer, "{\"reference\":\"banana " + i + " ananas\"}").id()).toList();

        assertThat(find(Match.SUBSTRING, "an")).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
        assertThat(find(Match.SUBSTRING, "banana")).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void pages_of_any_size_together_are_the_whole_list_in_one_order() {
        var all = new ArrayList<String>();
        for (int i = 0; i < 9; i++) {
            var customer = authority.customer("Works " + i, "works" + i + "@example.com");
            for (int j = 0; j <= i; j++) {
                all.add(authority.sells(customer, "{\"reference\":\"workshop " + j + "\"}").id());
            }
        }

        var whole = find(Match.SUBSTRING, "works", 200);

        assertThat(whole).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(all);
        for (int size : List.of(1, 2, 3, 7, 45)) {
            assertThat(find(Match.SUBSTRING, "works", size)).as("pages of " + size).isEqualTo(whole);
        }
        assertThat(find(Optional.empty(), 4)).isEqualTo(find(Optional.empty(), 200)).doesNotHaveDuplicates().hasSize(45);
    }

    @Test
    void a_full_page_with_nothing_behind_it_is_the_last() {
        IntStream.range(0, 5).forEach(_ -> authority.sells("{\"reference\":\"five\"}"));

        assertThat(page(Optional.of(Term.of(Match.EXACT, "five")), Optional.empty(), 5).next()).isEmpty();
        assertThat(page(Optional.empty(), Optional.empty(), 5).next()).isEmpty();
        assertThat(page(Optional.empty(), Optional.empty(), 4).next()).isPresent();
    }

    @Test
    void the_newest_licenses_come_first() {
        var ids = new ArrayList<String>();
        for (int i = 1; i <= 5; i++) {
            authority.itIsNow("2026-03-0" + i + "T09:00:00Z");
            ids.addFirst(authority.sells("{}").id());
        }

        assertThat(find(Optional.empty(), 2)).isEqualTo(ids);
    }

    @Test
    void a_change_of_the_reference_is_found_at_once_and_the_old_one_no_more() {
        var id = authority.sells("{\"reference\":\"before\"}").id();

        authority.patches(id, "{\"reference\":\"after\"}");
        assertThat(find(Match.EXACT, "after")).containsExactly(id);
        assertThat(find(Match.SUBSTRING, "efor")).isEmpty();

        authority.patches(id, "{\"reference\":null}");
        assertThat(find(Match.SUBSTRING, "after")).isEmpty();
        assertThat(find(Match.EXACT, id)).containsExactly(id);
    }

    @Test
    void a_page_looks_at_a_bounded_number_of_finds_and_says_where_to_go_on() {
        var customer = authority.customer("Zebra", "zebra@example.com");
        for (int i = 0; i < 550; i++) {
            authority.sells(customer, "{\"reference\":\"zebra " + i + "\"}");
        }
        var term = Optional.of(Term.of(Match.SUBSTRING, "zebra"));
        var seen = new ArrayList<String>();
        var after = Optional.<Place>empty();
        int pages = 0;
        do {
            var page = page(term, after, 200);
            seen.addAll(page.licenses().stream().map(License::id).toList());
            after = page.next();
            pages++;
        } while (after.isPresent());

        assertThat(seen).doesNotHaveDuplicates().hasSize(550);
        assertThat(pages).as("the finds by reference were all listed before, and are passed over a bounded number at a time").isBetween(4, 6);
    }

    @Test
    void a_place_that_no_list_gave_is_refused() {
        for (var text : List.of("", "x", "e30x", "%%%", "eyJwYXJ0IjoiIn0")) {
            assertThatThrownBy(() -> Place.read(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
        var forged = new Place(Optional.of(new dev.charter.authority.search.Hit(dev.charter.format.Bytes.of(new byte[] {1}), "lic-none")), Optional.of(new Place.Key(authority.now(), "lic-none")));
        assertThat(page(Optional.of(Term.of(Match.SUBSTRING, "acme")), Optional.of(Place.read(forged.toText())), 5).licenses()).isEmpty();
    }

    private List<String> find(Match match, String text) {
        return find(match, text, 50);
    }

    private List<String> find(Match match, String text, int size) {
        return find(Optional.of(Term.of(match, text)), size);
    }

    private List<String> find(Optional<Term> term, int size) {
        var found = new ArrayList<String>();
        var after = Optional.<Place>empty();
        do {
            var page = page(term, after, size);
            assertThat(page.licenses()).hasSizeLessThanOrEqualTo(size);
            found.addAll(page.licenses().stream().map(License::id).toList());
            after = page.next().map(next -> Place.read(next.toText()));
        } while (after.isPresent());
        return found;
    }

    private Licenses.Page page(Optional<Term> term, Optional<Place> after, int size) {
        return authority.licenses().find().page(VENDOR, term, after, size);
    }
}
