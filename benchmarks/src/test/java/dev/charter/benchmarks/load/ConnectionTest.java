package dev.charter.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    static Connection.Answer read(String wire) throws IOException {
        return Connection.read(new ByteArrayInputStream(wire.getBytes(StandardCharsets.US_ASCII)));
    }

    @Test void an_answer_of_a_told_length_is_read_to_its_end_and_no_further() throws IOException {
        var wire = new ByteArrayInputStream("HTTP/1.1 200 \r\ncontent-length: 2\r\n\r\nokHTTP/1.1 409 \r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

        assertThat(Connection.read(wire).text()).isEqualTo("ok");
        assertThat(Connection.read(wire).status()).isEqualTo(409);
    }

    @Test void an_answer_in_chunks_is_put_together() throws IOException {
        assertThat(read("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n").text()).isEqualTo("abc0123456789");
    }

    @Test void the_last_answer_on_a_connection_is_known() throws IOException {
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").last()).isTrue();
        assertThat(read("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n").last()).isFalse();
    }

    @Test void an_answer_that_is_cut_off_is_no_answer() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc")).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read("")).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read("SSH-2.0-x\r\n")).isInstanceOf(IOException.class);
    }
}
