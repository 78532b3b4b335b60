package dev.charter.mqtt.access;

import dev.charter.server.access.Audited;
import dev.charter.server.access.ConfigurationLock;
import dev.charter.server.passwords.Argon2id;
import dev.charter.server.web.Rejected;
import dev.charter.server.web.Slice;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// MQTT users over HTTP. A password goes in and never comes out.
@RestController
@RequestMapping("/api/mqtt-users")
final class MqttUserResource {

    /// @param action `publish`, `subscribe` or `both`
    /// @param filter a topic filter, with `%c` for the client ID and `%u` for the user name
    record MqttRule(String action, boolean allow, String filter) {
        static MqttRule of(Rule rule) {
            return new MqttRule(rule.action().name().toLowerCase(Locale.ROOT), rule.allow(), rule.filter());
        }

        Rule rule() {
            var known = Arrays.stream(Rule.Action.values()).filter(one -> one.name().toLowerCase(Locale.ROOT).equals(action)).findAny()
                    .orElseThrow(() -> new IllegalArgumentException("A rule is about publish, subscribe or both, not \"" + action + "\"."));
            return new Rule(known, allow, filter);
        }
    }

    record MqttUserView(String name, boolean enabled, List<MqttRule> rules) {
        static MqttUserView of(MqttUser user) {
            return new MqttUserView(user.name(), user.enabled(), user.rules().stream().map(MqttRule::of).toList());
        }
    }

    /// @param next to be given as `after` for those that follow
    record MqttUserPage(List<MqttUserView> items, Optional<String> next, int total) {}

    record NewMqttUser(String name, boolean enabled, String password, List<MqttRule> rules) {
        @Override
        public String toString() {
            return "NewMqttUser " + name;
        }
    }

    /// @param password absent to keep the present one
    record MqttUserChange(boolean enabled, Optional<String> password, List<MqttRule> rules) {
        @Override
        public String toString() {
            return "MqttUserChange";
        }
    }

    private final MqttUsers users;
    private final ConfigurationLock lock;

    MqttUserResource(MqttUsers users, ConfigurationLock lock) {
        this.users = users;
        this.lock = lock;
    }

    @GetMapping
    MqttUserPage page(@RequestParam Optional<String> search, @RequestParam Optional<Integer> limit, @RequestParam Optional<String> after) {
        var text = search.orElse("").toLowerCase(Locale.ROOT);
        var slice = Slice.of(users.all().stream().filter(user -> user.name().toLowerCase(Locale.ROOT).contains(text)).toList(), limit, after);
        return new MqttUserPage(slice.items().stream().map(MqttUserView::of).toList(), slice.next(), slice.total());
    }

    @GetMapping("/{name}")
    MqttUserView show(@PathVariable String name) {
        return MqttUserView.of(known(name));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    MqttUserView add(@RequestBody NewMqttUser asked, HttpServletRequest request) {
        Audited.detail(request, asked.name());
        if (users.byName(asked.name()).isPresent()) {
            throw Rejected.conflict("There is an MQTT user " + asked.name() + " already.");
        }
        return put(asked.name(), asked.enabled(), Optional.of(asked.password()), asked.rules());
    }

    /// While the license locks the configuration, a user can be disabled, and get another password: both only ever take rights away.
    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    MqttUserView change(@PathVariable String name, @RequestBody MqttUserChange asked, HttpServletRequest request) {
        Audited.detail(request, (asked.enabled() ? "enabled" : "disabled") + ", " + asked.rules().size() + " rules" + (asked.password().isPresent() ? ", new password" : ""));
        var before = known(name);
        var now = MqttUserView.of(before);
        if (asked.enabled() && !(before.enabled() && asked.rules().equals(now.rules()))) {
            lock.requireOpen();
        }
        return put(name, asked.enabled(), asked.password(), asked.rules());
    }

    private MqttUserView put(String name, boolean enabled, Optional<String> password, List<MqttRule> rules) {
        try {
            // A hash is for files; over HTTP it would be a password that nobody chose.
            password.filter(Argon2id::isHash).ifPresent(_ -> {
                throw new IllegalArgumentException("Give the password itself, not its hash.");
            });
            return MqttUserView.of(users.put(new MqttUsers.Wanted(name, enabled, password, rules.stream().map(MqttRule::rule).toList())));
        } catch (IllegalArgumentException refused) {
            throw Rejected.malformed(String.valueOf(refused.getMessage()));
        }
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String name) {
        if (!users.remove(name)) {
            throw unknown(name);
        }
    }

    private MqttUser known(String name) {
        return users.byName(name).orElseThrow(() -> unknown(name));
    }

    private static Rejected unknown(String name) {
        return Rejected.unknown("There is no MQTT user " + name + ".");
    }
}
