package dev.charter.authority.license;

import dev.charter.authority.fault.FailPoints;
import dev.charter.authority.identity.Identifiers;
import dev.charter.authority.settings.ServerSecret;
import dev.charter.format.json.JsonObject;
import dev.charter.format.json.JsonReader;
import dev.charter.format.json.JsonValue;
import dev.charter.format.json.JsonWriter;
import dev.charter.store.IssuerTime;
import dev.charter.store.Transactions;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import tools.jackson.databind.json.JsonMapper;

/// This package as the program puts it together, for the tests of others.
public record TestLicenses(KeySafe keySafe, IssueLicense issue, ChangeLicense change, FindLicenses find, OpenLicense open, SellLicense sell) {

    public static TestLicenses on(Transactions transactions, ServerSecret secret, Offerings offerings, Identifiers identifiers, SecureRandom random, IssuerTime clock, FailPoints failPoints) {
        var parts = new LicenseParts();
        var keySafe = parts.keySafe(secret, random);
        var licenses = parts.licenses(transactions, failPoints);
        var granted = parts.granted(offerings);
        return new TestLicenses(keySafe, parts.issueLicense(licenses, granted, keySafe, identifiers, random, clock, failPoints), parts.changeLicense(licenses, granted, clock, failPoints),
                parts.findLicenses(licenses, keySafe), parts.openLicense(licenses, keySafe), parts.sellLicense(granted, keySafe, identifiers, random));
    }

    /// What the API makes of such a body, with a product, a customer, the type "online" and a feature where it names none.
    public static IssueLicense.Order order(String product, String customer, String json) {
        var members = new LinkedHashMap<>(JsonReader.object(json).members());
        members.putIfAbsent("product", new JsonValue.Text(product));
        members.putIfAbsent("customer", new JsonValue.Text(customer));
        members.putIfAbsent("type", new JsonValue.Text("online"));
        members.putIfAbsent("entitlements", JsonReader.object("{\"it\":[{\"feature\":\"mqtt\"}]}").members().get("it"));
        return JsonMapper.shared().readValue(JsonWriter.bytes(new JsonObject(members)), NewLicense.class).order();
    }
}
