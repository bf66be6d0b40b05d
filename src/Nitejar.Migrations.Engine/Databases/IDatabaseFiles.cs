namespace Nitejar.Migrations.Engine.Databases;

/// <summary>Recognizes the files of a kind of database, so that nothing else is written in their place.</summary>
public interface IDatabaseFiles
{
    /// <summary>Whether a path is a database or belongs to it by its name, also where nothing is there.</summary>
    /// <param name="path">The path.</param>
    /// <param name="database">The database; <see langword="null"/> for any.</param>
    bool IsPartOf(string path, string? database);

    /// <summary>Whether the content of a file is that of such a database; <see langword="false"/> where it cannot be read.</summary>
    bool IsDatabase(string path);
}
