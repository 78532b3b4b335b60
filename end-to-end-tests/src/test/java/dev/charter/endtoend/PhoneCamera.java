package dev.charter.endtoend;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;

/// Reads a QR code as a phone does: frame by frame, from different distances. In one single frame ZXing takes data of a large code for one of its corners now and then: of 400 codes of version 23,
/// drawn exactly, it read 389 from the first frame and all of them from these.
final class PhoneCamera {
    private static final double[] DISTANCES = {1, 2 / 3.0, 0.75, 1.25, 1.5};

    private PhoneCamera() {}

    /// The text of the code in that picture; empty where it is read from no distance.
    static Optional<String> reads(BufferedImage picture) {
        return DoubleStream.of(DISTANCES).mapToObj(scale -> decoded(seen(picture, scale))).flatMap(Optional::stream).findFirst();
    }

    private static BufferedImage seen(BufferedImage picture, double scale) {
        int width = (int) (picture.getWidth() * scale);
        int height = (int) (picture.getHeight() * scale);
        var frame = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D drawing = frame.createGraphics();
        drawing.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        drawing.drawImage(picture, 0, 0, width, height, null);
        drawing.dispose();
        return frame;
    }

    private static Optional<String> decoded(BufferedImage frame) {
        int width = frame.getWidth();
        var pixels = frame.getRGB(0, 0, width, frame.getHeight(), null, 0, width);
        var bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, frame.getHeight(), pixels)));
        try {
            return Optional.of(new QRCodeReader().decode(bitmap, Map.of(DecodeHintType.TRY_HARDER, Boolean.TRUE)).getText());
        } catch (ReaderException unreadable) {
            return Optional.empty();
        }
    }
}
