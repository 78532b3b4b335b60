package dev.charter.mqtt.topics;

import dev.charter.server.web.PathText;
import dev.charter.server.web.Rejected;
import dev.charter.server.web.Slice;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Topics and retained messages over HTTP. In an address, a topic is base64url of its UTF-8.
@RestController
@RequestMapping("/api")
final class TopicResource {

    /// @param next to be given as `after` for those that follow
    record TopicPage(List<Topic> items, Optional<String> next, int total) {}

    record RetainedItem(String topic, int qos, int bytes) {}

    record RetainedPage(List<RetainedItem> items, Optional<String> next, int total) {}

    /// @param payload base64 (RFC 4648, section 4)
    /// @param text the payload, where it is UTF-8 without control characters
    record RetainedDetails(String topic, int qos, int bytes, String payload, Optional<String> text, Optional<Long> expirySeconds, Optional<String> contentType) {}

    private final Topics topics;
    private final RetainedMessages retained;

    TopicResource(Topics topics, RetainedMessages retained) {
        this.topics = topics;
        this.retained = retained;
    }

    /// @param parent what to show the levels right below of; nothing for the root
    /// @param search shows topics of any depth instead
    @GetMapping("/topics")
    TopicPage topics(@RequestParam Optional<String> parent, @RequestParam Optional<String> search, @RequestParam Optional<Integer> limit, @RequestParam Optional<String> after) {
        var found = search.filter(text -> !text.isBlank()).map(topics::matching).orElseGet(() -> topics.below(parent.orElse("")));
        var slice = Slice.of(found, limit, after);
        return new TopicPage(slice.items(), slice.next(), slice.total());
    }

    @GetMapping("/retained")
    RetainedPage retained(@RequestParam Optional<String> search, @RequestParam Optional<Integer> limit, @RequestParam Optional<String> after) {
        var text = search.orElse("").toLowerCase(Locale.ROOT);
        var slice = Slice.of(retained.all().stream().filter(message -> text.isEmpty() || message.topic().toLowerCase(Locale.ROOT).contains(text)).toList(), limit, after);
        return new RetainedPage(slice.items().stream().map(message -> new RetainedItem(message.topic(), message.qos(), message.payload().length)).toList(), slice.next(), slice.total());
    }

    @GetMapping("/retained/{topic}")
    RetainedDetails retainedOf(@PathVariable String topic) {
        var name = PathText.read(topic);
        return retained.of(name).map(message -> new RetainedDetails(message.topic(), message.qos(), message.payload().length, Base64.getEncoder().encodeToString(message.payload()),
                Payloads.text(message.payload()), message.expirySeconds().isPresent() ? Optional.of(message.expirySeconds().getAsLong()) : Optional.empty(), message.contentType()))
                .orElseThrow(() -> none(name));
    }

    @DeleteMapping("/retained/{topic}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable String topic) {
        var name = PathText.read(topic);
        if (!retained.delete(name)) {
            throw none(name);
        }
    }

    private static Rejected none(String topic) {
        return Rejected.unknown("The topic " + topic + " keeps no message.");
    }
}
