using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Output.Formats;

namespace Nitejar.Migrations.Hosting.Commands.Questions;

/// <summary>Says which database a question is about, and what it is: a person at night has several terminals open.</summary>
internal static class QuestionSubject
{
    /// <summary><c>Database: /var/lib/nitejar/nitejar.db (SQLite, 4.1 MB), named by --connection</c></summary>
    public static string Of(Settings settings)
    {
        var source = settings.ConnectionSource ?? "nothing: it is the default";
        var kind = settings.Database.Driver.Name;
        if (settings.Database.File is not { } path)
        {
            return $"Database: {settings.Database.Name} ({kind}), named by {source}";
        }

        var file = new FileInfo(path);
        var size = file.Exists ? Words.OfBytes(file.Length) : "does not exist";
        return $"Database: {file.FullName} ({kind}, {size}), named by {source}";
    }
}
