using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Archives;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.History;
using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Running;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Engine.Trust.Containing.Points;

namespace Nitejar.Migrations.Hosting.Output.Formats;

/// <summary>The engine's terms as people and scripts read them.</summary>
internal static class Words
{
    public static string Of(Direction direction) =>
        direction switch
        {
            Direction.Up => "up",
            Direction.Down => "down",
            _ => throw new ArgumentOutOfRangeException(nameof(direction)),
        };

    public static string Of(MigrationState state) =>
        state switch
        {
            MigrationState.Applied => "applied",
            MigrationState.Pending => "pending",
            MigrationState.NotChosen => "not chosen",
            MigrationState.Unknown => "unknown",
            MigrationState.Adopted => "adopted",
            MigrationState.Interrupted => "interrupted",
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };

    public static string Of(JournalOutcome outcome) =>
        outcome switch
        {
            JournalOutcome.Applied => "applied",
            JournalOutcome.Reverted => "reverted",
            JournalOutcome.Adopted => "adopted",
            JournalOutcome.Accepted => "accepted",
            JournalOutcome.Restored => "restored",
            JournalOutcome.Started => "started",
            JournalOutcome.Executed => "executed",
            _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
        };

    public static string Of(DatabaseProvider provider) =>
        provider switch
        {
            DatabaseProvider.Sqlite => "sqlite",
            DatabaseProvider.Postgres => "postgres",
            _ => throw new ArgumentOutOfRangeException(nameof(provider)),
        };

    public static string Of(LockLevel level) =>
        level switch
        {
            LockLevel.Writers => "writers",
            LockLevel.Everyone => "everyone",
            _ => throw new ArgumentOutOfRangeException(nameof(level)),
        };

    public static string Of(CommitUnit unit) =>
        unit switch
        {
            CommitUnit.Run => "run",
            CommitUnit.Migration => "migration",
            _ => throw new ArgumentOutOfRangeException(nameof(unit)),
        };

    public static string Of(StepState state) =>
        state switch
        {
            StepState.Applied => "applied",
            StepState.Adopted => "adopted",
            StepState.Reverted => "reverted",
            StepState.Undone => "undone",
            StepState.Failed => "failed",
            StepState.NotRun => "not-run",
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };

    public static string Of(ErrorCode code) =>
        code switch
        {
            ErrorCode.MigrationFailed => "migration-failed",
            ErrorCode.Defect => "defect",
            ErrorCode.Usage => "usage",
            ErrorCode.LibraryMissing => "library-missing",
            ErrorCode.CheckFailed => "check-failed",
            ErrorCode.MigrationChanged => "migration-changed",
            ErrorCode.PlanChanged => "plan-changed",
            ErrorCode.VerificationFailed => "verification-failed",
            ErrorCode.Drift => "drift",
            ErrorCode.Locked => "locked",
            ErrorCode.Refused => "refused",
            ErrorCode.RowsWouldBeLost => "rows-would-be-lost",
            ErrorCode.ReferencesWouldBreak => "references-would-break",
            ErrorCode.OutOfOrder => "out-of-order",
            ErrorCode.BreakingChange => "breaking-change",
            ErrorCode.UnknownMigration => "unknown-migration",
            ErrorCode.Irreversible => "irreversible",
            ErrorCode.MigrationInterrupted => "migration-interrupted",
            ErrorCode.ObjectsExist => "objects-exist",
            ErrorCode.Declined => "declined",
            ErrorCode.AdoptionRefused => "adoption-refused",
            ErrorCode.PreconditionFailed => "precondition-failed",
            ErrorCode.DownForbidden => "down-forbidden",
            ErrorCode.Unavailable => "unavailable",
            ErrorCode.Absent => "absent",
            ErrorCode.EmptyFile => "empty-file",
            ErrorCode.Interrupted => "interrupted",
            ErrorCode.TargetsFailed => "targets-failed",
            _ => throw new ArgumentOutOfRangeException(nameof(code)),
        };

    public static string Of(PointLevel level) =>
        level switch
        {
            PointLevel.Note => "note",
            PointLevel.Refusal => "refused",
            _ => throw new ArgumentOutOfRangeException(nameof(level)),
        };

    public static string Of(ArchiveState state) =>
        state switch
        {
            ArchiveState.Kept => "kept",
            ArchiveState.Waiting => "waiting",
            ArchiveState.LeftOver => "left",
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };

    public static string Of(TimeSpan duration) =>
        duration.TotalSeconds >= 60
            ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMinutes:0.0} min")
        : duration.TotalSeconds >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s")
        : string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0.0} ms");

    /// <summary>How long ago something was: <c>3 hours ago</c>.</summary>
    public static string OfAge(TimeSpan age) =>
        age < TimeSpan.Zero ? "in the future by this machine's clock"
        : age.TotalMinutes < 1 ? "less than a minute ago"
        : age.TotalHours < 1 ? $"{Count.Of((long)age.TotalMinutes, "minute")} ago"
        : age.TotalDays < 2 ? $"{Count.Of((long)age.TotalHours, "hour")} ago"
        : $"{Count.Of((long)age.TotalDays, "day")} ago";

    /// <summary>A size as people compare it: 980.1 MB.</summary>
    public static string OfBytes(long bytes) =>
        bytes switch
        {
            >= 1_000_000_000 => string.Create(
                CultureInfo.InvariantCulture,
                $"{bytes / 1e9:0.0} GB"
            ),
            >= 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB"),
            >= 1_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB"),
            _ => Count.Of(bytes, "byte"),
        };

    public static string Of(DateTime? utc) =>
        utc?.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? "-";
}
