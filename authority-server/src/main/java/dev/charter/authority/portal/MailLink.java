package dev.charter.authority.portal;

import dev.charter.authority.desk.Notices;
import dev.charter.authority.license.OpenLicense;
import dev.charter.authority.settings.Settings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Mails a license's contact a link to the customers' page. Whoever asks for it learns nothing: neither whether there is such a license nor who its contact is.
final class MailLink {
    private static final Logger LOG = LoggerFactory.getLogger(MailLink.class);

    private final Links links;
    private final OpenLicense licenses;
    private final Notices notices;
    private final Optional<URI> publicUrl;
    private final Duration lasts;
    private final RandomGenerator secure;
    private final InstantSource clock;

    MailLink(Links links, OpenLicense licenses, Notices notices, Settings settings, RandomGenerator secure, InstantSource clock) {
        this.links = links;
        this.licenses = licenses;
        this.notices = notices;
        this.publicUrl = settings.publicUrl();
        this.lasts = settings.linksLast();
        this.secure = secure;
        this.clock = clock;
    }

    void handle(String id) {
        if (publicUrl.isEmpty()) {
            LOG.warn("a link to the customers' page was asked for and cannot be mailed: CHARTER_AUTHORITY_PUBLIC_URL is not set");
            return;
        }
        var secret = LinkSecret.generate(secure);
        var now = clock.instant();
        var until = now.plus(lasts);
        var license = licenses.byId(id);
        links.inOne(sql -> {
            boolean made = Links.put(sql, secret, id, now, until);
            license.filter(_ -> made).ifPresent(found -> notices.put(sql, new Notices.PortalLink(found, URI.create(publicUrl.get() + "/portal/#token=" + secret.revealSecret()), until)));
            return made;
        });
    }
}
