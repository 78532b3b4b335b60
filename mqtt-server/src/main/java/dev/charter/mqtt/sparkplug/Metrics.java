package dev.charter.mqtt.sparkplug;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.tahu.protobuf.SparkplugBProto.DataType;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.jspecify.annotations.Nullable;

/// The metrics that a birth declared, with the values that came since (Sparkplug 3.0, section 6.4). Of what nobody declared nothing is kept.
final class Metrics {
    static final int MOST = 5_000;
    private static final int LONGEST_VALUE = 500;

    /// How a birth declared it: what data may leave out.
    private record Declared(String name, int type) {}

    private final Map<String, SparkplugMetric> latest = new LinkedHashMap<>();
    private final Map<Long, Declared> byAlias = new HashMap<>();
    private final Map<String, Declared> byName = new HashMap<>();

    static Metrics ofBirth(Payload birth) {
        var metrics = new Metrics();
        for (var metric : birth.getMetricsList()) {
            if (metric.hasName() && metrics.byName.size() < MOST) {
                var declared = new Declared(metric.getName(), metric.getDatatype());
                metrics.byName.put(declared.name(), declared);
                if (metric.hasAlias()) {
                    metrics.byAlias.put(metric.getAlias(), declared);
                }
                metrics.latest.put(declared.name(), shown(declared, metric, birth));
            }
        }
        return metrics;
    }

    void update(Payload data) {
        for (var metric : data.getMetricsList()) {
            var declared = declared(metric);
            if (declared != null) {
                latest.put(declared.name(), shown(declared, metric, data));
            }
        }
    }

    private @Nullable Declared declared(Metric metric) {
        return metric.hasAlias() && !metric.hasName() ? byAlias.get(metric.getAlias()) : byName.get(metric.getName());
    }

    List<SparkplugMetric> all() {
        return List.copyOf(latest.values());
    }

    private static SparkplugMetric shown(Declared declared, Metric metric, Payload payload) {
        var number = metric.hasDatatype() ? metric.getDatatype() : declared.type();
        var type = Optional.ofNullable(DataType.forNumber(number)).orElse(DataType.Unknown);
        var at = metric.hasTimestamp() ? Optional.of(metric.getTimestamp()) : payload.hasTimestamp() ? Optional.of(payload.getTimestamp()) : Optional.<Long>empty();
        var value = metric.getIsNull() ? Optional.<String>empty() : value(metric, type).map(Metrics::shortened);
        return new SparkplugMetric(declared.name(), type.name(), value, at.map(Metrics::instant));
    }

    /// Small and signed integers travel as 32 bits without a sign.
    private static Optional<String> value(Metric metric, DataType type) {
        return switch (metric.getValueCase()) {
            case INT_VALUE -> Optional.of(switch (type) {
                case Int8 -> String.valueOf((byte) metric.getIntValue());
                case Int16 -> String.valueOf((short) metric.getIntValue());
                case Int32 -> String.valueOf(metric.getIntValue());
                default -> Integer.toUnsignedString(metric.getIntValue());
            });
            case LONG_VALUE -> Optional.of(switch (type) {
                case DateTime -> instant(metric.getLongValue()).toString();
                case UInt64, UInt32 -> Long.toUnsignedString(metric.getLongValue());
                default -> String.valueOf(metric.getLongValue());
            });
            case FLOAT_VALUE -> Optional.of(String.valueOf(metric.getFloatValue()));
            case DOUBLE_VALUE -> Optional.of(String.valueOf(metric.getDoubleValue()));
            case BOOLEAN_VALUE -> Optional.of(String.valueOf(metric.getBooleanValue()));
            case STRING_VALUE -> Optional.of(metric.getStringValue());
            case BYTES_VALUE -> Optional.of(metric.getBytesValue().size() + " bytes");
            case DATASET_VALUE -> Optional.of(metric.getDatasetValue().getRowsCount() + " rows of " + metric.getDatasetValue().getColumnsCount() + " columns");
            case TEMPLATE_VALUE -> Optional.of("a template of " + metric.getTemplateValue().getMetricsCount() + " metrics");
            case EXTENSION_VALUE -> Optional.of("an extension of a vendor");
            case VALUE_NOT_SET -> Optional.empty();
        };
    }

    private static String shortened(String value) {
        return value.length() > LONGEST_VALUE ? value.substring(0, LONGEST_VALUE) + "…" : value;
    }

    /// Any 64 bits may come; the furthest instants stand for those beyond them.
    static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }
}
