package dev.charter.spring;

/// What can go wrong with a request about the license. A closed list; programs go by the name.
enum ProblemCode {
    MALFORMED(400, false, "The request is malformed."),
    KEY_MALFORMED(400, false, "This is not a complete license key."),
    /// The servers, features or slot of a seat.
    CHOICE_NOT_POSSIBLE(400, false, "This is no choice of a seat."),
    /// The items, their number, the buyer or the address to come back to.
    ORDER_MALFORMED(400, false, "This is no order."),
    /// Nobody has let the caller in.
    NOT_ALLOWED(403, false, "You may not do this here."),
    HOST_UNKNOWN(403, false, "This address is not one of the product's own."),
    NOT_FROM_OWN_PAGE(403, false, "This change does not come from the product's own page."),
    /// The license does not grant what was asked for.
    FEATURE_NOT_LICENSED(403, false, "The license does not include this."),
    /// Nothing was ordered here.
    NO_ORDER(404, false, "There is no order here."),
    /// The vendor knows no license of this host that could be upgraded.
    LICENSE_UNKNOWN(404, false, "The vendor knows no such license of this host."),
    METHOD_NOT_ALLOWED(405, false, "The address knows other methods only."),
    NOT_ACCEPTABLE(406, false, "The answer is not available in that media type."),
    TRIAL_NOT_POSSIBLE(409, false, "A trial cannot be started now."),
    /// Whoever knows what it means says so with `supersede`.
    REQUEST_WAITING(409, false, "A usage request waits for its answer already."),
    REQUEST_NOT_POSSIBLE(409, false, "A usage request cannot be made now."),
    /// It is withdrawn, not sold in this currency, or licensed already.
    NOT_OFFERED(409, false, "This is not offered."),
    ORDER_NOT_POSSIBLE(409, false, "Nothing can be ordered now."),
    /// It is paid, and what was bought is on its way.
    ORDER_UNDER_WAY(409, false, "The order is under way."),
    /// The offers tell the new one.
    PRICE_CHANGED(412, false, "The price is another one by now."),
    TOO_LARGE(413, false, "The request is too large."),
    WRONG_MEDIA_TYPE(415, false, "The request's media type is not read here."),
    /// A fault of the product; its log says more under the trace ID.
    FAULT(500, true, "Something went wrong in this product.");

    private final int status;
    private final boolean retry;
    private final String title;

    ProblemCode(int status, boolean retry, String title) {
        this.status = status;
        this.retry = retry;
        this.title = title;
    }

    int status() {
        return status;
    }

    /// Whether the same request may succeed later, without a change.
    boolean retry() {
        return retry;
    }

    String title() {
        return title;
    }
}
