using LinqToDB;
using LinqToDB.Data;
using LinqToDB.DataProvider.PostgreSQL;
using LinqToDB.DataProvider.SQLite;
using Microsoft.Data.Sqlite;
using Nitejar.Database.Configuration;
using Nitejar.Database.Connections;
using Nitejar.Database.Mapping;

namespace Nitejar.Database;

/// <summary>
/// A connection to Nitejar's database that exposes each table as typed rows. It is open when it is made, since it looks
/// which names the tables have, is not for use by several threads at once, and closes when disposed.
/// </summary>
public sealed class NitejarDatabase : DataConnection
{
    /// <summary>Connects with options of your own; the mapping of the tables is added to them.</summary>
    /// <exception cref="NotSupportedException">The options name neither SQLite nor PostgreSQL.</exception>
    /// <exception cref="System.Data.Common.DbException">The database cannot be reached or read.</exception>
    public NitejarDatabase(DataOptions options)
        : base(options)
    {
        try
        {
            Dialect = Dialect.Of(DataProvider.Name);
            Layout = Layout.Of(this.Query<string>(Dialect.Columns).ToHashSet());
            AddMappingSchema(NitejarMapping.Of(Layout, Dialect.Integers));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>
    /// Whether the table is <c>plugin_instances</c>, as in every released Nitejar, rather than <c>integrations</c>.
    /// </summary>
    public bool HasPluginInstances => Layout.HasPluginInstances;

    /// <summary>In which names a new configuration of a GitHub App is written here.</summary>
    public ConfigSpelling ConfigSpelling =>
        HasPluginInstances ? ConfigSpelling.PluginInstances : ConfigSpelling.Integrations;

    /// <summary>Services that Nitejar is connected to.</summary>
    /// <exception cref="InvalidOperationException">The database has <c>plugin_instances</c> instead.</exception>
    public ITable<Integration> Integrations =>
        HasPluginInstances
            ? throw new InvalidOperationException(
                $"This database has the table {Names.PluginInstances.Table}: use {nameof(PluginInstances)}."
            )
            : this.GetTable<Integration>();

    /// <summary>Services that Nitejar is connected to, under the names of released Nitejar.</summary>
    /// <exception cref="InvalidOperationException">The database has <c>integrations</c> instead.</exception>
    public ITable<PluginInstance> PluginInstances =>
        HasPluginInstances
            ? this.GetTable<PluginInstance>()
            : throw new InvalidOperationException(
                $"This database has the table {Names.Integrations.Table}: use {nameof(Integrations)}."
            );

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

    internal Layout Layout { get; }

    /// <summary>Connects to what a text names, in the forms that `nitejar-migrate` takes.</summary>
    /// <param name="connection">
    /// The path of a SQLite file, a URL (<c>sqlite:nitejar.db</c>, <c>postgres://user@host/name</c>) or a connection string
    /// for Microsoft.Data.Sqlite or Npgsql. Relative paths start at the working directory.
    /// </param>
    /// <exception cref="ArgumentException">It is none of these. The message does not repeat it, since it may hold a password.</exception>
    /// <exception cref="System.Data.Common.DbException">The database cannot be reached or read.</exception>
    public static NitejarDatabase Connect(string connection)
    {
        var (isPostgres, text) = ConnectionText.Parse(connection);
        return isPostgres ? Postgres(text) : Sqlite(text);
    }

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
