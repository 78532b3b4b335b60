package dev.charter.authority.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IsMachineTest {
    final IsMachine isMachine = new IsMachine(List.of("Licensing@ACME.example"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Auto-Submitted           | auto-replied
            Auto-Submitted           | auto-generated (by a cron job)
            auto-submitted           | Auto-Notified; owner-email="x@y"
            Precedence               | bulk
            Precedence               | Junk
            Precedence               | list
            List-Id                  | ACME users <users.acme.example>
            Return-Path              | <>
            Return-Path              | <MAILER-DAEMON@plant.example>
            X-Auto-Response-Suppress | DR, OOF, AutoReply
            X-Auto-Response-Suppress | All
            X-Autoreply              | yes
            Content-Type             | multipart/report; report-type=delivery-status; boundary=x
            From                     | No Reply <noreply@plant.example>
            From                     | no-reply+4711@plant.example
            From                     | do_not_reply@plant.example
            From                     | postmaster@plant.example
            From                     | ACME Licensing <licensing@acme.example>
            Reply-To                 | licensing@acme.example
            Sender                   | bounces-17@lists.example
            Subject                  | Automatic reply: Usage request
            Subject                  | Automatische Antwort: Anfrage
            Subject                  | Out of office Re: Usage request
            Subject                  | Undeliverable: Usage request
            Subject                  | =?utf-8?q?R=C3=A9ponse_automatique?=
            """)
    void what_a_machine_sends_is_seen(String name, String value) {
        assertThat(isMachine.sign(ReceivedMail.read(Mails.with(Map.of(name, value), "I am away")))).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Auto-Submitted           | no
            Auto-Submitted           | No (a person)
            Precedence               | first-class
            Return-Path              | <anna@plant.example>
            X-Auto-Response-Suppress | DR, RN
            Subject                  | Re: license for the automatic line
            From                     | Rooter <noreplying.anna@plant.example>
            From                     | postmasters@plant.example
            """)
    void what_people_send_is_not_taken_for_a_machine_s(String name, String value) {
        assertThat(isMachine.sign(ReceivedMail.read(Mails.with(Map.of(name, value), "Hello")))).isEmpty();
    }

    @Test
    void a_mail_that_did_not_arrive_is_told_from_other_machines() {
        assertThat(isMachine.isBounce(ReceivedMail.read(Mails.with(Map.of("Return-Path", "<>"), "")))).isTrue();
        assertThat(isMachine.isBounce(ReceivedMail.read(Mails.with(Map.of("Auto-Submitted", "auto-replied"), "")))).isFalse();
    }
}
