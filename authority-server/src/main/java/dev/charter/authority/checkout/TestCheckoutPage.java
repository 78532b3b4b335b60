package dev.charter.authority.checkout;

import dev.charter.authority.checkout.Payment.Status;
import dev.charter.authority.checkout.TestPayments.Checkout;
import dev.charter.format.Digest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;

/// The page of a test checkout, without scripts. Whatever it shows, it says first that no money moves. The one address that it links to is the License page that the buyer came from, and it shows whose that is.
final class TestCheckoutPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; --text: #16202a; --quiet: #51606e; --page: #f4f6f8; --card: #fff; --line: #dce2e8; --main: #0b5a6e; --on-main: #fff; --warn: #8a5100; --warn-back: #fcefd8;
              --good: #186a3b; --good-back: #dcf1e4 }
            @media (prefers-color-scheme: dark) { :root { --text: #e8edf1; --quiet: #a3b1bd; --page: #0f1418; --card: #171e24; --line: #2c3741; --main: #7fd0e2; --on-main: #06242c; --warn: #f2bd6b;
              --warn-back: #35260d; --good: #7ad39d; --good-back: #12301f } }
            * { box-sizing: border-box }
            body { margin: 0; background: var(--page); color: var(--text); font: .9375rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; overflow-wrap: anywhere }
            .notice { margin: 0; padding: .75rem 1rem; background: var(--warn-back); color: var(--warn); text-align: center; font-weight: 650 }
            main { max-width: 36rem; margin: 1.5rem auto; padding: 0 1rem; display: grid; gap: 1rem }
            section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1.5rem }
            h1 { font-size: 1.625rem; line-height: 1.25; letter-spacing: -.01em; margin: 0 }
            h2 { font-size: 1.125rem; line-height: 1.35; margin: 0 0 .5rem }
            p { margin: .5rem 0 0 }
            a { color: var(--main) }
            .quiet { color: var(--quiet) }
            table { width: 100%; border-collapse: collapse; margin: 1.25rem 0 0 }
            th { font-weight: 600; color: var(--quiet) }
            th, td { text-align: left; vertical-align: top; padding: .625rem 0; border-bottom: 1px solid var(--line) }
            td + td, th + th { padding-left: 1rem; width: 45% }
            th { overflow-wrap: normal }
            td:last-child, th:last-child { text-align: right; font-variant-numeric: tabular-nums; overflow-wrap: normal }
            tfoot th, tfoot td { border: 0; padding-top: .875rem; color: var(--text); font-size: 1.125rem; font-weight: 650 }
            small { display: block; color: var(--quiet) }
            .result { border-radius: 8px; padding: .75rem 1rem; margin: 1.25rem 0 0; font-weight: 600 }
            .good { background: var(--good-back); color: var(--good) }
            .over { background: var(--warn-back); color: var(--warn) }
            .acts { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: 1.25rem }
            button, .button { font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1.25rem; border-radius: 8px; border: 1px solid var(--main); background: none; color: var(--main); cursor: pointer;
              display: inline-block; text-decoration: none }
            .first, a.first { background: var(--main); color: var(--on-main) }
            button:focus-visible, a:focus-visible { outline: 2px solid var(--main); outline-offset: 2px }
            dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1rem; margin: .75rem 0 0 }
            dt { color: var(--quiet) }
            dd { margin: 0 }
            @media (max-width: 30rem) { main { margin: 1rem auto } section { padding: 1rem } .acts form, .acts button, .acts .button { width: 100%; text-align: center } }
            """;
    /// Runs and loads nothing but its own style.
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + Base64.getEncoder().encodeToString(Digest.of(STYLE.getBytes(StandardCharsets.UTF_8)).value().toArray())
            + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

    private final StringBuilder page = new StringBuilder(6_000);
    private final Checkout checkout;
    private final Sale sale;
    private final Payment payment;

    private TestCheckoutPage(Checkout checkout) {
        this.checkout = checkout;
        this.sale = checkout.sale();
        this.payment = checkout.payment();
    }

    static String of(Checkout checkout) {
        return new TestCheckoutPage(checkout).text();
    }

    private String text() {
        page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><meta name=\"referrer\" content=\"no-referrer\"><title>Test checkout: ")
                .append(escaped(sale.product())).append("</title><style>").append(STYLE)
                .append("</style></head><body><header><p class=\"notice\" role=\"note\">Test checkout: no money moves, whatever you choose here.</p></header><main><section><h1>").append(escaped(sale.product())).append("</h1>");
        sale.license().ifPresent(license -> page.append("<p class=\"quiet\">Added to the license <b>").append(escaped(license)).append("</b></p>"));
        lines();
        if (payment.status() == Status.OPEN) {
            page.append("<p class=\"quiet\">").append(sale.license().isPresent() ? "A letter goes to " : "The license key goes to ").append(escaped(sale.email())).append(".</p><div class=\"acts\">");
            button("pay", "Pay", true);
            button("cancel", "Cancel", false);
            page.append("</div>");
        } else {
            boolean paid = payment.status() == Status.PAID;
            page.append("<p class=\"result ").append(paid ? "good" : "over").append("\" role=\"status\">").append(paid ? "Paid, as far as a test goes." : "Cancelled: nothing was bought.").append("</p>");
            if (paid) {
                page.append("<p class=\"quiet\">").append(sale.license().isPresent() ? "The server fetches what is new by itself. A letter goes to " : "The server activates its license by itself. Its key goes to ").append(escaped(sale.email())).append(".</p>");
            }
        }
        back(payment.status() != Status.OPEN);
        page.append("</section>");
        if (payment.status() == Status.PAID) {
            vendor();
        }
        return page.append("</main></body></html>").toString();
    }

    private void lines() {
        page.append("<table><thead><tr><th scope=\"col\">Item</th><th scope=\"col\">Price</th></tr></thead><tbody>");
        for (var line : sale.lines()) {
            var one = escaped(Money.text(line.amount(), sale.currency()));
            page.append("<tr><td>").append(escaped(line.title())).append(line.count() > 1 ? "<small>" + line.count() + " for " + one + " each</small>" : "").append("</td><td>")
                    .append(line.metered() ? one + "<small>for each %,d counted, monthly</small>".formatted(line.units()) : escaped(Money.text(Math.multiplyExact(line.amount(), line.count()), sale.currency())))
                    .append("</td></tr>");
        }
        page.append("</tbody><tfoot><tr><th scope=\"row\">Due now</th><td>").append(escaped(Money.text(sale.total(), sale.currency()))).append("</td></tr></tfoot></table>");
    }

    /// Whoever ordered named the address, so its host is shown.
    private void back(boolean over) {
        page.append(over ? "<div class=\"acts\"><a class=\"button first\"" : "<p><a").append(" rel=\"noreferrer\" href=\"").append(escaped(sale.returnTo().toString())).append("\">Back to ").append(escaped(sale.product()))
                .append("</a>").append(over ? "</div><p class=\"quiet\">" : " <span class=\"quiet\">").append("at ").append(escaped(host(sale.returnTo()))).append(over ? "</p>" : "</span></p>");
    }

    private static String host(URI address) {
        return address.getPort() < 0 ? address.getHost() : address.getHost() + ":" + address.getPort();
    }

    private void vendor() {
        page.append("<section><h2>For the vendor</h2><p class=\"quiet\">Play what happens to the money later.</p><dl><dt>Refunded</dt><dd>").append(escaped(Money.text(payment.refunded(), sale.currency())))
                .append("</dd><dt>Dispute</dt><dd>").append(dispute(payment.dispute())).append("</dd>");
        if (checkout.isByTheMonth()) {
            page.append("<dt>Monthly charges</dt><dd>").append(payment.ends().map(end -> "end on " + DAY.format(end.atOffset(ZoneOffset.UTC))).orElse("go on")).append("</dd>");
        }
        page.append("</dl><div class=\"acts\">");
        if (payment.refunded() < sale.total()) {
            button("refund", "Refund all", false);
        }
        if (payment.refunded() < sale.total() / 2) {
            button("refund-part", "Refund half", false);
        }
        switch (payment.dispute()) {
            case NONE -> button("dispute", "Open a dispute", false);
            case OPEN -> {
                button("lose-dispute", "Lose the dispute", false);
                button("win-dispute", "Win the dispute", false);
            }
            case LOST -> button("win-dispute", "Win the dispute", false);
        }
        if (checkout.isByTheMonth()) {
            button(payment.ends().isPresent() ? "go-on" : "end-subscription", payment.ends().isPresent() ? "Go on charging" : "Cancel the monthly charges", false);
        }
        page.append("</div></section>");
    }

    private void button(String act, String words, boolean first) {
        page.append("<form method=\"post\" action=\"/test-checkout/").append(checkout.id()).append('/').append(act).append("\"><button").append(first ? " class=\"first\"" : "").append('>').append(words)
                .append("</button></form>");
    }

    private static String dispute(Payment.Dispute dispute) {
        return switch (dispute) {
            case NONE -> "none";
            case OPEN -> "open";
            case LOST -> "lost: the buyer has the money back";
        };
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
