package dev.charter.floating;

import dev.charter.floating.testing.TestVendor;

/// All the same with a vendor whose documents carry two signatures: every lease, refusal and acknowledgement is then verified by both.
class HybridFloatingServerTest extends FloatingServerTest {
    @Override
    TestVendor vendor() {
        return TestVendor.hybrid();
    }
}
