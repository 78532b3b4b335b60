package dev.charter.authority.mail;

import dev.charter.server.settings.FilesOfOwner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Writes each mail as a file, which every mail program opens: for trying things out, and for vendors whose mail goes out in another way. A file is there whole, or not at all; the same
/// mail again is the same file.
final class FolderCarrier implements Carrier {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;

    FolderCarrier(Path folder) {
        this.folder = folder;
    }

    @Override
    public Way way() {
        return new Way() {
            @Override
            public Carried carry(QueuedMail mail) {
                try {
                    FilesOfOwner.makeFolder(folder);
                    FilesOfOwner.write(folder.resolve(TIME.format(mail.createdAt()) + "-" + mail.id() + ".eml"), mail.content().toArray());
                    return new Carried.Done();
                } catch (IOException fault) {
                    return new Carried.Away("the file could not be written: " + fault);
                }
            }

            @Override
            public void close() {}
        };
    }
}
