using System.Reflection;
using System.Text;
using FluentMigrator.Runner.VersionTableInfo;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting;

/// <summary>Names a program and the databases that it supports.</summary>
public sealed class MigrateHostBuilder
{
    private readonly List<IDatabaseDriver> _drivers = [];
    private readonly List<KeyValuePair<string, string>> _receiptFields = [];
    private string? _description;
    private string? _defaultDatabase;
    private string? _name;
    private string? _variables;
    private VersionTable? _versionTable;
    private Func<IReadOnlyList<string>, LoadedMigrations>? _libraries;

    internal MigrateHostBuilder() { }

    /// <summary>Names the program; without it, it is called as its assembly.</summary>
    /// <param name="program">The name of the command, such as <c>shop-migrate</c>: letters, digits, hyphens.</param>
    /// <param name="description">A sentence for its help.</param>
    /// <exception cref="ArgumentException">No command can have that name, or the sentence is empty.</exception>
    public MigrateHostBuilder Named(string program, string description)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(description);
        Require(program, '-', nameof(program));
        _name = program;
        _description = description;
        return this;
    }

    /// <summary>
    /// Names the environment variables: with <c>SHOP_MIGRATE</c>, <c>SHOP_MIGRATE_CONNECTION</c> wins over
    /// <c>DATABASE_URL</c>. Without it, they begin as the program is called.
    /// </summary>
    /// <exception cref="ArgumentException">No variable can begin so.</exception>
    public MigrateHostBuilder Variables(string prefix)
    {
        Require(prefix, '_', nameof(prefix));
        _variables = prefix;
        return this;
    }

    /// <summary>Names the database where nothing else does: a path, a URL or an ADO.NET string. Without it, <c>app.db</c>.</summary>
    public MigrateHostBuilder DefaultDatabase(string connection)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connection);
        _defaultDatabase = connection;
        return this;
    }

    /// <summary>Adds a kind of database. The first one is meant where a command has no connection, such as <c>script</c>.</summary>
    public MigrateHostBuilder Use(IDatabaseDriver driver)
    {
        ArgumentNullException.ThrowIfNull(driver);
        _drivers.Add(driver);
        return this;
    }

    /// <summary>
    /// Names the table of applied versions, as a project's class for FluentMigrator does. The index finds a public class of
    /// the project with the migrations by itself; this is for one that is elsewhere or one of several.
    /// </summary>
    /// <exception cref="ArgumentException">A name is missing, is there twice, or is that of another table of the migrator.</exception>
    public MigrateHostBuilder VersionTable(IVersionTableMetaData metadata)
    {
        _versionTable = Engine.Databases.Sql.VersionTable.Of(metadata);
        return this;
    }

    /// <summary>Adds a field to every receipt, for programs that expect it.</summary>
    public MigrateHostBuilder ReceiptField(string name, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _receiptFields.Add(new(name, value));
        return this;
    }

    /// <summary>
    /// Adds <c>--assembly</c>, which names libraries whose migrations are meant instead of the program's own. Those have no
    /// field in receipts, no version table and no database that the program names.
    /// </summary>
    /// <param name="load">Reads the files, and throws <see cref="Engine.InvalidRequestException"/> where one cannot be used.</param>
    internal MigrateHostBuilder Libraries(Func<IReadOnlyList<string>, LoadedMigrations> load)
    {
        _libraries = load;
        return this;
    }

    internal HostedProgram Build()
    {
        if (_drivers.Count == 0)
        {
            throw new InvalidOperationException(
                "The program supports no database; add .Use(SqliteDriver.Instance), .Use(PostgresDriver.Instance) or both."
            );
        }

        var assembly = Assembly.GetEntryAssembly()?.GetName();
        var name = _name ?? assembly?.Name ?? "migrate";
        return new HostedProgram(
            name,
            _description ?? "Applies and reverts migrations.",
            assembly?.Version?.ToString(3) ?? "unknown",
            _drivers
        )
        {
            ConnectionVariable = $"{_variables ?? PrefixOf(name)}_CONNECTION",
            DefaultDatabase = _defaultDatabase ?? HostedProgram.UsualDatabase,
            ReceiptFields = _receiptFields,
            VersionTable = _versionTable,
            Libraries = _libraries,
        };
    }

    private static string PrefixOf(string name)
    {
        var prefix = new StringBuilder(name.ToUpperInvariant());
        for (var i = 0; i < prefix.Length; i++)
        {
            prefix[i] = char.IsAsciiLetterOrDigit(prefix[i]) ? prefix[i] : '_';
        }

        return prefix.ToString();
    }

    private static void Require(string name, char separator, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name, parameter);
        if (
            !char.IsAsciiLetter(name[0])
            || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == separator)
        )
        {
            throw new ArgumentException(
                $"\"{name}\" may hold letters, digits and '{separator}', and begins with a letter.",
                parameter
            );
        }
    }
}
