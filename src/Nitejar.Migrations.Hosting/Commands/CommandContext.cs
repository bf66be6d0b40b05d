using FluentMigrator;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Catalog;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output;
using Nitejar.Migrations.Hosting.Output.Notes;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands;

/// <summary>What every command is given.</summary>
internal sealed class CommandContext(
    Terminal terminal,
    Func<IEnumerable<(MigrationAttribute, Attribute[], string, Func<IMigration>)>> migrations,
    HostedProgram program
)
{
    private MigrationCatalog? _catalog;
    private IReadOnlyList<string> _libraries = [];

    /// <summary>Where output goes.</summary>
    public Terminal Terminal => terminal;

    /// <summary>The program that was called.</summary>
    public HostedProgram Program { get; private set; } = program;

    /// <summary>What is known of the receipt by now.</summary>
    public ReceiptSubject ReceiptSubject
    {
        get => field ??= ReceiptSubject.Of(Program);
        private set;
    }

    /// <summary>The value of an environment variable; <see langword="null"/> where it is not set.</summary>
    public string? Variable(string name) => Program.Variable(name);

    /// <summary>Means the migrations of libraries instead of those of this binary.</summary>
    /// <param name="files">Their paths.</param>
    public void UseLibraries(IReadOnlyList<string> files)
    {
        Program = Program.ForOthers();
        _libraries = files;
    }

    /// <summary>The migrations of this binary, or of the libraries that are meant instead.</summary>
    /// <exception cref="InvalidRequestException">Two of them share a version, an attribute cannot be evaluated, or a library cannot be used.</exception>
    public MigrationCatalog LoadCatalog()
    {
        try
        {
            return _catalog ??= MigrationCatalog.From(ReadIndex(), Program.VersionTable);
        }
        catch (ArgumentException e)
        {
            throw new InvalidRequestException(
                e.Message,
                "Correct the class and build the program again.",
                e
            );
        }
    }

    private IEnumerable<(MigrationAttribute, Attribute[], string, Func<IMigration>)> ReadIndex()
    {
        if (_libraries.Count == 0)
        {
            return migrations();
        }

        var loaded = Program.Libraries!(_libraries);
        foreach (var warning in loaded.Warnings)
        {
            terminal.Warn(warning);
        }

        return loaded.Index;
    }

    /// <summary>Resolves the settings and passes their warnings on.</summary>
    /// <exception cref="InvalidRequestException">Options, variables or migrations.json are wrong.</exception>
    public Settings Resolve(CommonOptions options)
    {
        using var slowPipe = new WaitNotes(terminal).PipeWait([
            options.ConfigFile,
            options.ConnectionFile,
        ]);
        var settings = SettingsResolver.Resolve(
            options,
            Program with
            {
                VersionTable = LoadCatalog().VersionTable,
            },
            terminal.Redactor
        );
        terminal.Database = settings.Database.Name;
        ReceiptSubject = ReceiptSubject.Of(Program, settings);
        if (settings.Note is { } note)
        {
            terminal.Note(note);
        }

        foreach (var warning in settings.Warnings)
        {
            terminal.Warn(warning);
        }

        return settings;
    }

    /// <summary>The database of the settings, which waits to be answered where <c>--wait</c> says so; nothing is opened.</summary>
    public IDatabase DatabaseOf(Settings settings)
    {
        var database = settings.Database;
        return settings.Wait == TimeSpan.Zero
            ? database
            : new PatientDatabase(
                database,
                settings.Wait,
                until => new WaitNotes(terminal).AnswerWait(database, until)
            );
    }

    /// <summary>Opens the database for a command that only reads, and passes on what has to be known of what is read there.</summary>
    /// <returns><see langword="null"/> where there is none yet.</returns>
    /// <exception cref="DatabaseUnavailableException">It is there and cannot be read.</exception>
    public DatabaseReader? OpenReader(Settings settings, IDatabase database)
    {
        var reader = database.OpenReader(ReadingWaits(settings, database), CancellationToken.None);
        if (reader?.ReadRemark() is { } remark)
        {
            terminal.Note(remark);
        }

        return reader;
    }

    /// <summary>How long a command that only reads waits, how long a read may take, and who hears of it.</summary>
    public TransactionSettings ReadingWaits(Settings settings, IDatabase database) =>
        new(
            settings.LockTimeout,
            settings.StatementTimeout,
            (until, holder) => new WaitNotes(terminal).LockWait(database, until, holder)
        );
}
