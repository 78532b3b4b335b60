package dev.charter.server.log;

/// How the log is written.
public enum LogForm { JSON, PLAIN }
