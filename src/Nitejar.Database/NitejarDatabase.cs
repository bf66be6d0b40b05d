using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider.PostgreSQL;
using LinqToDB.DataProvider.SQLite;
using Microsoft.Data.Sqlite;
using Nitejar.Database.Mapping;

namespace Nitejar.Database;

/// <summary>
/// A connection to Nitejar's database that exposes each table as typed rows. It opens with the first query, is not
/// for use by several threads at once, and closes when disposed.
/// </summary>
public sealed class NitejarDatabase : DataConnection
{
    /// <summary>Connects with options of your own; the mapping of the tables is added to them.</summary>
    /// <exception cref="NotSupportedException">The options name neither SQLite nor PostgreSQL.</exception>
    public NitejarDatabase(DataOptions options)
        : base(options.UseAdditionalMappingSchema(NitejarMapping.Schema)) =>
        Dialect = Dialect.Of(DataProvider.Name);

    /// <summary>Services that Nitejar is connected to.</summary>
    public ITable<Integration> Integrations => this.GetTable<Integration>();

    /// <summary>Agents.</summary>
    public ITable<Agent> Agents => this.GetTable<Agent>();

    /// <summary>Installations of the GitHub App.</summary>
    public ITable<GithubInstallation> GithubInstallations => this.GetTable<GithubInstallation>();

    /// <summary>Repositories that installations reach.</summary>
    public ITable<GithubRepo> GithubRepos => this.GetTable<GithubRepo>();

    /// <summary>What agents may do in repositories.</summary>
    public ITable<AgentRepoCapability> AgentRepoCapabilities =>
        this.GetTable<AgentRepoCapability>();

    internal Dialect Dialect { get; }

    /// <summary>A SQLite file.</summary>
    /// <param name="connectionString">For Microsoft.Data.Sqlite. Foreign keys are on unless it says otherwise.</param>
    public static NitejarDatabase Sqlite(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        builder.ForeignKeys ??= true;
        return new NitejarDatabase(
            new DataOptions().UseSQLite(builder.ToString(), SQLiteProvider.Microsoft)
        );
    }

    /// <summary>A PostgreSQL database, version 13 or newer.</summary>
    /// <param name="connectionString">For Npgsql.</param>
    public static NitejarDatabase Postgres(string connectionString) =>
        new(new DataOptions().UsePostgreSQL(connectionString, PostgreSQLVersion.v13));

    /// <summary>Runs work in one transaction: the open one if there is one, otherwise its own.</summary>
    internal async Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken cancellation)
    {
        // linq2db rolls an open transaction back when another one begins.
        if (Transaction is not null)
            return await work().ConfigureAwait(false);

        var transaction = await BeginTransactionAsync(cancellation).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        var result = await work().ConfigureAwait(false);
        await transaction.CommitAsync(cancellation).ConfigureAwait(false);
        return result;
    }
}
