package dev.charter.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void no_cell_is_a_formula_and_none_breaks_out() {
        assertThat(Csv.line(List.of("=1+1", "+49", "-1", "@x", "\tx", "a\"b", "a,b", "", "plain"))).isEqualTo("\"'=1+1\",\"'+49\",\"'-1\",\"'@x\",\"'\tx\",\"a\"\"b\",\"a,b\",\"\",\"plain\"\r\n");
    }
}
