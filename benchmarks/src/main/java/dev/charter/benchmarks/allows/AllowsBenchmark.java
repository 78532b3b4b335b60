package dev.charter.benchmarks.allows;

import dev.charter.benchmarks.Vendor;
import dev.charter.client.LicenseClient;
import global.namespace.truelicense.api.ConsumerLicenseManager;
import global.namespace.truelicense.api.LicenseManagementException;
import java.util.Map;
import java.util.stream.Collectors;
import javax0.license3j.Feature;
import javax0.license3j.License;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// "May I do this?", asked of each library in the way in which its documentation asks it, about a license that was verified before.
public class AllowsBenchmark {

    /// What is asked for: not a constant, so that no compiler answers for the library.
    @State(Scope.Thread)
    public static class Question {
        String feature = "sparkplug";
    }

    /// The least that it could cost: what is granted may change at any time, and one entry of it is looked up.
    @State(Scope.Benchmark)
    public static class Least {
        private volatile Map<String, Boolean> granted = Vendor.FEATURES.stream().collect(Collectors.toUnmodifiableMap(feature -> feature, _ -> true));

        boolean grants(String feature) {
            return granted.containsKey(feature);
        }
    }

    /// A product with an activated license, open for as long as the JVM lives.
    @State(Scope.Benchmark)
    public static class Charter {
        private static final LicenseClient OPEN = LicensedProduct.activated();
        final LicenseClient license = OPEN;
    }

    /// A License3j license; a feature is an entry with a value.
    @State(Scope.Benchmark)
    public static class License3j {
        final License license = new License();

        public License3j() {
            Vendor.FEATURES.forEach(feature -> license.add(Feature.Create.intFeature(feature, 1)));
        }
    }

    /// A TrueLicense consumer with an installed key.
    @State(Scope.Benchmark)
    public static class TrueLicense {
        private static final ConsumerLicenseManager INSTALLED = TrueLicenseConsumer.installed(Vendor.FEATURES);
        final ConsumerLicenseManager manager = INSTALLED;
    }

    @Benchmark
    public boolean volatileReadAndLookUp(Least least, Question question) {
        return least.grants(question.feature);
    }

    @Benchmark
    public boolean charter(Charter charter, Question question) {
        return charter.license.allows(question.feature);
    }

    @Benchmark
    public boolean license3j(License3j license3j, Question question) {
        var feature = license3j.license.get(question.feature);
        return feature != null && feature.getInt() == 1;
    }

    /// Whether there is a license in force: it says nothing about a feature.
    @Benchmark
    public boolean trueLicenseVerify(TrueLicense trueLicense) throws LicenseManagementException {
        trueLicense.manager.verify();
        return true;
    }

    /// Features are the license's `extra`, which is read from the license itself.
    @Benchmark
    public boolean trueLicenseExtra(TrueLicense trueLicense, Question question) throws LicenseManagementException {
        return trueLicense.manager.load().getExtra() instanceof Map<?, ?> features && features.containsKey(question.feature);
    }
}
