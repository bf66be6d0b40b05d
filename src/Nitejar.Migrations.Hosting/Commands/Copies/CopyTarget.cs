using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Engine.Reading;
using Nitejar.Migrations.Hosting.Commands.Shows;
using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Commands.Copies;

/// <summary>A database of a kind that is copied into files.</summary>
/// <param name="Settings">How it is reached.</param>
/// <param name="Database">The database.</param>
/// <param name="Copies">Its copies.</param>
internal sealed record CopyTarget(Settings Settings, IDatabase Database, ICopies Copies)
{
    /// <summary>Resolves the settings, and waits until the database answers where that was asked for.</summary>
    /// <param name="context">The command's.</param>
    /// <param name="options">As they stand on the command line.</param>
    /// <param name="instead">What to use for PostgreSQL, as a command.</param>
    /// <exception cref="InvalidRequestException">The settings are wrong, or name a database of another kind.</exception>
    public static CopyTarget Resolve(CommandContext context, CommonOptions options, string instead)
    {
        var settings = context.Resolve(options);
        var database = settings.Database;
        if (database.Copies is not { } copies)
        {
            throw new InvalidRequestException(
                $"{database.Name} is a {database.Driver.Name} database, which has tools of its own for that.",
                $"Use `{instead}`."
            );
        }

        AwaitAnswer(context, settings);
        return new CopyTarget(settings, database, copies);
    }

    private static void AwaitAnswer(CommandContext context, Settings settings)
    {
        if (settings.Wait > TimeSpan.Zero)
        {
            Showing.Run(context, () => Probe(context, settings));
        }
    }

    private static ExitCode Probe(CommandContext context, Settings settings)
    {
        var database = context.DatabaseOf(settings);
        try
        {
            using var reader = database.OpenReader(
                context.ReadingWaits(settings, database),
                CancellationToken.None
            );
        }
        catch (DatabaseUnavailableException e) when (!e.MayPass)
        {
            // It answers. What it is, is the command's affair: a restore replaces what is damaged.
        }

        return ExitCode.Success;
    }
}
