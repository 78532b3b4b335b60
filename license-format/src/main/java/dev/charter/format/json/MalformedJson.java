package dev.charter.format.json;

/// A text is not JSON, breaks one of the reader's limits, or lacks a field that must be there. The message names the first thing that is wrong.
public final class MalformedJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedJson(String message) {
        super(message);
    }
}
