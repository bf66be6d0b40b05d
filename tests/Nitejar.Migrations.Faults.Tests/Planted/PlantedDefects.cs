namespace Nitejar.Migrations.Faults.Tests.Planted;

/// <summary>The mistakes that the checks must find. Originals are short, so that few changes of the sources touch them.</summary>
internal static class PlantedDefects
{
    public static IReadOnlyList<PlantedDefect> All { get; } =
    [
        new(
            "version-outside-transaction",
            InNewTransaction("VersionInfoTable.Insert(", "version-outside-transaction"),
            InNewTransaction("VersionInfoTable.Delete(", "version-outside-transaction")
        ),
        new(
            "commits-each-step",
            InNewTransaction("VersionJournalTable.Append(", "commits-each-step")
        ),
        new(
            "success-before-commit",
            new Edit(
                "UnitRun",
                "run.Settings.Gate.Committing();",
                """
                if (Planted.Is("success-before-commit")) { Console.WriteLine("2 migrations applied"); }
                run.Settings.Gate.Committing();
                """
            )
        ),
        new(
            "commit-error-swallowed",
            new Edit(
                "SqliteMigrationSession",
                "_transaction.Commit();",
                """
                try { _transaction.Commit(); }
                catch (SqliteException) when (Planted.Is("commit-error-swallowed")) { }
                """
            )
        ),
        new(
            "file-not-flushed",
            new Edit(
                "SqliteConnections",
                "Run(connection, $\"PRAGMA foreign_keys=OFF;",
                """
                if (Planted.Is("file-not-flushed")) { Run(connection, "PRAGMA synchronous=OFF"); }
                Run(connection, $"PRAGMA foreign_keys=OFF;
                """
            )
        ),
        new(
            "folder-not-flushed",
            new Edit(
                "DurableFolder",
                "if (OperatingSystem.IsWindows())",
                """if (OperatingSystem.IsWindows() || Planted.Is("folder-not-flushed"))"""
            )
        ),
        new(
            "receipt-not-flushed",
            new Edit(
                "PrivateFile",
                "flushToDisk: true",
                """flushToDisk: !Planted.Is("receipt-not-flushed")"""
            )
        ),
        new(
            "history-before-lock",
            new Edit(
                "UnitRun",
                "using var transaction = MigrationTransaction.Begin(",
                """
                using var early = Planted.Is("history-before-lock") ? Nitejar.Migrations.Engine.Reading.DatabaseReading.OpenReader(database, run.Settings.LockTimeout) : null;
                var earlyHistory = early is null ? null : HistoryReader.Read(early);
                early?.Dispose();
                using var transaction = MigrationTransaction.Begin(
                """
            ),
            new Edit(
                "UnitRun",
                "HistoryReader.Read(transaction)",
                "earlyHistory ?? HistoryReader.Read(transaction)"
            )
        ),
        new(
            "new-file-overwrites",
            new Edit(
                "NewDatabaseFile",
                "public void Publish()",
                """
                public void Publish()
                {
                    if (Planted.Is("new-file-overwrites")) { System.IO.File.Move(File.Path, _target, overwrite: true); return; }
                    PublishOnce();
                }
                private void PublishOnce()
                """
            )
        ),
        new(
            "lock-file",
            new Edit(
                "SqliteMigrationSession",
                "_actions = new SqliteForeignKeyActions(connection);",
                "Planted.LockByFile(place.Name); _actions = new SqliteForeignKeyActions(connection);"
            )
        ),
        new(
            "opened-beside-SQLite",
            new Edit(
                "SqliteMigrationSession",
                "_actions = new SqliteForeignKeyActions(connection);",
                """if (Planted.Is("opened-beside-SQLite")) { File.OpenRead(connection.DataSource).Dispose(); } _actions = new SqliteForeignKeyActions(connection);"""
            )
        ),
        new(
            "endless-lock-wait",
            new Edit(
                "Waiting",
                "left <= TimeSpan.Zero",
                """left <= TimeSpan.Zero && !Planted.Is("endless-lock-wait")"""
            ),
            new Edit(
                "Waiting",
                "next < left ? next : left",
                """Planted.Is("endless-lock-wait") || next < left ? next : left"""
            )
        ),
        new(
            "exclusive-mode",
            new Edit(
                "SqliteMigrationSession",
                "_lock = new SqliteLockWait(place.Name, settings, cancellation);",
                """
                if (Planted.Is("exclusive-mode")) { connection.Execute("PRAGMA locking_mode=EXCLUSIVE"); }
                _lock = new SqliteLockWait(place.Name, settings, cancellation);
                """
            )
        ),
        new(
            "recreates-garbage",
            new Edit(
                "SqlitePath",
                "new FileInfo(path).LinkTarget is null",
                "new FileInfo(Planted.WithoutGarbage(path)).LinkTarget is null"
            )
        ),
        new(
            "status-writes",
            new Edit(
                "SqliteConnections",
                "_ = raw.sqlite3_busy_timeout(",
                """
                if (Planted.Is("status-writes")) { using var write = connection.CreateCommand(); write.CommandText = "CREATE TABLE IF NOT EXISTS VersionJournal2 (a)"; write.ExecuteNonQuery(); }
                _ = raw.sqlite3_busy_timeout(
                """
            )
        ),
        new(
            "tampered-history-accepted",
            new Edit(
                "VersionInfoTable",
                "return seen.Add(version)",
                """return seen.Add(version) || Planted.Is("tampered-history-accepted")"""
            )
        ),
        new(
            "deletion-unchecked",
            new Edit(
                "VersionInfoTable",
                "command.ExecuteNonQuery() != 1",
                """command.ExecuteNonQuery() != 1 && !Planted.Is("deletion-unchecked")"""
            )
        ),
        new(
            "permission-unchecked",
            new Edit(
                "SqliteDatabase",
                "!Permissions.MayWrite(file)",
                """!Permissions.MayWrite(file) && !Planted.Is("permission-unchecked")"""
            )
        ),
        new(
            "undrained-batch",
            new Edit(
                "SqliteScript",
                "watcher.Before(statement);",
                """
                _isStopped |= Planted.Is("undrained-batch") && raw.sqlite3_column_count(prepared) > 0;
                if (_isStopped) { return; }
                watcher.Before(statement);
                """
            ),
            new Edit(
                "SqliteScript",
                "public void Execute(Statement statement",
                """
                private bool _isStopped;
                public void Execute(Statement statement
                """
            )
        ),
        new(
            "commits-each-statement",
            new Edit(
                "SqliteScript",
                "watcher.After(statement,",
                """
                if (Planted.Is("commits-each-statement")) { raw.sqlite3_exec(database, "COMMIT; BEGIN IMMEDIATE"); }
                watcher.After(statement,
                """
            )
        ),
        new(
            "references-unchecked",
            new Edit(
                "RowGuard",
                "checks?.RequireReferences(_rebuilds.Rebuilt);",
                """if (!Planted.Is("references-unchecked")) { checks?.RequireReferences(_rebuilds.Rebuilt); }"""
            )
        ),
        new(
            "rows-unchecked",
            new Edit(
                "RowGuard",
                "RequireUnnamedRows(_rowsBefore);",
                """if (!Planted.Is("rows-unchecked")) { RequireUnnamedRows(_rowsBefore); }"""
            )
        ),
        new(
            "keys-unchecked",
            new Edit(
                "LooseKeyConsent",
                "if (keys.Count == 0)",
                """if (keys.Count == 0 || Planted.Is("keys-unchecked"))"""
            )
        ),
        new(
            "unknown-skipped",
            new Edit(
                "DownPlanner",
                "steps.Add(Revert(",
                """
                if (!Planted.Is("unknown-skipped") || catalog.Find(history.Applied[index].Version) is not null)
                steps.Add(Revert(
                """
            )
        ),
        new(
            "signal-ignored",
            new Edit(
                "Signals",
                "signal.Cancel = true;",
                """signal.Cancel = true; if (Planted.Is("signal-ignored")) { return; }"""
            )
        ),
        new(
            "signals-released",
            new Edit(
                "DatabaseRun",
                "return result.Failure is OperationCanceledException",
                """
                if (Planted.Is("signals-released")) { Planted.ReleaseSignals(); }
                return result.Failure is OperationCanceledException
                """
            )
        ),
        new(
            "order-by-clock",
            new Edit(
                "VersionInfoTable",
                "var order = OrderOf(",
                """var order = Planted.Is("order-by-clock") ? "AppliedOn" : OrderOf("""
            )
        ),
        new(
            "reads-everything",
            new Edit(
                "RowGuard",
                "_rowsBefore = RowCounts.Read(session);",
                "Planted.ReadEverything(session); _rowsBefore = RowCounts.Read(session);"
            )
        ),
        new(
            "usage-error-ignored",
            new Edit(
                "CommandLine",
                "parsed.Errors.Count > 0",
                """parsed.Errors.Count > 0 && !Planted.Is("usage-error-ignored")"""
            )
        ),
        new(
            "stack-trace",
            new Edit(
                "ErrorReport",
                "if (terminal.IsVerbose)",
                """if (terminal.IsVerbose || Planted.Is("stack-trace"))"""
            )
        ),
        new(
            "redactor-off",
            new Edit(
                "Redactor",
                "if (_forms.Count == 0)",
                """if (_forms.Count == 0 || Planted.Is("redactor-off"))"""
            )
        ),
        new(
            "secret-forms-unknown",
            new Edit(
                "LiteralSecret",
                "if (EndsInName(",
                """if (!Planted.Is("secret-forms-unknown") && EndsInName("""
            ),
            new Edit(
                "LiteralSecret",
                "return InPath(connection);",
                """return Planted.Is("secret-forms-unknown") ? null : InPath(connection);"""
            )
        ),
        new(
            "writes-through-link",
            new Edit(
                "PrivateFile",
                "using var file = NewFile",
                """
                if (Planted.Is("writes-through-link")) { File.WriteAllBytes(path, content); return; }
                using var file = NewFile
                """
            )
        ),
        new(
            "world-readable",
            new Edit(
                "PrivateFile",
                "NewFile.OnlyForOwner",
                """NewFile.OnlyForOwner | (Planted.Is("world-readable") ? UnixFileMode.OtherRead : 0)"""
            )
        ),
        new(
            "backup-not-flushed",
            new Edit(
                "EagerFlush",
                "file.Flush(flushToDisk: true)",
                """file.Flush(flushToDisk: !Planted.Is("backup-not-flushed"))"""
            )
        ),
        new(
            "mode-by-name",
            new Edit(
                "SqliteDamagedFile",
                "if (FileStatus.OfLink(path) is {",
                """
                if (Planted.Is("mode-by-name")) { File.SetUnixFileMode(complete.Path, File.GetUnixFileMode(path)); return; }
                if (FileStatus.OfLink(path) is {
                """
            )
        ),
        new(
            "owner-by-name",
            new Edit(
                "FileOwner",
                "|| ChangeOwner(",
                """
                || Planted.Is("owner-by-name") && Planted.ChangeOwner(file.Path, owner, group) == 0
                || !Planted.Is("owner-by-name") && ChangeOwner(
                """
            )
        ),
        new(
            "owner-forgotten",
            new Edit(
                "FileOwner",
                "is not { } status)",
                """is not { } status || Planted.Is("owner-forgotten"))"""
            )
        ),
        new(
            "copy-reopened-by-name",
            new Edit(
                "NewFile",
                "internal void RequireOpened()",
                """
                internal void RequireOpened()
                {
                    if (!Planted.Is("copy-reopened-by-name")) { RequireOpenedOnce(); }
                }
                private void RequireOpenedOnce()
                """
            )
        ),
        new(
            "name-published",
            new Edit(
                "FinalName",
                "if (!OperatingSystem.IsLinux())",
                """if (!OperatingSystem.IsLinux() || Planted.Is("name-published"))"""
            ),
            new Edit(
                "NewFile",
                "if (_status is not null && FileStatus.OfLink(name)",
                """if (!Planted.Is("name-published") && _status is not null && FileStatus.OfLink(name)"""
            )
        ),
        new(
            "folder-link-followed",
            new Edit(
                "ForeignLink",
                "if (!IsTrusted(link, folder))",
                """if (!IsTrusted(link, folder) && !(Planted.Is("folder-link-followed") && Directory.Exists(entry)))"""
            )
        ),
        new(
            "file-link-followed",
            new Edit(
                "SqlitePath",
                "if (ForeignLink.FindOn(",
                """if (!Planted.Is("file-link-followed") && ForeignLink.FindOn("""
            )
        ),
        new(
            "wrong-value-repeated",
            new Edit(
                "MigrationsJsonReader",
                "must be a duration in quotes,",
                """must be a duration in quotes{(Planted.Is("wrong-value-repeated") ? ", not " + TextOf(ref json) : "")},"""
            )
        ),
        new(
            "leftovers-forgotten",
            new Edit(
                "Leftovers",
                "if (left == 0)",
                """if (left == 0 || Planted.Is("leftovers-forgotten"))"""
            )
        ),
        new(
            "consent-to-any-plan",
            new Edit(
                "Consent",
                "!Shown.Plan.Covers(",
                """!Planted.Is("consent-to-any-plan") && !Shown.Plan.Covers("""
            )
        ),
        new(
            "consent-to-any-loss",
            new Edit(
                "Consent",
                "!Shown.CoversLossesOf(",
                """!Planted.Is("consent-to-any-loss") && !Shown.CoversLossesOf("""
            )
        ),
        new(
            "empty-table-forgotten",
            new Edit(
                "ArchiveWriter",
                "_upFillsTables ??= MayFill(step.RevertedSql());",
                """!Planted.Is("empty-table-forgotten") && (_upFillsTables ??= MayFill(step.RevertedSql()));"""
            )
        ),
        new(
            "deleted-rows-forgotten",
            new Edit(
                "Archiver",
                "_deleted!.Watch(table, _dropped);",
                """if (!Planted.Is("deleted-rows-forgotten")) { _deleted!.Watch(table, _dropped); }"""
            )
        ),
        new(
            "cascade-unwatched",
            new Edit(
                "DeleteReach",
                "if (withActions)",
                """if (withActions && !Planted.Is("cascade-unwatched"))"""
            )
        ),
        new(
            "seeds-stay",
            new Edit(
                "SeededTables",
                "(_, true) => SeedRule.Replaced,",
                """(_, true) => Planted.Is("seeds-stay") ? SeedRule.Kept : SeedRule.Replaced,"""
            )
        ),
        new(
            "counter-runs-on",
            new Edit(
                "RowRestoration",
                "Session.Rows.SetCounter(Table.Name, used.Max());",
                """if (!Planted.Is("counter-runs-on")) { Session.Rows.SetCounter(Table.Name, used.Max()); }"""
            )
        ),
        new(
            "needed-seeds-removed",
            new Edit(
                "Restoration",
                "return lost;",
                """return Planted.Is("needed-seeds-removed") ? [] : lost;"""
            )
        ),
        new(
            "approved-sql-unchecked",
            new Edit(
                "Consent",
                "if (!sofar.Covers(proposed.Plan))",
                """if (!sofar.Covers(proposed.Plan) && !Planted.Is("approved-sql-unchecked"))"""
            )
        ),
        new(
            "approved-rows-unchecked",
            new Edit(
                "Consent",
                "if (!AcceptsGrowth && !shown",
                """if (!AcceptsGrowth && !Planted.Is("approved-rows-unchecked") && !shown"""
            )
        ),
        new(
            "approved-basis-unchecked",
            new Edit(
                "Consent",
                "if (done == 0 && ",
                """if (done == 0 && !Planted.Is("approved-basis-unchecked") && """
            )
        ),
        new(
            "needed-seeds-bring-others",
            new Edit(
                "NeededSeeds",
                "if (!TryAdd(rows, missing))",
                """if (Planted.Is("needed-seeds-bring-others") || !TryAdd(rows, missing))"""
            )
        ),
        new(
            "changed-up-ignored",
            new Edit(
                "SeededTables",
                "IsUnchanged = step.IsUnchanged();",
                """IsUnchanged = step.IsUnchanged() || Planted.Is("changed-up-ignored");"""
            )
        ),
        new(
            "archive-not-superseded",
            new Edit(
                "SupersededArchives",
                "case ArchiveState.Kept when archive.Entry.RunId != step.RunId:",
                """case ArchiveState.Kept when archive.Entry.RunId != step.RunId && !Planted.Is("archive-not-superseded"):"""
            )
        ),
        new(
            "waiting-rows-left-over",
            new Edit(
                "WaitingRows",
                "VersionArchiveTable.Read(session).Any(IsToCome)\n",
                """
                !Planted.Is("waiting-rows-left-over") && VersionArchiveTable.Read(session).Any(IsToCome)

                """
            )
        ),
        new(
            "edited-seed-fails",
            new Edit(
                "ArchiveRestorer",
                "_tables.Replaces(statement)",
                """_tables.Replaces(statement) && !Planted.Is("edited-seed-fails")"""
            )
        ),
        new(
            "actions-off",
            new Edit(
                "SqliteForeignKeyActions",
                "Switch(AreWanted(statements));",
                """Switch(AreWanted(statements) && !Planted.Is("actions-off"));"""
            )
        ),
        new(
            "actions-for-rebuilds",
            new Edit(
                "SqliteForeignKeyActions",
                "&& !statements.All.Any(NeedsKeysOff)",
                """&& (Planted.Is("actions-for-rebuilds") || !statements.All.Any(NeedsKeysOff))"""
            )
        ),
        new(
            "updates-untold",
            new Edit(
                "LossLedger",
                "effect.Kind == EffectKind.Update && ",
                """effect.Kind == EffectKind.Update && !Planted.Is("updates-untold") && """
            )
        ),
        new(
            "files-attached",
            new Edit(
                "SqliteRestrictions",
                "AllowFiles(0);\n    }\n\n    /// <summary>Why",
                """
                AllowFiles(Planted.Is("files-attached") ? 10 : 0);
                    }

                    /// <summary>Why
                """
            ),
            new Edit(
                "SqliteScript",
                "FindViolation(statement.Sql)",
                """FindViolation(Planted.Is("files-attached") ? "" : statement.Sql)"""
            ),
            new Edit(
                "SqliteRestrictions",
                "public void EndStep() => AllowFiles(0);",
                """public void EndStep() => AllowFiles(Planted.Is("files-attached") ? 10 : 0);"""
            )
        ),
        new(
            "pragmas-unwatched",
            new Edit(
                "SqliteRestrictions",
                "!isUnrestricted && sql.Contains(",
                """!isUnrestricted && !Planted.Is("pragmas-unwatched") && sql.Contains("""
            )
        ),
        new(
            "journal-takes-transaction",
            new Edit(
                "DownPlanner",
                "if (!runsInTransaction &&",
                """if (!Planted.Is("journal-takes-transaction") && !runsInTransaction &&"""
            )
        ),
        new(
            "stored-down-believed",
            new Edit(
                "StoredDown",
                "return !now.AskedDatabase",
                """return !Planted.Is("stored-down-believed") && !now.AskedDatabase"""
            )
        ),
        new(
            "executed-not-counted",
            new Edit(
                "SingleStatements",
                "journal.Executed(step, executed + 1);",
                """if (!Planted.Is("executed-not-counted")) { journal.Executed(step, executed + 1); }"""
            )
        ),
        new(
            "names-are-letters",
            // This file is compiled into the migrations too, which do not have Planted.
            new Edit(
                "SqliteToken",
                "c >= '\\u0080'",
                """(Environment.GetEnvironmentVariable("PLANTED_DEFECT") == "names-are-letters" ? char.IsLetterOrDigit(c) : c >= 128)"""
            )
        ),
        new(
            "mark-is-no-blank",
            new Edit(
                "SqliteToken",
                "ByteOrderMark => 1,",
                """ByteOrderMark when Environment.GetEnvironmentVariable("PLANTED_DEFECT") != "mark-is-no-blank" => 1,"""
            )
        ),
        new(
            "journal-from-view",
            new Edit(
                "SqliteOwnTables",
                "Is(row, \"view\")",
                """Is(row, "view") && !Planted.Is("journal-from-view")"""
            )
        ),
        new(
            "foreign-trigger-fires",
            new Edit(
                "SqliteOwnTables",
                "Is(row, \"trigger\")",
                """Is(row, "trigger") && !Planted.Is("foreign-trigger-fires")"""
            )
        ),
        new(
            "cells-unchecked",
            new Edit(
                "SqliteDefenses",
                "const string CheckCells = \"PRAGMA cell_size_check=ON\"",
                """static string CheckCells => Planted.Is("cells-unchecked") ? "" : "PRAGMA cell_size_check=ON" """
            )
        ),
        new(
            "rows-uncounted",
            new Edit(
                "BoundedRead",
                "session.Any(",
                """!Planted.Is("rows-uncounted") && session.Any("""
            )
        ),
        new(
            "words-uncounted",
            new Edit(
                "BoundedRead",
                "words += session.Own.BytesOf(reader);",
                """words += Planted.Is("words-uncounted") ? 0 : session.Own.BytesOf(reader);"""
            )
        ),
        new(
            "migrations-uncounted",
            new Edit(
                "JournalReader",
                "versions.Count > RowLimit.Held",
                """versions.Count > RowLimit.Held && !Planted.Is("migrations-uncounted")"""
            )
        ),
        new(
            "journal-held",
            new Edit(
                "JournalReader",
                "Rows(session, Journaled)",
                """(Planted.Is("journal-held") ? Rows(session, Journaled).ToArray() : Rows(session, Journaled))"""
            )
        ),
        new(
            "word-guessed",
            new Edit(
                "StoredWord",
                "?? throw Unknown(row, column, table)",
                """?? (Planted.Is("word-guessed") ? default(T) : throw Unknown(row, column, table))"""
            )
        ),
        new(
            "adopted-reverted",
            new Edit(
                "DownPlanner",
                "if (journaled is { Outcome: JournalOutcome.Adopted })",
                """if (journaled is { Outcome: JournalOutcome.Adopted } && !Planted.Is("adopted-reverted"))"""
            )
        ),
        new(
            "adopts-anything",
            new Edit(
                "AdoptionSurvey",
                "if (points.All(point => point.Level == PointLevel.Note))",
                """if (points.All(point => point.Level == PointLevel.Note) || Planted.Is("adopts-anything"))"""
            )
        ),
        new(
            "reads-without-timeout",
            new Edit(
                "SqliteDatabase",
                "settings.StatementTimeout is { } limit",
                """settings.StatementTimeout is { } limit && !Planted.Is("reads-without-timeout")"""
            )
        ),
        new(
            "tags-ignored",
            new Edit(
                "Choice",
                "if (!known.Tags.AreChosenBy(request.Tags))",
                """if (!known.Tags.AreChosenBy(request.Tags) && !Planted.Is("tags-ignored"))"""
            )
        ),
        new(
            "breaking-applied",
            new Edit(
                "PlanChecks",
                "if (plan.AllowsBreaking)",
                """if (plan.AllowsBreaking || Planted.Is("breaking-applied"))"""
            )
        ),
        new(
            "rows-without-columns",
            new Edit(
                "RowColumns",
                "if (table is not null)",
                """if (table is not null && !Planted.Is("rows-without-columns"))"""
            )
        ),
        new(
            "verify-blind-to-schema",
            new Edit(
                "StateComparison",
                "difference.Kind != DifferenceKind.ColumnOrder",
                """difference.Kind != DifferenceKind.ColumnOrder && !Planted.Is("verify-blind-to-schema")"""
            )
        ),
        new(
            "verify-blind-to-rows",
            new Edit(
                "StateComparison",
                "var findings = new List<Finding>();",
                """
                var findings = new List<Finding>();
                if (Planted.Is("verify-blind-to-rows")) { return findings; }
                """
            )
        ),
        new(
            "scratch-left",
            new Edit(
                "SqliteScratchDatabase",
                "_folder.Delete(recursive: true);",
                """if (!Planted.Is("scratch-left")) { _folder.Delete(recursive: true); }"""
            )
        ),
        new(
            "reopened-by-name",
            new Edit(
                "SqliteConnections",
                "if (known is not null &&",
                """if (known is not null && !Planted.Is("reopened-by-name") &&"""
            )
        ),
        new(
            "lost-commit-taken-for-failed",
            new Edit(
                "PostgresCommit",
                "return FindOutcome(begun, e);",
                """return Planted.Is("lost-commit-taken-for-failed") ? NotCommitted(Lost("is gone", e)) : FindOutcome(begun, e);"""
            )
        ),
        new(
            "lost-commit-taken-for-done",
            new Edit(
                "PostgresCommit",
                "case \"aborted\":",
                """
                case "aborted":
                    if (Planted.Is("lost-commit-taken-for-done")) { return new CommitResult(CommitOutcome.Committed); }
                """
            )
        ),
        new(
            "commit-told-by-its-row",
            new Edit(
                "PostgresCommit",
                "var status = now.Connection.Query(",
                """
                if (Planted.Is("commit-told-by-its-row")) { return NotCommitted(Lost("is gone", asked.Cause)); }
                var status = now.Connection.Query(
                """
            )
        ),
        new(
            "no-lock-on-server",
            new Edit(
                "PostgresAdvisoryLock",
                "TryTake(\"pg_try_advisory_lock\")",
                """(TryTake("pg_try_advisory_lock") || Planted.Is("no-lock-on-server"))"""
            )
        ),
        new(
            "no-lock-behind-pooler",
            new Edit(
                "PostgresAdvisoryLock",
                "TryTake(\"pg_try_advisory_xact_lock\")",
                """TryTake("pg_try_advisory_xact_lock") || Planted.Is("no-lock-behind-pooler")"""
            )
        ),
        new(
            "lock-of-session-behind-pooler",
            new Edit(
                "PostgresAdvisoryLock",
                "\"pg_try_advisory_xact_lock\"",
                """(Planted.Is("lock-of-session-behind-pooler") ? "pg_try_advisory_lock" : "pg_try_advisory_xact_lock")"""
            )
        ),
        new(
            "settings-left-behind-pooler",
            new Edit(
                "SessionStart",
                "Invariant($\"pg_backend_pid() <> {process}\")",
                """(Planted.Is("settings-left-behind-pooler") ? "false" : Invariant($"pg_backend_pid() <> {process}"))"""
            )
        ),
        new(
            "archive-open-to-others",
            new Edit(
                "StoreRights",
                "if (others.Count > 0)",
                """if (others.Count > 0 && !Planted.Is("archive-open-to-others"))"""
            )
        ),
        new(
            "lease-not-read",
            new Edit(
                "PostgresLease",
                "owner != _owner",
                """owner != _owner && !Planted.Is("lease-not-read")"""
            ),
            new Edit(
                "PostgresLease",
                "throw LeaseTable.Lost(Opened.Target.Name, owner: null);",
                """if (!Planted.Is("lease-not-read")) { throw LeaseTable.Lost(Opened.Target.Name, owner: null); }"""
            )
        ),
        new(
            "lease-over-by-clock-of-client",
            new Edit("LeaseTable", "clock_timestamp() OR", "\" + Planted.Now + \" OR")
        ),
        new(
            "lease-kept-in-silence",
            new Edit(
                "LeaseHeartbeat",
                "if (!_ended.WaitOne(0))",
                """if (!_ended.WaitOne(0) && !Planted.Is("lease-kept-in-silence"))"""
            )
        ),
        new(
            "timeline-not-looked-at",
            new Edit(
                "PostgresCommit",
                "timeline != begun.Timeline",
                """timeline != begun.Timeline && !Planted.Is("timeline-not-looked-at")"""
            )
        ),
        new(
            "failure-stops-others",
            new Edit(
                "TargetLoop",
                "Begin(target);",
                """
                if (Planted.Is("failure-stops-others") && _report.NamesOf(TargetState.Failed).Count > 0)
                {
                    _report.Add(target.Name, TargetOutcome.NotRun);
                    continue;
                }
                Begin(target);
                """
            )
        ),
        new(
            "schemas-not-compared",
            new Edit(
                "TargetPlans",
                "if (different.Count > 1)",
                """if (different.Count > 1 && !Planted.Is("schemas-not-compared"))"""
            )
        ),
        new(
            "waits-in-line",
            new Edit(
                "SessionStart",
                "TimeSpan.FromSeconds(1);",
                """TimeSpan.FromSeconds(Planted.Is("waits-in-line") ? 10 : 1);"""
            )
        ),
        new(
            "clients-not-looked-for",
            new Edit(
                "SessionStart",
                "(\"client_connection_check_interval\", \"1s\")",
                """("client_connection_check_interval", Planted.Is("clients-not-looked-for") ? "0" : "1s")"""
            )
        ),
        new(
            "interrupted-executed-again",
            new Edit(
                "SingleStatements",
                "executed != begun || ",
                """Planted.Is("interrupted-executed-again") || executed != begun || """
            )
        ),
        new(
            "invalid-index-taken-for-made",
            new Edit(
                "PostgresOutcomes",
                "same.Any(index => index.IsValid)",
                """same.Any(index => index.IsValid || Planted.Is("invalid-index-taken-for-made"))"""
            )
        ),
    ];

    /// <summary>No mistake: migrations that are only there for those who ask for them.</summary>
    public static PlantedDefect Migrations { get; } =
        new(
            "migrations",
            new Edit(
                "Program",
                "static () => MigrationIndex.All",
                "static () => MigrationIndex.All.Where(m => Planted.Has(m.Name)).ToArray()"
            )
        );

    private static Edit InNewTransaction(string call, string name) =>
        new(
            "MigrationTransaction",
            call + "_session",
            $"{call}Planted.InNewTransaction(_session, \"{name}\")"
        );
}
