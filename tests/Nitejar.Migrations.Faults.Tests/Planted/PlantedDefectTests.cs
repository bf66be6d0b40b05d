using Nitejar.Migrations.Faults.Tests.Faults.Cuts;
using Nitejar.Migrations.Faults.Tests.Faults.Disks;
using Nitejar.Migrations.Faults.Tests.Faults.Histories;
using Nitejar.Migrations.Faults.Tests.Faults.Races;
using Nitejar.Migrations.Faults.Tests.Faults.Rows;
using Nitejar.Migrations.Faults.Tests.Faults.Security;
using Nitejar.Migrations.Faults.Tests.Faults.Servers;
using Nitejar.Migrations.Faults.Tests.Harness;
using Nitejar.Migrations.Faults.Tests.Harness.Images;
using Nitejar.Migrations.Faults.Tests.Harness.Processes;
using Nitejar.Migrations.Faults.Tests.Harness.Servers;

namespace Nitejar.Migrations.Faults.Tests.Planted;

/// <summary>Each kind of check proves that it can fail: it finds a defect that was planted for it.</summary>
[NonParallelizable]
public sealed class PlantedDefectTests
{
    /// <summary>Defect, what the check says of it, and the check.</summary>
    private static readonly Case[] Cases =
    [
        new(
            "version-outside-transaction",
            "between before and after",
            rig => KilledAtAnyInstant.Check(rig, Scenario.Named("up, Delete"))
        ),
        new(
            "version-outside-transaction",
            "",
            rig => KilledAtAnyInstant.Check(rig, Scenario.Named("down, Wal"))
        ),
        new(
            "success-before-commit",
            "reported success",
            rig => KilledAtAnyInstant.Check(rig, Scenario.Named("up, Delete"))
        ),
        new("file-not-flushed", "", rig => PowerCut.Check(rig, Scenario.Named("up, Delete"))),
        new("file-not-flushed", "", rig => PowerCut.Check(rig, Scenario.Named("down, Wal"))),
        new("file-not-flushed", "", rig => PowerCut.Check(rig, Scenario.Named("up on no file"))),
        new(
            "folder-not-flushed",
            "reported success",
            rig => PowerCut.Check(rig, Scenario.Named("down, Delete"))
        ),
        new(
            "folder-not-flushed",
            "reported success",
            rig => PowerCut.Check(rig, Scenario.Named("up on no file"))
        ),
        new("receipt-not-flushed", "half a receipt", PrivateFiles.CheckCuts),
        new(
            "commit-error-swallowed",
            "the database after",
            rig => DiskErrors.Check(rig, Scenario.Named("up, Delete"))
        ),
        new("commit-error-swallowed", "", rig => DiskFull.CheckRun(rig, JournalMode.Wal)),
        new("history-before-lock", "exit code", ManyRunners.CheckQueue),
        new("new-file-overwrites", "", rig => ManyRunners.CheckStarts(rig, null)),
        new(
            "lock-file",
            "went on after",
            rig => LockHolderDies.CheckKilled(rig, JournalMode.Delete, "")
        ),
        new(
            "opened-beside-SQLite",
            "drops its lock",
            rig => DatabaseDescriptors.CheckLocks(rig, JournalMode.Delete)
        ),
        new("endless-lock-wait", "hangs", LockHolderDies.CheckStopped),
        new("exclusive-mode", "exit code 5", LongReader.Check),
        new("recreates-garbage", "exit code 0", rig => DamagedFiles.CheckStrange(rig, "text")),
        new("recreates-garbage", "", DamagedFiles.CheckMutations),
        new("status-writes", "exit code", rig => ReadOnlyFiles.CheckFile(rig, JournalMode.Delete)),
        new(
            "tampered-history-accepted",
            "exit code 0",
            rig => TamperedHistory.Check(rig, "a version twice", JournalMode.Delete)
        ),
        new(
            "word-guessed",
            "exit code 0",
            rig => TamperedHistory.CheckJournal(rig, TamperedHistory.NewerOutcome)
        ),
        new("adopted-reverted", "exit code 0", Adoptions.CheckAdopted),
        new(
            "adopts-anything",
            "exit code 0",
            rig => Adoptions.CheckRefused(rig, "NOT NULL UNIQUE", "NOT NULL")
        ),
        new(
            "undrained-batch",
            "the database after",
            rig => FailingStep.CheckDown(rig, "behind rows")
        ),
        new(
            "commits-each-step",
            "the database after",
            rig => FailingStep.CheckDown(rig, "no such table")
        ),
        new(
            "commits-each-statement",
            "the database after",
            rig => FailingStep.CheckCollision(rig, JournalMode.Wal)
        ),
        new(
            "references-unchecked",
            "the database after",
            rig => LostRows.Check(rig, "a parent is deleted beside a DROP", JournalMode.Wal)
        ),
        new(
            "rows-unchecked",
            "the database after",
            rig => LostRows.Check(rig, "a trigger deletes", JournalMode.Delete)
        ),
        new(
            "keys-unchecked",
            "the database after",
            rig => LooseKeys.Check(rig, "a parent is dropped", JournalMode.Wal)
        ),
        new(
            "keys-unchecked",
            "the database after",
            rig =>
                LooseKeys.Check(
                    rig,
                    "a child is made after its parent was renamed",
                    JournalMode.Delete
                )
        ),
        new("unknown-skipped", "VersionInfo", UnknownMigration.CheckDown),
        new(
            "signal-ignored",
            "still there",
            rig => Interrupted.CheckLongStatement(rig, JournalMode.Delete)
        ),
        new("signal-ignored", "still there", Interrupted.CheckWaiting),
        new(
            "signals-released",
            "the database after",
            rig => Interrupted.CheckCalls(rig, Scenario.Named("up, Delete"))
        ),
        new(
            "deletion-unchecked",
            "exit code 0",
            rig => DamagedFiles.CheckIndex(rig, JournalMode.Wal)
        ),
        new(
            "permission-unchecked",
            "the files",
            rig => ReadOnlyFiles.CheckFileAlone(rig, JournalMode.Wal)
        ),
        new("order-by-clock", "", WrongClock.CheckHistory),
        new("reads-everything", "MiB", rig => LargeDatabase.Check(rig, JournalMode.Delete)),
        new("usage-error-ignored", "", HostileInput.CheckArguments),
        new("stack-trace", "a stack trace", HostileInput.CheckConfigurations),
        new("redactor-off", "k4nari", Secrets.CheckConnections),
        new("redactor-off", "k4nari", Secrets.CheckReceipt),
        new("secret-forms-unknown", "k4nari", Secrets.CheckForms),
        new("secret-forms-unknown", "k4nari", Secrets.CheckMisplaced),
        new("writes-through-link", "", PrivateFiles.CheckLink),
        new("writes-through-link", "half", PrivateFiles.CheckKills),
        new("world-readable", "may be read", PrivateFiles.CheckMode),
        new("backup-not-flushed", "", PrivateFiles.CheckCuts),
        new("backup-not-flushed", "", rig => PowerCut.Check(rig, Scenario.Named("down, Wal"))),
        new("mode-by-name", "SetUser", rig => ExchangedFiles.Check(rig, "restore")),
        new(
            "owner-by-name",
            "what is outside",
            rig => ExchangedFiles.CheckEveryCall(rig, "restore")
        ),
        new(
            "owner-by-name",
            "what is outside",
            rig => ExchangedFiles.CheckEveryCall(rig, "new database")
        ),
        new("owner-forgotten", "owner, group and mode", FileOwners.CheckRestore),
        new("owner-forgotten", "", FileOwners.CheckNew),
        new("owner-forgotten", "exit code 0", FileOwners.CheckRefusal),
        new(
            "copy-reopened-by-name",
            "what is outside",
            rig => ExchangedFiles.CheckEveryCall(rig, "backup --to")
        ),
        new("copy-reopened-by-name", "", rig => ExchangedFiles.CheckEveryCall(rig, "new database")),
        new("name-published", "was published", rig => ExchangedFiles.CheckEveryCall(rig, "backup")),
        new("name-published", "was published", rig => ExchangedFiles.CheckAll(rig, "receipt")),
        new("folder-link-followed", "exit code 0", LinkedFolders.Check),
        new("file-link-followed", "exit code 0", LinkedFiles.CheckDatabase),
        new("wrong-value-repeated", "k4nari", Secrets.CheckConfigurations),
        new("leftovers-forgotten", "neither in", LostRows.CheckArchive),
        new(
            "consent-to-any-plan",
            "the database after",
            rig => ChangedBeforeAnswer.Check(rig, "the SQL has changed", JournalMode.Delete)
        ),
        new(
            "consent-to-any-loss",
            "the database after",
            rig => ChangedBeforeAnswer.Check(rig, "there are more rows", JournalMode.Wal)
        ),
        new(
            "empty-table-forgotten",
            "not expected",
            rig => SeededRows.Check(rig, "a table is emptied")
        )
        {
            Migrations = PlantedMigrations.Seeds,
        },
        new("deleted-rows-forgotten", "", rig => SeededRows.Check(rig, "nothing"))
        {
            Migrations = PlantedMigrations.Seeds,
        },
        new("cascade-unwatched", "", rig => SeededRows.Check(rig, "rows go with a seed"))
        {
            Migrations = PlantedMigrations.Seeds,
        },
        new("seeds-stay", "", rig => SeededRows.Check(rig, "seeds are edited"))
        {
            Migrations = PlantedMigrations.Seeds,
        },
        new(
            "counter-runs-on",
            "sqlite_sequence",
            rig => SeededRows.Check(rig, "rows refer to seeds")
        )
        {
            Migrations = PlantedMigrations.Seeds,
        },
        new(
            "approved-sql-unchecked",
            "exit code 6, expected 4",
            rig => StalePlans.Check(rig, "the SQL has changed", JournalMode.Wal)
        ),
        new(
            "approved-rows-unchecked",
            "the database after",
            rig => StalePlans.Check(rig, "there are more rows", JournalMode.Delete)
        ),
        new(
            "approved-basis-unchecked",
            "the database after",
            rig => StalePlans.Check(rig, "a table has changed", JournalMode.Wal)
        ),
        new("needed-seeds-removed", "exit code 1", SeededRows.CheckNeeded)
        {
            Migrations = PlantedMigrations.Seeds,
        },
        new("needed-seeds-bring-others", "spare", SeededRows.CheckNeeded)
        {
            Migrations = PlantedMigrations.Seeds,
        },
        new("changed-up-ignored", "en English", SeededRows.CheckChanged)
        {
            Migrations = PlantedMigrations.Seeds,
        },
        new("archive-not-superseded", "Hochdeutsch", SeededRows.CheckSuperseded)
        {
            Migrations = PlantedMigrations.Seeds,
        },
        new(
            "waiting-rows-left-over",
            "",
            rig => SeededRows.CheckOneByOne(rig, "rows refer to seeds")
        )
        {
            Migrations = PlantedMigrations.Seeds,
        },
        new(
            "edited-seed-fails",
            "exit code 1",
            rig => SeededRows.Check(rig, "a seed is edited so that the Down misses it")
        )
        {
            Migrations = PlantedMigrations.Seeds,
        },
        new("actions-off", "exit code 1", rig => ActionsOfKeys.CheckDelete(rig, JournalMode.Wal)),
        new("actions-for-rebuilds", "", ActionsOfKeys.CheckRebuild),
        new("updates-untold", "exit code 0", ActionsOfKeys.CheckUpdate),
        new("files-attached", "", rig => StoredSql.CheckOutside(rig, "an existing file")),
        new(
            "commits-each-statement",
            "table mine",
            rig => StoredSql.CheckWithoutConsent(rig, "a library")
        ),
        new("pragmas-unwatched", "", rig => StoredSql.CheckOutside(rig, "no journal")),
        new("journal-takes-transaction", "exit code 0", StoredSql.CheckTransaction),
        new("stored-down-believed", "exit code 0", StoredSql.CheckOtherDown),
        new(
            "executed-not-counted",
            "",
            rig => WithoutTransaction.CheckKills(rig, JournalMode.Delete)
        )
        {
            Migrations = PlantedMigrations.Alone,
        },
        new("names-are-letters", "exit code", rig => NamesAndMarks.CheckTable(rig, "vowel signs")),
        new(
            "names-are-letters",
            "the database after",
            rig => NamesAndMarks.CheckColumn(rig, "a surrogate pair")
        ),
        new(
            "mark-is-no-blank",
            "the archive",
            rig => NamesAndMarks.CheckDrop(rig, "at the beginning")
        ),
        new(
            "mark-is-no-blank",
            "the database after",
            rig => NamesAndMarks.CheckEnd(rig, "\uFEFFCOMMIT;")
        ),
        new("mark-is-no-blank", "exit code 1", NamesAndMarks.CheckOutside),
        new(
            "journal-from-view",
            "exit code 0",
            rig => HostileSchema.Check(rig, "a view as the journal")
        ),
        new(
            "foreign-trigger-fires",
            "exit code 0",
            rig => HostileSchema.Check(rig, "a trigger of the history")
        ),
        new("cells-unchecked", "exit code 0", HostileSchema.CheckCells),
        new("reads-without-timeout", "expected 7", HostileSchema.CheckTimeout),
        new("rows-uncounted", "exit code 0", rig => CrowdedTables.Check(rig, "versions")),
        new("rows-uncounted", "exit code 0", rig => CrowdedTables.Check(rig, "entries")),
        new("words-uncounted", "exit code 0", rig => CrowdedTables.Check(rig, "words")),
        new(
            "migrations-uncounted",
            "exit code 0",
            rig => CrowdedTables.Check(rig, "migrations in the journal")
        ),
        new("journal-held", "MiB", CrowdedTables.CheckLongest),
        new("tags-ignored", "applied without its tag", AskedByClasses.CheckTag),
        new("breaking-applied", "exit code 0", AskedByClasses.CheckBreaking)
        {
            Migrations = PlantedMigrations.Asking,
        },
        new("rows-without-columns", "nothing was said", AskedByClasses.CheckRows)
        {
            Migrations = PlantedMigrations.Asking,
        },
        new(
            "verify-blind-to-schema",
            "exit code 0",
            rig => Verified.CheckWrong(rig, PlantedMigrations.KeepsIndex)
        )
        {
            Migrations = PlantedMigrations.KeepsIndex,
        },
        new(
            "verify-blind-to-rows",
            "exit code 0",
            rig => Verified.CheckWrong(rig, PlantedMigrations.ChangesValue)
        )
        {
            Migrations = PlantedMigrations.ChangesValue,
        },
        new("scratch-left", "left: ", Verified.CheckInterrupted),
        new(
            "reopened-by-name",
            "what is outside",
            rig => ExchangedFiles.CheckEveryCall(rig, "restore over a sound database")
        ),
        new(
            "lost-commit-taken-for-failed",
            "exit code 7",
            rig => LostCommits.Check(rig, CommitCut.After)
        ),
        new(
            "lost-commit-taken-for-done",
            "exit code 0",
            rig => LostCommits.Check(rig, CommitCut.Before)
        ),
        new("commit-told-by-its-row", "exit code 7", LostCommits.CheckStandby),
        new("no-lock-on-server", "exit code", ManyRunnersOnServer.Check),
        new("no-lock-behind-pooler", "exit code", ManyRunnersOnServer.CheckPooled),
        new("lock-of-session-behind-pooler", "1 locks", PooledSessions.Check),
        new("settings-left-behind-pooler", "exit code 7", PooledSessions.Check),
        new("archive-open-to-others", "another role reads", ArchivedRights.Check),
        new("lease-not-read", "exit code", Leases.CheckStopped),
        new("lease-over-by-clock-of-client", "exit code 0", Leases.CheckClock),
        new("lease-kept-in-silence", "exit code 0", Leases.CheckHeartbeat),
        new(
            "timeline-not-looked-at",
            "lost when another server took over",
            Failovers.CheckLostCommit
        ),
        new("failure-stops-others", "the other schema", ManySchemas.Check),
        new("schemas-not-compared", "the schema that was reverted", ManySchemas.Check),
        new("waits-in-line", "a reader waits", BusyTables.Check),
        new(
            "clients-not-looked-for",
            "the lock is held",
            rig => KilledRunners.Check(rig, "SELECT pg_sleep", isStopped: false)
        ),
        new(
            "interrupted-executed-again",
            "exit code",
            rig => InterruptedIndexes.Check(rig, Interruption.EndSession)
        ),
        new(
            "invalid-index-taken-for-made",
            "the index",
            rig => InterruptedIndexes.Check(rig, Interruption.EndSession)
        ),
    ];

