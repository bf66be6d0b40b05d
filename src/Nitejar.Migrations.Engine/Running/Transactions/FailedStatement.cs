using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Running.Transactions;

/// <summary>What it means for a run that a statement failed.</summary>
internal static class FailedStatement
{
    /// <summary>Whether it failed because something that it names is not there.</summary>
    public static bool MissesObject(StatementException failure) =>
        failure.Fault is StatementFault.ObjectIsMissing or StatementFault.ParentMayBeMissing;

    /// <summary>Whether what was there before the run may be what stopped it.</summary>
    public static bool MayBeObstructed(StatementException failure) =>
        failure.Fault is StatementFault.ObjectIsThere or StatementFault.ParentMayBeMissing;

    /// <summary>Whether it makes what is there, or refers to a table that is not.</summary>
    /// <param name="session">The database as it was before the run.</param>
    /// <param name="failure">How it failed.</param>
    public static bool IsObstructed(ISession session, StatementException failure) =>
        failure.Fault switch
        {
            StatementFault.ObjectIsThere => failure.Effects is [var made, ..]
                && IsThere(session, made),
            StatementFault.ParentMayBeMissing => failure.Effects.Any(effect =>
                effect is { Kind: EffectKind.Refer, Table: { } parent }
                && !session.Tables.Exists(parent.Name)
            ),
            StatementFault.Other
            or StatementFault.KeyIsTaken
            or StatementFault.IsNotUnique
            or StatementFault.HasNoParent
            or StatementFault.ObjectIsMissing => false,
            _ => throw new ArgumentOutOfRangeException(nameof(failure)),
        };

    private static bool IsThere(ISession session, Effect made) =>
        made.Column is { } column
            ? session.ReadColumn(made.Name, column) is not null
            : session.IsTaken(made.Name);
}
