using System.Data.Common;
using FluentMigrator.Runner;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Tests.Chains;

namespace Nitejar.Migrations.Tests.Chains.Places;

/// <summary>Where the databases of one trial are, and how those of their kind are made, read and copied.</summary>
internal abstract class ChainPlace : IDisposable
{
    /// <summary>What chains are made for.</summary>
    public abstract ChainKind Kind { get; }

    /// <summary>Whether a Down is refused as soon as a statement of it would break a reference, and not at the end of its run.</summary>
    public abstract bool ChecksAtOnce { get; }

    /// <summary>What stands behind the columns of an INSERT that names identifiers which the database gives.</summary>
    public abstract string WithOwnNumbers { get; }

    /// <summary>A new place for databases of a kind.</summary>
    public static ChainPlace Of(ChainKind kind) =>
        kind switch
        {
            ChainKind.Sqlite => new SqliteChainPlace(),
            ChainKind.Postgres => new PostgresChainPlace(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    /// <summary>A database for our engine.</summary>
    public abstract IDatabase Database(string name);

    /// <summary>Tells FluentMigrator's own runner of a database.</summary>
    public abstract void Configure(IMigrationRunnerBuilder builder, string name, bool checks);

    /// <summary>Opens a database as a program of users would, with references checked.</summary>
    public abstract DbConnection Open(string name);

    /// <summary>All that a database holds, but for the migrator's own notes.</summary>
    public abstract ChainDump Dump(string name);

    /// <summary>The rows of one table, values as SQL; none where there is no such table.</summary>
    public abstract IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(
        DbConnection connection,
        string table
    );

    /// <summary>Makes a copy of a database, in the place of one of that name.</summary>
    public abstract void Copy(string name, string copy);

    /// <summary>Whether a reference of a database leads nowhere.</summary>
    public abstract bool IsBroken(string name);

    /// <summary>The tables that hold archived rows.</summary>
    public abstract IReadOnlyList<string> ArchiveTables(DbConnection connection);

    /// <summary>Whether a constraint has refused a statement.</summary>
    public abstract bool IsConstraint(DbException refused);

    public abstract void Dispose();
}
