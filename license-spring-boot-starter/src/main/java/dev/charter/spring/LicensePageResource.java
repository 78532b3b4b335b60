package dev.charter.spring;

import dev.charter.spring.Exchanged.ActivationAnswer;
import dev.charter.spring.Exchanged.ActivationRequest;
import dev.charter.spring.Exchanged.DeactivationAnswer;
import dev.charter.spring.Exchanged.EmergencyAnswer;
import dev.charter.spring.Exchanged.KeyCheck;
import dev.charter.spring.Exchanged.KeyText;
import dev.charter.spring.Exchanged.LetterCheck;
import dev.charter.spring.Exchanged.LetterText;
import dev.charter.spring.Exchanged.PoolAnswer;
import dev.charter.spring.Exchanged.PoolQuestion;
import dev.charter.spring.Exchanged.SeatOrder;
import dev.charter.spring.Exchanged.UsageRequestOrder;
import dev.charter.spring.OrderExchanged.OffersView;
import dev.charter.spring.OrderExchanged.OrderView;
import dev.charter.spring.OrderExchanged.OrderWish;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// The License page's endpoints. [PageGuard] stands before each.
@RestController
@RequestMapping(path = "${" + ReadSettings.PREFIX + ".page.path:" + LicenseSettings.Page.USUAL_PATH + "}", produces = MediaType.APPLICATION_JSON_VALUE)
class LicensePageResource {
    private final DescribeLicense describe;
    private final ChangeLicense change;
    private final TakeSeat seats;
    private final BuyLicense buy;
    private final PageGuard guard;

    LicensePageResource(DescribeLicense describe, ChangeLicense change, TakeSeat seats, BuyLicense buy, PageGuard guard) {
        this.describe = describe;
        this.change = change;
        this.seats = seats;
        this.buy = buy;
        this.guard = guard;
    }

    @GetMapping
    LicenseView license() {
        return describe.now();
    }

    @PostMapping(path = "/key-checks", consumes = MediaType.APPLICATION_JSON_VALUE)
    KeyCheck checkKey(@RequestBody KeyText typed) {
        return CheckKey.of(typed.text());
    }

    @PostMapping(path = "/activations", consumes = MediaType.APPLICATION_JSON_VALUE)
    ActivationAnswer activate(@RequestBody ActivationRequest request) {
        return change.activate(request);
    }

    @PostMapping(path = "/usage-requests", consumes = MediaType.APPLICATION_JSON_VALUE)
    LicenseView makeUsageRequest(@RequestBody UsageRequestOrder order) {
        return change.makeUsageRequest(order);
    }

    @PostMapping(path = "/letter-checks", consumes = MediaType.APPLICATION_JSON_VALUE)
    LetterCheck checkLetter(@RequestBody LetterText letter) {
        return change.look(letter.text());
    }

    @PostMapping(path = "/usage-licenses", consumes = MediaType.APPLICATION_JSON_VALUE)
    ActivationAnswer installUsageLicense(@RequestBody LetterText letter) {
        return change.install(letter.text());
    }

    @PostMapping(path = "/pool-looks", consumes = MediaType.APPLICATION_JSON_VALUE)
    PoolAnswer lookAtPools(@RequestBody PoolQuestion question) {
        return seats.look(question);
    }

    @PostMapping(path = "/seats", consumes = MediaType.APPLICATION_JSON_VALUE)
    ActivationAnswer takeSeat(@RequestBody SeatOrder order) {
        return seats.take(order);
    }

    @GetMapping("/offers")
    OffersView offers() {
        return buy.offers();
    }

    @PostMapping(path = "/orders", consumes = MediaType.APPLICATION_JSON_VALUE)
    OrderView order(@RequestBody OrderWish wish, HttpServletRequest request) {
        return buy.order(wish, address -> guard.isOwnAddress(address, request));
    }

    @PostMapping("/order-looks")
    OrderView lookAtOrder() {
        return buy.look();
    }

    @DeleteMapping("/order")
    LicenseView dismissOrder() {
        buy.dismiss();
        return describe.now();
    }

    @PostMapping("/reactivations")
    ActivationAnswer reactivate() {
        return change.reactivate();
    }

    @PostMapping("/deactivations")
    DeactivationAnswer deactivate() {
        return change.deactivate();
    }

    @PostMapping("/trials")
    LicenseView startTrial() {
        return change.startTrial();
    }

    @PostMapping("/emergencies")
    EmergencyAnswer startEmergency(HttpServletRequest request) {
        return change.startEmergency(guard.who(request));
    }
}
