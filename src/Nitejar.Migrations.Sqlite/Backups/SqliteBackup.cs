using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Backups;
using Nitejar.Migrations.Engine.Files;
using Nitejar.Migrations.Sqlite.Connections;
using Nitejar.Migrations.Sqlite.Files;

namespace Nitejar.Migrations.Sqlite.Backups;

/// <summary>Makes backups of one database: each appears under its own name when it is complete and verified, or not at all.</summary>
/// <param name="file">The database's file, which is no symbolic link.</param>
/// <param name="name">What people call it.</param>
internal sealed class SqliteBackup(string file, string name)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Into the folder for backups.</summary>
    /// <inheritdoc cref="ICopies.BackUp" path="/exception"/>
    public BackupResult IntoFolder(
        SqliteSnapshot source,
        BackupSettings settings,
        CopyControl control
    )
    {
        var folder = FolderOf(settings);
        return Translate(
            folder.Path,
            () =>
            {
                folder.Create();
                using var copy = SqliteCopy.FileFor(source, folder.PathAt(DateTime.UtcNow));
                var (bytes, soundness) = SqliteCopy.Fill(copy, source, control);
                return new BackupResult(folder.Add(copy), bytes, _clock.Elapsed)
                {
                    Warning = soundness.Warning,
                };
            }
        );
    }

    /// <inheritdoc cref="ICopies.Prune"/>
    /// <param name="settings">Where they are, and how many stay.</param>
    /// <param name="newest">The one that was just made.</param>
    /// <param name="alsoKept">Another one that stays; <see langword="null"/> for none.</param>
    public IReadOnlyList<string> Prune(
        BackupSettings settings,
        BackupResult newest,
        string? alsoKept = null
    ) => FolderOf(settings).Prune(newest.Path, settings.Keep, alsoKept);

    /// <summary>Under a name that must be free.</summary>
    /// <inheritdoc cref="ICopies.BackUp" path="/exception"/>
    /// <exception cref="RefusedException">The name is taken.</exception>
    /// <exception cref="InvalidRequestException">The name makes no sense.</exception>
    public BackupResult IntoFile(SqliteSnapshot source, string path, CopyControl control)
    {
        var target = Path.GetFullPath(path);
        RequireFree(target, path);
        return Translate(
            path,
            () =>
            {
                using var copy = SqliteCopy.FileFor(source, target);
                var (bytes, soundness) = SqliteCopy.Fill(copy, source, control);
                return FinalName.TryGive(copy, target)
                    ? new BackupResult(target, bytes, _clock.Elapsed)
                    {
                        Warning = soundness.Warning,
                    }
                    : throw Taken(path);
            }
        );
    }

    private SqliteBackupFolder FolderOf(BackupSettings settings) =>
        new(
            Path.GetFullPath(settings.Folder ?? Path.GetDirectoryName(file)!),
            Path.GetFileName(file)
        );

    private void RequireFree(string target, string path)
    {
        if (FileStatus.IsSame(target, file))
        {
            throw new InvalidRequestException(
                $"{path} is the database itself.",
                "Name another file for the backup."
            );
        }

        if (
            SqliteFileNames.DatabaseOf(target) is { } whole
            && (FileStatus.IsSame(whole, file) || File.Exists(whole))
        )
        {
            throw new InvalidRequestException(
                $"SQLite would take {path} for a part of {whole}.",
                "Name another file for the backup."
            );
        }

        if (Directory.Exists(target))
        {
            throw new InvalidRequestException(
                $"{path} is a directory.",
                "Name a file in it, or leave --to out."
            );
        }

        if (!Directory.Exists(Path.GetDirectoryName(target)))
        {
            throw new InvalidRequestException(
                $"The folder of {path} does not exist.",
                "Create the folder or correct the path."
            );
        }

        // Of a dangling link, Exists says that there is nothing.
        if (new FileInfo(target) is { Exists: true } or { LinkTarget: not null })
        {
            throw Taken(path);
        }

        SqliteFile.RequireNoLeftOverJournal(target);
    }

    private static RefusedException Taken(string path) =>
        new(
            $"{path} exists already, and a backup replaces nothing.",
            "Name another file, or move that one away."
        );

    private BackupResult Translate(string place, Func<BackupResult> make)
    {
        try
        {
            return make();
        }
        catch (SqliteException e) when (SqliteErrors.IsBusy(e.SqliteErrorCode))
        {
            throw SqliteErrors.Locked(name, SqliteLockHolder.Find(file), e);
        }
        catch (SqliteException e)
        {
            throw Failed(place, SqliteErrors.Words(e), e);
        }
        catch (Exception e)
            when (e is IOException or UnauthorizedAccessException or CopyNotSoundException)
        {
            throw Failed(place, e.Message.TrimEnd('.'), e);
        }
    }

    private DatabaseUnavailableException Failed(string place, string cause, Exception e) =>
        new(
            $"No backup of {name} could be made in {place}: {cause}.",
            e is ExchangedFileException
                ? ExchangedFileException.NextStep
                : "Free space there or check the permissions, or name another folder (backupDirectory in migrations.json); a run with --no-backup goes on without one.",
            e
        );
}
