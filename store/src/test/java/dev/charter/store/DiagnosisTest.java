package dev.charter.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class DiagnosisTest {
    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "23503", "25P02", "53100"})
    void a_commit_that_the_server_refused_was_not_kept(String state) {
        assertThat(new Diagnosis.OfPostgres(true).ofCommit(new SQLException("refused", state))).isNotInstanceOf(CommitUnknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08007", "40003", "57P01", "58030", "XX000", "none"})
    void a_commit_that_ended_otherwise_may_have_been_kept(String state) {
        assertThat(new Diagnosis.OfPostgres(true).ofCommit(new SQLException("ended", state))).isInstanceOf(CommitUnknown.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE_FULL", "SQLITE_BUSY", "SQLITE_READONLY", "SQLITE_CONSTRAINT_FOREIGNKEY"})
    void a_commit_that_sqlite_refused_was_not_kept(SQLiteErrorCode code) {
        assertThat(new Diagnosis.OfSqlite(true).ofCommit(new SQLiteException("refused", code))).isNotInstanceOf(CommitUnknown.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE_IOERR", "SQLITE_IOERR_FSYNC", "SQLITE_CORRUPT"})
    void a_commit_in_which_the_disk_failed_may_have_been_kept(SQLiteErrorCode code) {
        assertThat(new Diagnosis.OfSqlite(true).ofCommit(new SQLiteException("failed", code))).isInstanceOf(CommitUnknown.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "53100", "57P01", "25006", "40001"})
    void what_passes_is_unavailable(String state) {
        assertThat(new Diagnosis.OfPostgres(true).of(new SQLException("passes", state))).isInstanceOf(StoreUnavailable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"42601", "22003", "42P01"})
    void what_does_not_pass_is_a_plain_fault(String state) {
        assertThat(new Diagnosis.OfPostgres(true).of(new SQLException("stays", state))).isExactlyInstanceOf(StoreFault.class);
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE_FULL", "SQLITE_READONLY", "SQLITE_BUSY", "SQLITE_IOERR_WRITE", "SQLITE_CANTOPEN"})
    void what_passes_on_the_disk_is_unavailable(SQLiteErrorCode code) {
        assertThat(new Diagnosis.OfSqlite(true).of(new SQLiteException("passes", code))).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void reading_has_nothing_that_could_be_kept() {
        assertThat(new Diagnosis.OfPostgres(false).ofCommit(new SQLException("ended", "08006"))).isInstanceOf(StoreUnavailable.class);
    }
}
