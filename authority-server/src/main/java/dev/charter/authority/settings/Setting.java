package dev.charter.authority.settings;

import dev.charter.server.settings.OneSetting;
import dev.charter.server.settings.Program;

/// Every setting there is. The environment and `authority.properties` use the same names.
enum Setting implements OneSetting {
    DATA("charter-authority", "the data folder"),
    ADDRESS("127.0.0.1", "the IP address to listen on; 0.0.0.0 or :: for all, and then only behind a proxy that speaks TLS"),
    PORT("16080", "the TCP port; 0 takes any free one, which authority.address in the data folder then tells"),
    DATABASE("sqlite:DATA/authority.db", "sqlite:FILE or jdbc:postgresql://HOST:PORT/DATABASE"),
    DATABASE_USER("", "the user on PostgreSQL"),
    DATABASE_PASSWORD("", "that user's password"),
    KEYS("DATA/issuing", "the folder issuing, made by: charter keys init"),
    KEYS_PASSPHRASE("", "the passphrase of that folder's keys; or:"),
    KEYS_PASSPHRASE_FILE("", "a file whose first line is the passphrase"),
    SECRET_FILE("DATA/authority.secret", "what license keys are encrypted under in the database; made on the first start. All nodes on one database need the same one"),
    SETUP_TOKEN_FILE("", "where the first API token is written; without it, it is printed once"),
    FAILED_KEYS_BURST("100", "failed license key look-ups of one address that are answered at once"),
    FAILED_KEYS_PER_SECOND("10", "and then for each second"),
    FAILED_TOKENS_BURST("20", "failed API tokens of one address that are answered at once"),
    FAILED_TOKENS_PER_SECOND("1", "and then for each second"),
    TRUSTED_PROXIES("", "IP addresses or networks (10.0.0.0/8), separated by commas, whose X-Forwarded-For is believed"),
    PUBLIC_URL("", "the address under which customers reach this server, such as https://licensing.acme.example; without it no links are mailed"),
    LINK_MINUTES("60", "how long a mailed link to the customers' page opens its license"),
    RESTORES_ALONE("1", "how many destroyed hosts of one license are restored, in its allowance's period, before a second person has to agree"),
    SMTP("", "where mails are handed over: smtps://HOST:PORT, smtp://HOST:PORT (STARTTLS, required) or smtp-plain://HOST:PORT; without it they are written as files into DATA/outbox"),
    SMTP_USER("", "the user there, if it wants one"),
    SMTP_PASSWORD("", "that user's password"),
    MAIL_FROM("", "who mails come from, such as ACME Licensing <licensing@acme.example>; needed with SMTP"),
    MAIL_REPLY_TO("", "where answers to them go, if that is another address"),
    MAIL_TEMPLATES("", "a folder with the vendor's own words for mails: NAME.txt, NAME.html and frame.html for all products, PRODUCT/NAME.txt and so on for one"),
    REMINDER_DAYS("60,30,7,1", "how many days before a license ends its customer is reminded, separated by commas; none: never"),
    SUPPORT_REMINDER_DAYS("30,7", "the same before a license's support ends"),
    NO_REMINDERS_FOR("", "IDs of products whose customers are not reminded, separated by commas"),
    IMAP("", "the mailbox whose mails are answered: imaps://HOST:PORT/FOLDER, imap://HOST:PORT/FOLDER (STARTTLS, required) or imap-plain://HOST:PORT/FOLDER; without it no mails are read"),
    IMAP_USER("", "the user there"),
    IMAP_PASSWORD("", "that user's password"),
    IMAP_POLL_SECONDS("30", "how often is looked for new mails"),
    MAIL_ANSWERS_PER_HOUR("60", "how many mails of one sender are answered within an hour; the support desk gets the rest"),
    CHECKOUT("none", "who takes the money for orders of License pages: none (nothing is sold there), test (pages of this server on which no money moves) or stripe"),
    STRIPE_KEY("", "with stripe: the secret or restricted API key"),
    STRIPE_WEBHOOK_SECRET("", "with stripe: the signing secret of the webhook; two, separated by a comma, while one replaces the other"),
    STRIPE_API("https://api.stripe.com", "with stripe: where its API is; another address is for tests"),
    LOG("json", "the form of the log on the standard error stream: json or plain"),
    FAIL_POINT("", "for crash tests: where to stand still; several places are separated by commas");

    private final String standard;
    private final String meaning;

    Setting(String standard, String meaning) {
        this.standard = standard;
        this.meaning = meaning;
    }

    @Override
    public Program program() {
        return ReadSettings.PROGRAM;
    }

    @Override
    public String standard() {
        return standard;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public boolean isSecret() {
        return this == DATABASE_PASSWORD || this == KEYS_PASSPHRASE || this == SMTP_PASSWORD || this == IMAP_PASSWORD || this == STRIPE_KEY || this == STRIPE_WEBHOOK_SECRET;
    }
}
