package dev.charter.format;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// A document's bytes made small for text form and codes (zlib, RFC 1950), and back again within its bounds.
final class Compression {
    private Compression() {}

    static byte[] deflate(byte[] bytes) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            var out = new ByteArrayOutputStream();
            var buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    /// Throws [DocumentRejected] where the bytes are damaged, cut or those of something too large. What follows their end is ignored.
    static byte[] inflate(byte[] compressed) {
        var inflater = new Inflater();
        try {
            inflater.setInput(compressed);
            // One byte more than may be: what fills it is too large, however small it was made.
            var buffer = new byte[SignedDocument.MOST_BYTES + 1];
            int length = 0;
            while (!inflater.finished() && length < buffer.length) {
                int read = inflater.inflate(buffer, length, buffer.length - length);
                if (read == 0 && !inflater.finished()) {
                    throw malformed("The end of the document is missing. Copy it again from the BEGIN line to the END line.");
                }
                length += read;
            }
            if (length > SignedDocument.MOST_BYTES) {
                throw malformed("The document is larger than " + SignedDocument.MOST_BYTES / 1024 + " KiB.");
            }
            return Arrays.copyOf(buffer, length);
        } catch (DataFormatException damaged) {
            throw malformed("The document was damaged on the way: characters were changed or lines are missing. Copy it again, or send it as a file.");
        } finally {
            inflater.end();
        }
    }

    private static DocumentRejected malformed(String message) {
        return new DocumentRejected(Flaw.MALFORMED, message);
    }
}
