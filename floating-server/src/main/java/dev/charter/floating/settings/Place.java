package dev.charter.floating.settings;

import dev.charter.store.StoreUrl;
import java.nio.file.Path;

/// Where a server keeps what is its own.
///
/// @param data the data folder
/// @param database which may lie elsewhere
public record Place(Path data, StoreUrl database) {}
