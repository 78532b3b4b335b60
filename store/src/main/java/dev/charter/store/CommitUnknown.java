package dev.charter.store;

/// The connection or the disk failed while the commit was under way: the transaction is either kept whole or not at
/// all, and the store cannot tell which. The caller asks again by a key of its own.
public final class CommitUnknown extends StoreFault {
    private static final long serialVersionUID = 1;

    CommitUnknown(Throwable cause) {
        super("the database failed while it was committing; whether the transaction was kept is not known", cause);
    }
}
