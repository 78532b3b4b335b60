package dev.charter.authority.license;

import dev.charter.format.LicenseType;
import dev.charter.store.Row;

/// How a license is read from its row, joined with its customer's.
public final class LicenseRow {
    public static final String COLUMNS = """
            license.id AS license_id, license.product AS license_product, license.customer AS license_customer, customer.name AS customer_name, customer.email AS customer_email, \
            license.type AS license_type, license.state AS license_state, license.state_reason, license.revision, license.issued_at, license.terms, license.used""";
    public static final String TABLES = "license JOIN customer ON customer.id = license.customer";

    private LicenseRow() {}

    public static License read(Row row) {
        return new License(row.text("license_id"), row.text("license_product"),
                new License.Buyer(row.text("license_customer"), row.text("customer_name"), row.text("customer_email")),
                row.constant(LicenseType.class, "license_type"), row.constant(LicenseState.class, "license_state"), row.optionalText("state_reason"),
                row.number("revision"), row.instant("issued_at"), Terms.fromJson(row.text("terms")), row.smallNumber("used"));
    }
}
