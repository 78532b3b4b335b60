package dev.charter.authority.customer;

import dev.charter.authority.access.Caller;
import dev.charter.authority.access.Scope;
import dev.charter.authority.identity.Identifiers;
import dev.charter.store.IssuerTime;
import org.springframework.stereotype.Component;

/// Writes down a customer. Two customers may have the same name.
@Component
final class CreateCustomer {
    private final Customers customers;
    private final Identifiers identifiers;
    private final IssuerTime time;

    CreateCustomer(Customers customers, Identifiers identifiers, IssuerTime time) {
        this.customers = customers;
        this.identifiers = identifiers;
        this.time = time;
    }

    Customer handle(Caller caller, Customer.Particulars particulars) {
        caller.require(Scope.CUSTOMERS_WRITE);
        var customer = new Customer(identifiers.next("cus"), particulars.name(), particulars.email(), time.instant());
        if (!customers.add(customer)) {
            throw new IllegalStateException("the ID " + customer.id() + " is taken; the source of randomness repeats itself");
        }
        return customer;
    }
}
