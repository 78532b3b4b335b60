package dev.charter.client;

import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Chooses among network interfaces the address that is most likely burnt into the machine and will still be there after a re-installation.
final class PermanentMac {
    /// Interfaces that software makes: containers, bridges, tunnels, private networks.
    private static final Pattern MADE_BY_SOFTWARE = Pattern.compile("(docker|veth|br-|virbr|vmnet|vboxnet|vnet|tun|tap|wg|utun|awdl|llw|bond|team|dummy|lo|zt|tailscale|cni|flannel|cali|kube|podman|lxc|lxd|vethernet).*");

    /// The first half of addresses that hypervisors give (VMware, Hyper-V, Parallels, Virtual Iron, Xen, VirtualBox): they go along with a copy, or change with the next start.
    /// OSHI knows them too, from a file of its part `oshi-common`, which no module path takes beside `oshi-core`.
    private static final Set<String> OF_HYPERVISORS = Set.of("005056", "000c29", "000569", "001c14", "0003ff", "00155d", "001c42", "000f4b", "00163e", "080027");

    private PermanentMac() {}

    /// One interface.
    record Interface(String name, String mac) {}

    /// The lowest one, as 12 small hexadecimal digits: an order that no reboot changes.
    static Optional<String> of(Collection<Interface> interfaces) {
        return interfaces.stream().filter(i -> !MADE_BY_SOFTWARE.matcher(i.name().toLowerCase(Locale.ROOT)).matches())
                .map(i -> i.mac().toLowerCase(Locale.ROOT).replaceAll("[^0-9a-f]", ""))
                .filter(mac -> mac.length() == 12 && !SharedValues.contains(mac) && isGivenByMaker(mac) && !OF_HYPERVISORS.contains(mac.substring(0, 6)))
                .min(Comparator.naturalOrder());
    }

    /// Neither locally administered nor a group address (IEEE 802, clause 8.2).
    private static boolean isGivenByMaker(String mac) {
        return (HexFormat.fromHexDigits(mac, 0, 2) & 0b11) == 0;
    }
}
