package dev.charter.client;

import dev.charter.format.SignedDocument;
import dev.charter.format.UsageRequest;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonWriter;
import java.time.Instant;
import java.util.Optional;

/// An order as this host remembers it. Immutable.
///
/// @param request the very document that began it, and finds it again
/// @param upgrade whether it adds to a license that is held
/// @param wish what is to be ordered; none as soon as the authority has answered
/// @param told what the authority said last
/// @param aside whether a person wants something else: it is followed in case it is paid all the same
/// @param done whether there is nothing to wait for any more
/// @param note what to say in place of what the authority said
record HeldOrder(SignedDocument request, boolean upgrade, Instant madeAt, Optional<Purchase.Wish> wish, Optional<OrderTold> told, boolean aside, boolean done, Optional<String> note) {
    static HeldOrder begun(SignedDocument request, boolean upgrade, Instant madeAt, Purchase.Wish wish) {
        return new HeldOrder(request, upgrade, madeAt, Optional.of(wish), Optional.empty(), false, false, Optional.empty());
    }

    UsageRequest content() {
        return UsageRequest.read(request.payload());
    }

    Order.State state() {
        return told.map(OrderTold::state).orElse(done ? Order.State.CLOSED : Order.State.OPEN);
    }

    boolean isUnpaid() {
        return !done && state() == Order.State.OPEN;
    }

    /// Whether the authority is asked how far it is.
    boolean isUnderWay() {
        return !done && state() != Order.State.FULFILLED && state() != Order.State.CLOSED;
    }

    /// Whether what was bought is still to be fetched.
    boolean isToBeFetched() {
        return !done && state() == Order.State.FULFILLED;
    }

    boolean isFor(Purchase.Wish other) {
        return told.map(order -> other.isFor(order.items(), order.currency(), order.total())).orElse(wish.filter(other::equals).isPresent());
    }

    /// The authority has spoken. Money decides: what is paid is no longer aside.
    HeldOrder told(OrderTold news) {
        boolean ends = news.state() == Order.State.CLOSED || news.state() == Order.State.FULFILLED && news.withheld();
        return new HeldOrder(request, upgrade, madeAt, Optional.empty(), Optional.of(news), aside && (news.state() == Order.State.OPEN || news.state() == Order.State.CLOSED), ends, Optional.empty());
    }

    HeldOrder setAside() {
        return new HeldOrder(request, upgrade, madeAt, wish, told, true, done, note);
    }

    /// Nothing more comes of it.
    HeldOrder over(Optional<String> why) {
        return new HeldOrder(request, upgrade, madeAt, wish, told, aside, true, why);
    }

    JsonObject toJson() {
        var json = new JsonWriter().put("request", request.toBytes()).put("upgrade", upgrade).put("madeAt", madeAt).put("aside", aside).put("done", done).putText("note", note);
        wish.ifPresent(of -> json.put("wish", of.writeTo(new JsonWriter()).object()));
        told.ifPresent(of -> json.put("told", of.toJson()));
        return json.object();
    }

    static HeldOrder fromJson(JsonObject json) {
        return new HeldOrder(SignedDocument.read(json.bytes("request")), json.truth("upgrade"), json.instant("madeAt"), json.optionalObject("wish").map(Purchase.Wish::read),
                json.optionalObject("told").map(OrderTold::kept), json.truth("aside"), json.truth("done"), json.optionalText("note"));
    }
}
