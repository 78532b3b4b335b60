package dev.charter.benchmarks.broker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// MQTT users as the MQTT server reads them from a file.
final class Users {
    private static final int RULES = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Users() {}

    /// The user of all measurements, with 20 rules, and the others.
    static String text(List<String> others) {
        var users = JSON.createArrayNode();
        users.add(user(BrokerProcess.USER));
        others.forEach(name -> users.add(user(name)));
        return users.toString();
    }

    private static ObjectNode user(String name) {
        var user = JSON.createObjectNode().put("name", name).put("enabled", true).put("password", BrokerProcess.PASSWORD);
        var rules = user.putArray("rules");
        for (int i = 0; i < RULES - 2; i++) {
            rules.addObject().put("action", i % 2 == 0 ? "publish" : "subscribe").put("allow", true).put("filter", "plant/hall-" + i + "/+/%u/#");
        }
        rules.addObject().put("action", "publish").put("allow", true).put("filter", "bench/+/value");
        rules.addObject().put("action", "subscribe").put("allow", true).put("filter", "bench/#");
        return user;
    }
}
