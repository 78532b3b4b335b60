package dev.charter.authority.checkout;

import dev.charter.authority.checkout.Payment.Status;
import dev.charter.authority.checkout.TestPayments.Checkout;
import dev.charter.format.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The page of a test checkout, without scripts. Whatever it shows, it says first that no money moves.
final class TestCheckoutPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }
            main { max-width: 38rem; margin: 2rem auto; padding: 0 1rem }
            .notice { border: 2px solid; padding: .75rem 1rem; font-weight: 600 }
            table { width: 100%; border-collapse: collapse; margin: 1rem 0 }
            th, td { text-align: left; padding: .4rem 0; border-bottom: 1px solid #8888 }
            td:last-child, th:last-child { text-align: right }
            form { display: inline-block; margin: 0 .5rem .5rem 0 }
            button { font: inherit; padding: .5rem 1rem; min-height: 2.75rem; cursor: pointer }
            """;
    /// Runs and loads nothing but its own style.
    static final String POLICY = "default-src 'none'; style-src 'sha256-" + Base64.getEncoder().encodeToString(Digest.of(STYLE.getBytes(StandardCharsets.UTF_8)).value().toArray())
            + "'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private TestCheckoutPage() {}

    static String of(Checkout checkout) {
        var sale = checkout.sale();
        var payment = checkout.payment();
        var page = new StringBuilder(4_000);
        page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Test checkout</title><style>").append(STYLE)
                .append("</style></head><body><main><p class=\"notice\" role=\"note\">Test checkout: no money moves, whatever you choose here.</p><h1>").append(escaped(sale.product())).append("</h1>");
        sale.license().ifPresent(license -> page.append("<p>Added to the license <b>").append(escaped(license)).append("</b>.</p>"));
        page.append("<table><thead><tr><th scope=\"col\">Item</th><th scope=\"col\">Number</th><th scope=\"col\">Price</th></tr></thead><tbody>");
        for (var line : sale.lines()) {
            page.append("<tr><td>").append(escaped(line.title())).append("</td><td>").append(line.count()).append("</td><td>").append(escaped(Money.text(line.amount(), sale.currency())))
                    .append(line.metered() ? " for each " + line.units() + " counted, monthly" : "").append("</td></tr>");
        }
        page.append("</tbody><tfoot><tr><th scope=\"row\" colspan=\"2\">Due now</th><td>").append(escaped(Money.text(sale.total(), sale.currency()))).append("</td></tr></tfoot></table><p>The license key goes to ")
                .append(escaped(sale.email())).append(".</p>");
        if (payment.status() == Status.OPEN) {
            button(page, checkout.id(), "pay", "Pay");
            button(page, checkout.id(), "cancel", "Cancel");
        } else {
            page.append("<p><b>").append(payment.status() == Status.PAID ? "Paid, as far as a test goes." : "Cancelled: nothing was bought.").append("</b></p>");
        }
        page.append("<p><a href=\"").append(escaped(sale.returnTo().toString())).append("\">Back to ").append(escaped(sale.product())).append("</a></p>");
        if (payment.status() == Status.PAID) {
            page.append("<h2>For the vendor</h2><p>Refunded: ").append(escaped(Money.text(payment.refunded(), sale.currency()))).append(". Dispute: ").append(dispute(payment.dispute())).append(".</p>");
            button(page, checkout.id(), "refund", "Refund all");
            button(page, checkout.id(), "refund-part", "Refund half");
            button(page, checkout.id(), "dispute", "Open a dispute");
            button(page, checkout.id(), "lose-dispute", "Lose the dispute");
            button(page, checkout.id(), "win-dispute", "Win the dispute");
        }
        return page.append("</main></body></html>").toString();
    }

    private static void button(StringBuilder page, String checkout, String act, String words) {
        page.append("<form method=\"post\" action=\"/test-checkout/").append(checkout).append('/').append(act).append("\"><button>").append(words).append("</button></form>");
    }

    private static String dispute(Payment.Dispute dispute) {
        return switch (dispute) {
            case NONE -> "none";
            case OPEN -> "open";
            case LOST -> "lost";
        };
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
