package dev.charter.format;

/// The closed list of reasons for which a request is refused. Each carries the sentence that a person reads: what is, and what to do next.
public enum RefusalCode {
    KEY_UNKNOWN("This license key is not known here. Check it against the letter it came in, or ask support with the name of your company."),
    KEY_MALFORMED("This is not a complete license key. Copy all five groups of five characters and try again."),
    LICENSE_SUSPENDED("This license was suspended by the vendor. Contact support; it can be reinstated."),
    LICENSE_REVOKED("This license was revoked by the vendor. Contact support."),
    LICENSE_EXPIRED("The term of this license is over. Renew it, then activate again."),
    LICENSE_NOT_STARTED("The term of this license has not begun yet. Activate on the day it begins."),
    ACTIVATIONS_EXHAUSTED("Every activation of this license is in use. Deactivate a server that you no longer need, or buy another activation."),
    ALLOWANCE_EXHAUSTED("This machine's activation was taken over as often as the license allows in this period. Ask support to restore it."),
    NO_SEAT_FREE("All seats are taken. Try again when another product has given one back."),
    ALREADY_LICENSED("This host already holds another license of this product. Deactivate that one first."),
    HOST_MISMATCH("This license is bound to another machine. Activate with the license key here, or report the old machine lost."),
    RELEASED("This activation was released or taken over and cannot be used again. Activate with the license key."),
    REQUEST_SUPERSEDED("A newer request of this host was already answered. Make a new request; if this host is a copy or was restored, activate it again with the license key."),
    WRONG_PRODUCT("This license is for another product. Look up the license key of this product."),
    TYPE_MISMATCH("This license is of another type and is activated in another way. Choose the way that its letter names."),
    DECLINED("The vendor's support has looked at this and declined it. Contact support.");

    private final String advice;

    RefusalCode(String advice) {
        this.advice = advice;
    }

    /// The code of that name; throws [IllegalArgumentException] for any other.
    public static RefusalCode named(String name) {
        for (var code : values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        throw new IllegalArgumentException(name + " is not a refusal code");
    }

    /// What a person reads when the issuer has nothing more precise to say.
    public String advice() {
        return advice;
    }
}
