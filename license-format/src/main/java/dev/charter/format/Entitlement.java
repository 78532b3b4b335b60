package dev.charter.format;

import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import dev.charter.format.json.MalformedJson;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// One thing that a license grants.
public sealed interface Entitlement {

    /// When it ends by itself; exclusive. Without one it lasts as long as the license.
    Optional<Instant> ends();

    /// A yes: the product may do this.
    record Feature(String name, Optional<Instant> ends) implements Entitlement {
        public Feature {
            Name.require(name, "the feature");
            ends = WholeSeconds.of(ends);
        }
    }

    /// Something that is counted; with a limit, the count may not pass it.
    record Meter(String name, OptionalLong limit, Optional<Instant> ends) implements Entitlement {
        public Meter {
            Name.require(name, "the meter");
            limit.ifPresent(most -> Require.number(most, 0, "a meter's limit"));
            ends = WholeSeconds.of(ends);
        }
    }

    /// Updates and help until a date.
    record Support(Instant until) implements Entitlement {
        public Support {
            until = WholeSeconds.of(until);
        }

        @Override
        public Optional<Instant> ends() {
            return Optional.of(until);
        }
    }

    default JsonObject toJson() {
        var json = new JsonWriter();
        if (this instanceof Feature feature) {
            json.put("feature", feature.name());
        } else if (this instanceof Meter meter) {
            json.put("meter", meter.name()).putNumber("limit", meter.limit());
        } else {
            json.put("support", true);
        }
        return json.putInstant("until", ends()).object();
    }

    static Entitlement fromJson(JsonObject json) {
        if (Stream.of("feature", "meter", "support").filter(json::has).count() != 1) {
            throw new MalformedJson("an entitlement is either a feature, or a meter, or support");
        }
        if (json.has("feature")) {
            return new Feature(json.text("feature"), json.optionalInstant("until"));
        }
        if (json.has("meter")) {
            return new Meter(json.text("meter"), json.optionalNumber("limit"), json.optionalInstant("until"));
        }
        if (!json.truth("support")) {
            throw new MalformedJson("\"support\" must be true where it stands");
        }
        return new Support(json.instant("until"));
    }
}
