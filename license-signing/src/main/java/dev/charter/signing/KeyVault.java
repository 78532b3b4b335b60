package dev.charter.signing;

import dev.charter.format.Algorithm;
import dev.charter.format.KeyCertificate;
import dev.charter.format.KeyId;
import dev.charter.format.Signer;
import dev.charter.format.SignerKeys;
import java.util.Set;

/// Where private keys live. They are made here, they sign from here, and no method hands one out.
///
/// A vault on a PKCS#11 token fits behind these two methods: `create` generates the pairs on the token as sensitive, non-extractable objects whose `CKA_ID` is the
/// key ID, and reads only the public halves; `signer` finds them by that ID and signs through the token's session (`CKM_EDDSA`; `CKM_ML_DSA` from PKCS#11 3.2 on).
/// Its sessions must be safe for several threads, as those of [FileKeyVault] are; and because a token signs slowly, an authority behind it issues slowly.
public interface KeyVault {
    /// Makes new keys, one for each algorithm, and keeps them: they are durable when this returns.
    SignerKeys create(KeyCertificate.Role role, Set<Algorithm> algorithms);

    /// The signer with those keys, ready to sign from several threads at once. Throws [KeysRefused] where the vault does not hold them or cannot open them.
    Signer signer(KeyId id);
}
