package dev.charter.mqtt.doctor;

/// What one look found.
///
/// @param name of what was looked at, such as `clock`; the same in every version
/// @param title for people
/// @param verdict `good`, `warning` or `bad`
/// @param finding what is, in a sentence
/// @param advice what to do, in a sentence; empty where there is nothing to do
record Check(String name, String title, String verdict, String finding, String advice) {
    static Check good(String name, String title, String finding) {
        return new Check(name, title, "good", finding, "");
    }

    static Check warning(String name, String title, String finding, String advice) {
        return new Check(name, title, "warning", finding, advice);
    }

    static Check bad(String name, String title, String finding, String advice) {
        return new Check(name, title, "bad", finding, advice);
    }
}
