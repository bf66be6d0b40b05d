using System.Data;
using FluentMigrator;

namespace Nitejar.Migrations.Engine.Statements;

/// <summary>One thing that a migration does.</summary>
public abstract record MigrationOperation;

/// <summary>SQL, one statement or several.</summary>
/// <param name="Sql">Ends with a semicolon.</param>
/// <param name="Line">The line of the migration's SQL on which it starts, from 1.</param>
public sealed record SqlOperation(string Sql, int Line) : MigrationOperation
{
    /// <summary>What a comment in the SQL of a class says where it needs other files, or pragmas that are refused otherwise.</summary>
    public const string Unrestricted = "nitejar-migrate: unrestricted";

    /// <summary>Whether it may use other files and every pragma. Never of SQL that was stored.</summary>
    public bool IsUnrestricted { get; init; }
}

/// <summary>Code that gets the connection (<c>Execute.WithConnection</c>).</summary>
/// <param name="Description">What its author says of it; may be <see langword="null"/>.</param>
/// <param name="Run">The code.</param>
public sealed record CodeOperation(string? Description, Action<IDbConnection, IDbTransaction> Run)
    : MigrationOperation;

/// <summary>What a migration does in one direction on one kind of database.</summary>
/// <param name="Operations">In order.</param>
/// <param name="Sql">All of it as text, code as a comment. This text is shown, stored and checksummed.</param>
/// <param name="AskedDatabase">The migration asked the database something, so that the text can differ elsewhere.</param>
public sealed record MigrationScript(
    IReadOnlyList<MigrationOperation> Operations,
    string Sql,
    bool AskedDatabase
)
{
    private string? _digest;

    /// <summary>What has to hold before it runs; each returns why it does not and what to do, or <see langword="null"/>. Not a part of its SQL.</summary>
    internal IReadOnlyList<
        Func<IMigrationProcessor, (string Reason, string NextStep)?>
    > Preconditions { get; init; } = [];

    /// <summary>What the class asks for and the database cannot do, as clauses; nothing unless the program allows that.</summary>
    internal IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Some of it is code that cannot be stored as SQL.</summary>
    public bool RunsCode => Operations.Any(operation => operation is CodeOperation);

    /// <summary>Some of it may use other files and every pragma, so that only its class may execute it.</summary>
    public bool IsUnrestricted => Operations.Any(o => o is SqlOperation { IsUnrestricted: true });

    /// <summary>SHA-256 of <see cref="Sql"/>, lower-case hexadecimal; <see langword="null"/> where the text can differ from run to run.</summary>
    public string? Checksum => AskedDatabase || RunsCode ? null : Digest;

    /// <summary>SHA-256 of the text for the usual schema, lower-case hexadecimal. It is wanted more than once, and takes time once.</summary>
    internal string Digest => _digest ??= Sha256.HexOf(CanonicalSql ?? Sql);

    /// <summary>The text for the usual schema, where this one is for another: a migration has one checksum in all of them.</summary>
    internal string? CanonicalSql { get; init; }

    /// <summary>The text that earlier releases made of the same migration; <see langword="null"/> where it is <see cref="Sql"/>.</summary>
    internal string? EarlierSql { get; init; }

    /// <summary>Whether the checksum was recorded for this script, by this release or by an earlier one.</summary>
    public bool IsRecordedAs(string checksum) =>
        Checksum is { } current
        && (
            current == checksum || (EarlierSql is { } earlier && Sha256.HexOf(earlier) == checksum)
        );

    /// <summary>The script that was stored when the migration was applied.</summary>
    public static MigrationScript FromStoredSql(string sql) =>
        new(sql.Length == 0 ? [] : [new SqlOperation(sql, Line: 1)], sql, AskedDatabase: false);
}