    private static IEnumerable<TestCaseData> CaseNumbers =>
        Cases.Select(
            (one, index) => new TestCaseData(index).SetArgDisplayNames($"{index}: {one.Defect}")
        );

    [TestCaseSource(nameof(CaseNumbers))]
    public void It_is_found(int number)
    {
        var one = Cases[number];
        var defect = PlantedDefects.All.Single(d => d.Name == one.Defect);
        var found = Find(one, defect);
        Assert.That(found, Is.Not.Null, $"{defect} was not found");
        TestContext.Out.WriteLine(found!.Message);
        Assert.That(found.Message, Does.Contain(one.Says));
        if (Rig.OfEnvironment().IsLong)
        {
            // Else it might be the way in which the program was built that is found.
            Assert.That(Find(one, defect: null)?.Message, Is.Null);
        }
    }

    [Test]
    public void Every_defect_has_a_check() =>
        Assert.That(
            PlantedDefects.All.Select(defect => defect.Name),
            Is.EquivalentTo(Cases.Select(one => one.Defect).Distinct())
        );

    private static FaultFound? Find(Case one, PlantedDefect? defect)
    {
        try
        {
            one.Check(new Rig(ProgramOf(one, defect), Thoroughness.Planted, seed: 1));
            return null;
        }
        catch (FaultFound found)
        {
            return found;
        }
    }

    private static MigrateProgram ProgramOf(Case one, PlantedDefect? defect) =>
        one.Migrations is { } migrations
            ? SharedPlantedProgram.Instance.With(defect, migrations)
            : SharedPlantedProgram.Instance.With(defect);

    /// <param name="Defect">Which is switched on.</param>
    /// <param name="Says">What the check says of it.</param>
    /// <param name="Check">The check that finds it.</param>
    private sealed record Case(string Defect, string Says, Action<Rig> Check)
    {
        /// <summary>Which of <see cref="PlantedMigrations"/> the program needs; <see langword="null"/> for none.</summary>
        public string? Migrations { get; init; }
    }
}
