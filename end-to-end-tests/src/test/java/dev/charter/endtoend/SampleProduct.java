package dev.charter.endtoend;

import dev.charter.client.LicenseClient;
import dev.charter.format.LicenseKey;
import dev.charter.format.TrustAnchor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A vendor's product that runs for long and embeds the client. It does what its standard input says and prints one numbered line for each.
final class SampleProduct {
    private SampleProduct() {}

    public static void main(String[] arguments) throws IOException {
        try (var license = LicenseClient.builder().product("mqtt-server").trustAnchor(TrustAnchor.read(Files.readAllBytes(Path.of(arguments[0]))))
                .home(Path.of(arguments[1])).authority(URI.create(arguments[2])).open();
                var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (var line = input.readLine(); line != null; line = input.readLine()) {
                var words = line.split(" ");
                System.out.println(++number + ": " + switch (words[0]) {
                    case "activate" -> license.activate(LicenseKey.of(words[1])).getClass().getSimpleName();
                    case "reactivate" -> license.reactivate().getClass().getSimpleName();
                    case "deactivate" -> license.deactivate().getClass().getSimpleName();
                    case "allows" -> license.allows(words[1]);
                    default -> license.state().kind();
                });
            }
        }
    }
}
