package dev.charter.cli.authority;

import dev.charter.cli.console.CommandFailed;
import dev.charter.cli.console.Console;
import dev.charter.cli.console.Ending;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/// A command of a vendor's that asks an authority: with the options that say which, and a connection that lasts as long as the command.
public abstract class AuthorityCommand implements Callable<Integer> {
    protected final Console console;

    @Mixin
    private AuthorityOptions authority = new AuthorityOptions();

    private Optional<AdminApi> connected = Optional.empty();

    protected AuthorityCommand(Console console) {
        this.console = console;
    }

    /// Does what the command is for.
    protected abstract Ending run();

    /// The authority's API. It is looked for when it is first asked for, so that what is wrong with the command itself is said before. Throws [CommandFailed] where no authority is named, or no
    /// token for it.
    protected final AdminApi api() {
        var api = connected.orElseGet(() -> authority.connect(console));
        connected = Optional.of(api);
        return api;
    }

    @Override
    public final Integer call() {
        try {
            return run().exitCode();
        } finally {
            connected.ifPresent(AdminApi::close);
        }
    }
}
