namespace Nitejar.Migrations.Hosting.Output.Targets;

/// <summary>How it ended with one of several targets, in the order in which a report has them: what failed stands last, where a person looks first.</summary>
internal enum TargetState
{
    /// <summary>A run has changed it, or would.</summary>
    Succeeded,

    /// <summary>Nothing is pending.</summary>
    UpToDate,

    /// <summary>A run had nothing to do.</summary>
    NothingToDo,

    /// <summary>Migrations are pending.</summary>
    Pending,

    /// <summary>Not begun, since a signal came before.</summary>
    NotRun,

    /// <summary>It failed; so does a run that a signal ends.</summary>
    Failed,
}

/// <summary>The states as programs read them.</summary>
internal static class TargetStates
{
    public static string Of(TargetState state) =>
        state switch
        {
            TargetState.Succeeded => "succeeded",
            TargetState.UpToDate => "up-to-date",
            TargetState.NothingToDo => "nothing-to-do",
            TargetState.Pending => "pending",
            TargetState.NotRun => "not-run",
            TargetState.Failed => "failed",
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };

    public static AnsiColor ColorOf(TargetState state) =>
        state switch
        {
            TargetState.Succeeded or TargetState.UpToDate => AnsiColor.Green,
            TargetState.NothingToDo => AnsiColor.Gray,
            TargetState.Pending or TargetState.NotRun => AnsiColor.Yellow,
            TargetState.Failed => AnsiColor.Red,
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };
}
