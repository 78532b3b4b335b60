package dev.charter.authority.activation;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.authority.access.Scope;
import dev.charter.server.web.Rejected;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Alarms over HTTP.
@RestController
class AlarmResource {
    private static final int MOST_ON_A_PAGE = 200;

    private final Alarms alarms;

    AlarmResource(Alarms alarms) {
        this.alarms = alarms;
    }

    /// @param kind `clone`, `takeover`, `returned`, or `mail` for a mail that failed and that nobody has looked at
    /// @param id of a mail: the mail's
    /// @param activation it, its license and its host are not there for a mail
    record AlarmView(String id, String kind, Optional<String> license, Optional<String> activation, Optional<String> host, Optional<String> hostName, Instant firstAt, Instant lastAt, long times) {
        static AlarmView of(Alarms.Alarm alarm) {
            return new AlarmView(alarm.id(), alarm.about().map(about -> about.kind().name().toLowerCase(Locale.ROOT)).orElse("mail"), alarm.about().map(Alarms.About::license), alarm.about().map(Alarms.About::activation),
                    alarm.about().map(Alarms.About::host), alarm.about().flatMap(Alarms.About::hostName), alarm.firstAt(), alarm.lastAt(), alarm.times());
        }
    }

    /// @param next where the next page begins; without it there is none
    record PageView(List<AlarmView> alarms, Optional<String> next) {}

    @GetMapping("/admin/v1/alarms")
    @Needs(Scope.ALARMS_READ)
    PageView page(Caller caller, @RequestParam(defaultValue = "50") int limit, @RequestParam Optional<String> after) {
        caller.require(Scope.ALARMS_READ);
        if (limit < 1 || limit > MOST_ON_A_PAGE) {
            throw Rejected.malformed("A page has 1 to " + MOST_ON_A_PAGE + " alarms.");
        }
        var found = alarms.page(after.map(AlarmResource::place), limit + 1);
        var shown = found.subList(0, Math.min(limit, found.size()));
        return new PageView(shown.stream().map(AlarmView::of).toList(), found.size() > limit ? Optional.of(text(shown.getLast().place())) : Optional.empty());
    }

    private static String text(Alarms.Place place) {
        return place.firstAt().toEpochMilli() + "." + place.alarm();
    }

    private static Alarms.Place place(String text) {
        if (!text.matches("[0-9]{1,15}\\.(alm|mai)-[0-9a-z]{1,20}")) {
            throw Rejected.malformed("\"after\" is not what a list of alarms gave as its \"next\".");
        }
        int dot = text.indexOf('.');
        return new Alarms.Place(Instant.ofEpochMilli(Long.parseLong(text.substring(0, dot))), text.substring(dot + 1));
    }
}
