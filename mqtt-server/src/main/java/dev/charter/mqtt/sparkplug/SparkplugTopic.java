package dev.charter.mqtt.sparkplug;

import java.util.Optional;

/// A topic of Sparkplug's namespace (Sparkplug 3.0, section 4): `spBv1.0/GROUP/TYPE/NODE` or `spBv1.0/GROUP/TYPE/NODE/DEVICE`.
record SparkplugTopic(String group, Type type, String node, Optional<String> device) {
    static final String NAMESPACE = "spBv1.0/";
    private static final String CERTIFICATES = "$sparkplug/certificates/";

    enum Type {
        NBIRTH, NDATA, NDEATH, NCMD, DBIRTH, DDATA, DDEATH, DCMD;

        boolean isOfDevice() {
            return this == DBIRTH || this == DDATA || this == DDEATH || this == DCMD;
        }
    }

    /// Empty where the topic is none of these, a host's state among them.
    static Optional<SparkplugTopic> read(String topic) {
        if (!topic.startsWith(NAMESPACE)) {
            return Optional.empty();
        }
        var levels = topic.split("/", -1);
        if (levels.length < 4 || levels.length > 5) {
            return Optional.empty();
        }
        for (var type : Type.values()) {
            if (type.name().equals(levels[2]) && type.isOfDevice() == (levels.length == 5)) {
                return Optional.of(new SparkplugTopic(levels[1], type, levels[3], levels.length == 5 ? Optional.of(levels[4]) : Optional.empty()));
            }
        }
        return Optional.empty();
    }

    /// A certificate's topic without what says that it is one; empty where it says no such thing.
    static Optional<SparkplugTopic> ofCertificate(String topic) {
        return topic.startsWith(CERTIFICATES) ? read(topic.substring(CERTIFICATES.length())) : Optional.empty();
    }

    /// Where its certificate is kept (section 10.1.4).
    String certificate() {
        return CERTIFICATES + NAMESPACE + group + "/" + type + "/" + node + device.map(name -> "/" + name).orElse("");
    }
}
