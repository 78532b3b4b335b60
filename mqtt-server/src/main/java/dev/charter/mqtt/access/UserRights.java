package dev.charter.mqtt.access;

import dev.charter.mqtt.access.Rule.Action;
import dev.charter.mqtt.broker.Rights;
import java.util.Optional;

/// The rules of one user, compiled for one of the user's clients.
final class UserRights implements Rights {
    private static final String SHARED = "$share/";

    private final MqttUsers users;
    private final MqttUser user;
    private final FilterTree publishing = new FilterTree();
    private final FilterTree subscribing = new FilterTree();

    UserRights(MqttUsers users, MqttUser user, String clientId) {
        this.users = users;
        this.user = user;
        for (var rule : user.rules()) {
            var filter = rule.filterFor(clientId, user.name());
            if (rule.action().covers(Action.PUBLISH)) {
                publishing.add(filter, rule.allow());
            }
            if (rule.action().covers(Action.SUBSCRIBE)) {
                subscribing.add(filter, rule.allow());
            }
        }
    }

    @Override
    public Optional<String> username() {
        return Optional.of(user.name());
    }

    @Override
    public boolean stillHold() {
        return users.byName(user.name()).filter(user::equals).isPresent();
    }

    /// What begins with `$` is the server's own.
    @Override
    public boolean mayPublish(String topic) {
        return !topic.startsWith("$") && publishing.allows(topic);
    }

    /// What is delivered is looked at again, so that a filter may be wider than the rules. Not so a shared one: what one client of the group may not have would be lost to all of them.
    @Override
    public boolean maySubscribe(String filter) {
        if (!filter.startsWith(SHARED)) {
            return subscribing.allowsSomeOf(filter);
        }
        var group = filter.indexOf('/', SHARED.length());
        return group > SHARED.length() && group + 1 < filter.length() && subscribing.allowsAllOf(filter.substring(group + 1));
    }

    @Override
    public boolean mayReceive(String topic) {
        return subscribing.allows(topic);
    }
}
