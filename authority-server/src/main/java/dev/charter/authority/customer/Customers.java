package dev.charter.authority.customer;

import dev.charter.authority.search.Term;
import java.util.List;
import java.util.Optional;

/// Where customers are kept.
interface Customers {
    /// False when its ID is taken.
    boolean add(Customer customer);

    /// Changes what is said about the customer; empty when there is none.
    Optional<Customer> change(String id, Customer.Particulars after);

    Optional<Customer> byId(String id);

    /// All customers, the newest first; or those that a term finds, in the order of what comes after the term.
    Page page(Optional<Term> term, Optional<Place> after, int most);

    /// Some customers of a list, and after which place there are more.
    record Page(List<Customer> customers, Optional<Place> next) {}
}
