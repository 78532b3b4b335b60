package dev.charter.authority.fault;

import java.io.PrintStream;
import java.util.Arrays;

/// Every step between two of which the authority may be killed. After a restart the work is whole or undone, and asking again gets the right answer, whichever it was.
///
/// RECEIVED: it is known what is asked. DECIDED: the answer is chosen. SIGNED: its bytes exist. WRITTEN: all statements have run, the transaction is still open.
/// COMMITTED: it is durable, nobody was told.
public enum FailPoint {
    ISSUE_RECEIVED, ISSUE_DECIDED, ISSUE_WRITTEN, ISSUE_COMMITTED,
    /// A change of a license: its terms, or that it is suspended, reinstated or revoked.
    CHANGE_RECEIVED, CHANGE_DECIDED, CHANGE_WRITTEN, CHANGE_COMMITTED,
    ACTIVATE_RECEIVED, ACTIVATE_DECIDED, ACTIVATE_SIGNED, ACTIVATE_WRITTEN, ACTIVATE_COMMITTED,
    REFRESH_RECEIVED, REFRESH_DECIDED, REFRESH_SIGNED, REFRESH_WRITTEN, REFRESH_COMMITTED,
    RELEASE_RECEIVED, RELEASE_DECIDED, RELEASE_SIGNED, RELEASE_WRITTEN, RELEASE_COMMITTED,
    /// A host that was reported destroyed: its activation becomes free.
    RESTORE_RECEIVED, RESTORE_WRITTEN, RESTORE_COMMITTED,
    /// An order. RECEIVED: its document is read. COMMITTED: it is kept, and has no checkout. OPENED: its checkout is open, and that is not kept. NOTIFIED: an event about its payment is kept.
    /// LOOKED: the payment was looked at. PAID: that it was paid is kept. DECIDED: its license is made ready. WRITTEN: license, letter and all are written. FULFILLED: that is durable.
    ORDER_RECEIVED, ORDER_COMMITTED, ORDER_OPENED, ORDER_NOTIFIED, ORDER_LOOKED, ORDER_PAID, ORDER_DECIDED, ORDER_WRITTEN, ORDER_FULFILLED,
    /// A mail that goes out; DECIDED: the server for mail has taken it.
    MAIL_RECEIVED, MAIL_DECIDED, MAIL_WRITTEN, MAIL_COMMITTED;

    /// One name on each line.
    public static void printAll(PrintStream out) {
        Arrays.stream(values()).forEach(out::println);
    }
}
