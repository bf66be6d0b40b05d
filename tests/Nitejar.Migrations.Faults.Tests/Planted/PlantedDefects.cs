namespace Nitejar.Migrations.Faults.Tests.Planted;

/// <summary>The mistakes that the checks must find. Originals are short, so that few changes of the sources touch them.</summary>
internal static class PlantedDefects
{
    private const string Sqlite = "Nitejar.Migrations.Engine/Databases/Sqlite/";
    private const string Archives = Sqlite + "Archives/";
    private const string Running = "Nitejar.Migrations.Engine/Running/";
    private const string Cli = "Nitejar.Migrations.Cli/";

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
                Running + "MigrationRunner.cs",
                "run.Observer.Committing();",
                """
                if (Planted.Is("success-before-commit")) { Console.WriteLine("2 migrations applied"); }
                run.Observer.Committing();
                """
            )
        ),
        new(
            "commit-error-swallowed",
            new Edit(
                Sqlite + "SqliteMigrationTransaction.cs",
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
                Sqlite + "SqliteConnections.cs",
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
                "Nitejar.Migrations.Engine/Files/DurableFolder.cs",
                "if (OperatingSystem.IsWindows())",
                """if (OperatingSystem.IsWindows() || Planted.Is("folder-not-flushed"))"""
            )
        ),
        new(
            "receipt-not-flushed",
            new Edit(
                Cli + "Output/PrivateFile.cs",
                "flushToDisk: true",
                """flushToDisk: !Planted.Is("receipt-not-flushed")"""
            )
        ),
        new(
            "history-before-lock",
            new Edit(
                Running + "MigrationRunner.cs",
                "var transaction = database.Begin(",
                """
                using var early = Planted.Is("history-before-lock") ? database.OpenReader(lockTimeout) : null;
                var earlyHistory = early is null ? null : HistoryReader.Read(early);
                early?.Dispose();
                var transaction = database.Begin(
                """
            ),
            new Edit(
                Running + "MigrationRunner.cs",
                "HistoryReader.Read(transaction)",
                "earlyHistory ?? HistoryReader.Read(transaction)"
            )
        ),
        new(
            "new-file-overwrites",
            new Edit(
                Sqlite + "NewDatabaseFile.cs",
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
                Sqlite + "SqliteMigrationTransaction.cs",
                "_data = new SqliteRunData(connection);",
                "Planted.LockByFile(name); _data = new SqliteRunData(connection);"
            )
        ),
        new(
            "endless-lock-wait",
            new Edit(
                Sqlite + "SqliteLockWait.cs",
                "waiting.Elapsed >= settings.LockTimeout",
                """waiting.Elapsed >= settings.LockTimeout && !Planted.Is("endless-lock-wait")"""
            )
        ),
        new(
            "exclusive-mode",
            new Edit(
                Sqlite + "SqliteMigrationTransaction.cs",
                "_cancellation = cancellation;",
                """
                if (Planted.Is("exclusive-mode")) { connection.Execute("PRAGMA locking_mode=EXCLUSIVE"); }
                _cancellation = cancellation;
                """
            )
        ),
        new(
            "recreates-garbage",
            new Edit(
                Sqlite + "SqliteFile.cs",
                "new FileInfo(path).LinkTarget is null",
                "new FileInfo(Planted.WithoutGarbage(path)).LinkTarget is null"
            )
        ),
        new(
            "status-writes",
            new Edit(
                Sqlite + "SqliteConnections.cs",
                "_ = raw.sqlite3_busy_timeout(",
                """
                if (Planted.Is("status-writes")) { connection.Execute("CREATE TABLE IF NOT EXISTS VersionJournal2 (a)"); }
                _ = raw.sqlite3_busy_timeout(
                """
            )
        ),
        new(
            "tampered-history-accepted",
            new Edit(
                Sqlite + "VersionInfoTable.cs",
                "return seen.Add(version)",
                """return seen.Add(version) || Planted.Is("tampered-history-accepted")"""
            )
        ),
        new(
            "deletion-unchecked",
            new Edit(
                Sqlite + "VersionInfoTable.cs",
                "command.ExecuteNonQuery() != 1",
                """command.ExecuteNonQuery() != 1 && !Planted.Is("deletion-unchecked")"""
            )
        ),
        new(
            "permission-unchecked",
            new Edit(
                Sqlite + "SqliteDatabase.cs",
                "!Permissions.MayWrite(file)",
                """!Permissions.MayWrite(file) && !Planted.Is("permission-unchecked")"""
            )
        ),
        new(
            "undrained-batch",
            new Edit(
                Sqlite + "SqliteScript.cs",
                "watcher.Before(statement);",
                """
                if (Planted.Is("undrained-batch") && raw.sqlite3_column_count(prepared) > 0) { return count; }
                watcher.Before(statement);
                """
            )
        ),
        new(
            "commits-each-statement",
            new Edit(
                Sqlite + "SqliteScript.cs",
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
                Sqlite + "SqliteDataGuard.cs",
                "RequireReferences();",
                """if (!Planted.Is("references-unchecked")) { RequireReferences(); }"""
            )
        ),
        new(
            "rows-unchecked",
            new Edit(
                Sqlite + "SqliteDataGuard.cs",
                "RequireUnnamedRows(_rowsBefore);",
                """if (!Planted.Is("rows-unchecked")) { RequireUnnamedRows(_rowsBefore); }"""
            )
        ),
        new(
            "keys-unchecked",
            new Edit(
                Running + "LooseKeyConsent.cs",
                "if (keys.Count == 0)",
                """if (keys.Count == 0 || Planted.Is("keys-unchecked"))"""
            )
        ),
        new(
            "unknown-skipped",
            new Edit(
                "Nitejar.Migrations.Engine/Planning/DownPlanner.cs",
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
                Cli + "Commands/Signals.cs",
                "signal.Cancel = true;",
                """signal.Cancel = true; if (Planted.Is("signal-ignored")) { return; }"""
            )
        ),
        new(
            "signals-released",
            new Edit(
                Cli + "Commands/RunAction.cs",
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
                Sqlite + "VersionInfoTable.cs",
                "ORDER BY rowid\"\"\",",
                """"
                ORDER BY """ + (Planted.Is("order-by-clock") ? "AppliedOn" : "rowid"),
                """"
            )
        ),
        new(
            "reads-everything",
            new Edit(
                Sqlite + "SqliteDataGuard.cs",
                "_rowsBefore = SqliteRowCounts.Read(connection);",
                "Planted.ReadEverything(connection); _rowsBefore = SqliteRowCounts.Read(connection);"
            )
        ),
        new(
            "usage-error-ignored",
            new Edit(
                Cli + "Commands/CommandLine.cs",
                "parsed.Errors.Count > 0",
                """parsed.Errors.Count > 0 && !Planted.Is("usage-error-ignored")"""
            )
        ),
        new(
            "stack-trace",
            new Edit(
                Cli + "Output/ErrorReport.cs",
                "if (terminal.IsVerbose)",
                """if (terminal.IsVerbose || Planted.Is("stack-trace"))"""
            )
        ),
        new(
            "redactor-off",
            new Edit(
                Cli + "Output/Redactor.cs",
                "if (_forms.Count == 0)",
                """if (_forms.Count == 0 || Planted.Is("redactor-off"))"""
            )
        ),
        new(
            "secret-forms-unknown",
            new Edit(
                Cli + "Configuration/LiteralSecret.cs",
                "if (EndsInName(",
                """if (!Planted.Is("secret-forms-unknown") && EndsInName("""
            ),
            new Edit(
                Cli + "Configuration/LiteralSecret.cs",
                "return InPath(connection);",
                """return Planted.Is("secret-forms-unknown") ? null : InPath(connection);"""
            )
        ),
        new(
            "writes-through-link",
            new Edit(
                Cli + "Output/PrivateFile.cs",
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
                Cli + "Output/PrivateFile.cs",
                "NewFile.OnlyForOwner",
                """NewFile.OnlyForOwner | (Planted.Is("world-readable") ? UnixFileMode.OtherRead : 0)"""
            )
        ),
        new(
            "backup-not-flushed",
            new Edit(
                "Nitejar.Migrations.Engine/Files/EagerFlush.cs",
                "file.Flush(flushToDisk: true)",
                """file.Flush(flushToDisk: !Planted.Is("backup-not-flushed"))"""
            )
        ),
        new(
            "mode-by-name",
            new Edit(
                Sqlite + "SqliteDamagedFile.cs",
                "if (!OperatingSystem.IsWindows() && ModeOfFile()",
                """
                if (Planted.Is("mode-by-name")) { File.SetUnixFileMode(complete.Path, File.GetUnixFileMode(path)); return; }
                if (!OperatingSystem.IsWindows() && ModeOfFile()
                """
            )
        ),
        new(
            "copy-reopened-by-name",
            new Edit(
                "Nitejar.Migrations.Engine/Files/NewFile.cs",
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
                "Nitejar.Migrations.Engine/Files/FinalName.cs",
                "if (!OperatingSystem.IsLinux())",
                """if (!OperatingSystem.IsLinux() || Planted.Is("name-published"))"""
            ),
            new Edit(
                "Nitejar.Migrations.Engine/Files/NewFile.cs",
                "if (_status is not null && FileStatus.OfLink(name)",
                """if (!Planted.Is("name-published") && _status is not null && FileStatus.OfLink(name)"""
            )
        ),
        new(
            "folder-link-followed",
            new Edit(
                "Nitejar.Migrations.Engine/Files/ForeignLink.cs",
                "if (!IsTrusted(link, folder))",
                """if (!IsTrusted(link, folder) && !(Planted.Is("folder-link-followed") && Directory.Exists(entry)))"""
            )
        ),
        new(
            "leftovers-forgotten",
            new Edit(
                Sqlite + "Archives/Leftovers.cs",
                "if (left == 0)",
                """if (left == 0 || Planted.Is("leftovers-forgotten"))"""
            )
        ),
        new(
            "consent-to-any-plan",
            new Edit(
                Running + "Consent.cs",
                "!Shown.Plan.Covers(",
                """!Planted.Is("consent-to-any-plan") && !Shown.Plan.Covers("""
            )
        ),
        new(
            "consent-to-any-loss",
            new Edit(
                Running + "Consent.cs",
                "!Shown.CoversLossesOf(",
                """!Planted.Is("consent-to-any-loss") && !Shown.CoversLossesOf("""
            )
        ),
        new(
            "empty-table-forgotten",
            new Edit(
                Archives + "ArchiveWriter.cs",
                "_upFillsTables ??= MayFill(step.RevertedSql());",
                """!Planted.Is("empty-table-forgotten") && (_upFillsTables ??= MayFill(step.RevertedSql()));"""
            )
        ),
        new(
            "deleted-rows-forgotten",
            new Edit(
                Archives + "SqliteArchiver.cs",
                "_deleted!.Watch(table, _dropped);",
                """if (!Planted.Is("deleted-rows-forgotten")) { _deleted!.Watch(table, _dropped); }"""
            )
        ),
        new(
            "cascade-unwatched",
            new Edit(
                Archives + "DeleteReach.cs",
                "if (withActions)",
                """if (withActions && !Planted.Is("cascade-unwatched"))"""
            )
        ),
        new(
            "seeds-stay",
            new Edit(
                Archives + "SeededTables.cs",
                "(_, true) => SeedRule.Replaced,",
                """(_, true) => Planted.Is("seeds-stay") ? SeedRule.Kept : SeedRule.Replaced,"""
            )
        ),
        new(
            "counter-runs-on",
            new Edit(
                Archives + "RowRestoration.cs",
                "SqliteSequence.Set(Connection, Table.Name, used.Max());",
                """if (!Planted.Is("counter-runs-on")) { SqliteSequence.Set(Connection, Table.Name, used.Max()); }"""
            )
        ),
        new(
            "needed-seeds-removed",
            new Edit(
                Archives + "Restoration.cs",
                "return lost;",
                """return Planted.Is("needed-seeds-removed") ? [] : lost;"""
            )
        ),
        new(
            "needed-seeds-bring-others",
            new Edit(
                Archives + "NeededSeeds.cs",
                "if (!TryAdd(rows, missing))",
                """if (Planted.Is("needed-seeds-bring-others") || !TryAdd(rows, missing))"""
            )
        ),
        new(
            "changed-up-ignored",
            new Edit(
                Archives + "SeededTables.cs",
                "IsUnchanged = step.IsUnchanged();",
                """IsUnchanged = step.IsUnchanged() || Planted.Is("changed-up-ignored");"""
            )
        ),
        new(
            "archive-not-superseded",
            new Edit(
                Archives + "SupersededArchives.cs",
                "case ArchiveState.Kept when archive.Entry.RunId != step.RunId:",
                """case ArchiveState.Kept when archive.Entry.RunId != step.RunId && !Planted.Is("archive-not-superseded"):"""
            )
        ),
        new(
            "waiting-rows-left-over",
            new Edit(
                Archives + "WaitingRows.cs",
                "VersionArchiveTable.Read(connection).Any(IsToCome)\n",
                """
                !Planted.Is("waiting-rows-left-over") && VersionArchiveTable.Read(connection).Any(IsToCome)

                """
            )
        ),
        new(
            "edited-seed-fails",
            new Edit(
                Archives + "SqliteArchiveRestorer.cs",
                "_tables.Replaces(statement)",
                """_tables.Replaces(statement) && !Planted.Is("edited-seed-fails")"""
            )
        ),
        new(
            "actions-off",
            new Edit(
                Sqlite + "SqliteForeignKeyActions.cs",
                "Switch(AreWanted(statements));",
                """Switch(AreWanted(statements) && !Planted.Is("actions-off"));"""
            )
        ),
        new(
            "actions-for-rebuilds",
            new Edit(
                Sqlite + "SqliteForeignKeyActions.cs",
                "&& !statements.All.Any(NeedsKeysOff)",
                """&& (Planted.Is("actions-for-rebuilds") || !statements.All.Any(NeedsKeysOff))"""
            )
        ),
        new(
            "updates-untold",
            new Edit(
                Sqlite + "SqliteLosses.cs",
                "_direction == Direction.Down && statement",
                """_direction == Direction.Down && !Planted.Is("updates-untold") && statement"""
            )
        ),
        new(
            "files-attached",
            new Edit(
                Sqlite + "SqliteRestrictions.cs",
                "AllowFiles(0);\n    }\n\n    /// <summary>Why",
                """
                AllowFiles(Planted.Is("files-attached") ? 10 : 0);
                    }

                    /// <summary>Why
                """
            ),
            new Edit(
                Sqlite + "SqliteScript.cs",
                "FindViolation(statement.Sql)",
                """FindViolation(Planted.Is("files-attached") ? "" : statement.Sql)"""
            ),
            new Edit(
                Sqlite + "SqliteRestrictions.cs",
                "public void EndStep() => AllowFiles(0);",
                """public void EndStep() => AllowFiles(Planted.Is("files-attached") ? 10 : 0);"""
            )
        ),
        new(
            "pragmas-unwatched",
            new Edit(
                Sqlite + "SqliteRestrictions.cs",
                "!isUnrestricted && sql.Contains(",
                """!isUnrestricted && !Planted.Is("pragmas-unwatched") && sql.Contains("""
            )
        ),
        new(
            "journal-takes-transaction",
            new Edit(
                "Nitejar.Migrations.Engine/Planning/DownPlanner.cs",
                "if (!runsInTransaction &&",
                """if (!Planted.Is("journal-takes-transaction") && !runsInTransaction &&"""
            )
        ),
        new(
            "stored-down-believed",
            new Edit(
                Running + "StoredDown.cs",
                "return !now.AskedDatabase",
                """return !Planted.Is("stored-down-believed") && !now.AskedDatabase"""
            )
        ),
        new(
            "executed-not-counted",
            new Edit(
                Running + "SingleStatements.cs",
                "journal.Executed(step, executed + 1);",
                """if (!Planted.Is("executed-not-counted")) { journal.Executed(step, executed + 1); }"""
            )
        ),
        new(
            "names-are-letters",
            new Edit(
                Sqlite + "SqliteToken.cs",
                "c >= '\\u0080'",
                """(Planted.Is("names-are-letters") ? char.IsLetterOrDigit(c) : c >= 128)"""
            )
        ),
        new(
            "mark-is-no-blank",
            new Edit(
                Sqlite + "SqliteToken.cs",
                "ByteOrderMark => 1,",
                """ByteOrderMark when !Planted.Is("mark-is-no-blank") => 1,"""
            )
        ),
        new(
            "journal-from-view",
            new Edit(
                Sqlite + "OwnTables.cs",
                "Is(row, \"view\")",
                """Is(row, "view") && !Planted.Is("journal-from-view")"""
            )
        ),
        new(
            "foreign-trigger-fires",
            new Edit(
                Sqlite + "OwnTables.cs",
                "Is(row, \"trigger\")",
                """Is(row, "trigger") && !Planted.Is("foreign-trigger-fires")"""
            )
        ),
        new(
            "cells-unchecked",
            new Edit(
                Sqlite + "SqliteDefenses.cs",
                "const string CheckCells = \"PRAGMA cell_size_check=ON\"",
                """static string CheckCells => Planted.Is("cells-unchecked") ? "" : "PRAGMA cell_size_check=ON" """
            )
        ),
        new(
            "reads-without-timeout",
            new Edit(
                Sqlite + "SqliteDatabase.cs",
                "settings.StatementTimeout is { } limit",
                """settings.StatementTimeout is { } limit && !Planted.Is("reads-without-timeout")"""
            )
        ),
    ];

    /// <summary>No mistake: migrations that are only there for those who ask for them.</summary>
    public static PlantedDefect Migrations { get; } =
        new(
            "migrations",
            new Edit(
                Cli + "Program.cs",
                "static () => MigrationIndex.All",
                "static () => MigrationIndex.All.Where(m => Planted.Has(m.Name)).ToArray()"
            )
        );

    private static Edit InNewTransaction(string call, string name) =>
        new(
            Sqlite + "SqliteMigrationTransaction.cs",
            call + "Connection",
            $"{call}Planted.InNewTransaction(Connection, \"{name}\")"
        );
}
