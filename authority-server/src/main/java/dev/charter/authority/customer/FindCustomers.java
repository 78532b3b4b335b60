package dev.charter.authority.customer;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.search.Term;
import dev.charter.server.web.Rejected;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Looks at customers.
@Component
final class FindCustomers {
    private final Customers customers;

    FindCustomers(Customers customers) {
        this.customers = customers;
    }

    /// @throws Rejected when there is no such customer
    Customer byId(Caller caller, String id) {
        caller.require(Scope.CUSTOMERS_READ);
        return customers.byId(id).orElseThrow(() -> Rejected.unknown("There is no customer \"" + id + "\"."));
    }

    /// A page of all customers, or of those that a term finds in their ID, name or e-mail address.
    Customers.Page page(Caller caller, Optional<Term> term, Optional<Place> after, int most) {
        caller.require(Scope.CUSTOMERS_READ);
        return customers.page(term, after, most);
    }
}
