package dev.charter.authority.customer;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.server.web.Rejected;
import org.springframework.stereotype.Component;

/// Changes a customer's name or e-mail address. Licenses are found by the new ones at once, and no longer by the old ones.
@Component
final class ChangeCustomer {
    private final Customers customers;

    ChangeCustomer(Customers customers) {
        this.customers = customers;
    }

    /// @throws Rejected when there is no such customer
    Customer handle(Caller caller, String id, Customer.Particulars particulars) {
        caller.require(Scope.CUSTOMERS_WRITE);
        return customers.change(id, particulars).orElseThrow(() -> Rejected.unknown("There is no customer \"" + id + "\"."));
    }
}
