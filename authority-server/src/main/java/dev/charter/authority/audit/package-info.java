/// The audit log: everything that ever changed a license or an activation, chained so that nothing can be altered or taken out unseen.
@NullMarked
package dev.charter.authority.audit;

import org.jspecify.annotations.NullMarked;
