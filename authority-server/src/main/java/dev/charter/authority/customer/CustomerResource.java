package dev.charter.authority.customer;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Needs;
import dev.charter.authority.access.Scope;
import dev.charter.authority.search.Match;
import dev.charter.authority.search.Term;
import dev.charter.server.web.Rejected;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Customers over HTTP.
@RestController
@RequestMapping("/admin/v1/customers")
final class CustomerResource {
    private static final int LARGEST_PAGE = 200;

    /// @param next pass it as `after` to get the next page; without it there is none
    record ListedCustomers(List<Customer> customers, Optional<String> next) {}

    private final CreateCustomer createCustomer;
    private final ChangeCustomer changeCustomer;
    private final FindCustomers findCustomers;

    CustomerResource(CreateCustomer createCustomer, ChangeCustomer changeCustomer, FindCustomers findCustomers) {
        this.createCustomer = createCustomer;
        this.changeCustomer = changeCustomer;
        this.findCustomers = findCustomers;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Scope.CUSTOMERS_WRITE)
    Customer create(Caller caller, @RequestBody Customer.Particulars particulars) {
        return createCustomer.handle(caller, particulars);
    }

    @GetMapping
    @Needs(Scope.CUSTOMERS_READ)
    ListedCustomers list(Caller caller, @RequestParam Optional<String> query, @RequestParam(defaultValue = "substring") String match,
            @RequestParam(defaultValue = "50") int limit, @RequestParam Optional<String> after) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw Rejected.malformed("The parameter \"limit\" is 1 to " + LARGEST_PAGE + ".");
        }
        var how = Match.named(match).orElseThrow(() -> Rejected.malformed("The parameter \"match\" is exact, prefix or substring."));
        var term = readable(() -> query.filter(text -> !text.isEmpty()).map(text -> Term.of(how, text)));
        var page = findCustomers.page(caller, term, readable(() -> after.map(Place::read)), limit);
        return new ListedCustomers(page.customers(), page.next().map(Place::toText));
    }

    @GetMapping("/{id}")
    @Needs(Scope.CUSTOMERS_READ)
    Customer show(Caller caller, @PathVariable String id) {
        return findCustomers.byId(caller, id);
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scope.CUSTOMERS_WRITE)
    Customer change(Caller caller, @PathVariable String id, @RequestBody Customer.Particulars particulars) {
        return changeCustomer.handle(caller, id, particulars);
    }

    private static <T> T readable(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException mistake) {
            throw Rejected.malformed("The request cannot be read: " + mistake.getMessage() + ".");
        }
    }
}
