namespace Nitejar.Migrations.Postgres.Connections;

/// <summary>Connections by names, as psql reads them: PGSERVICEFILE, or .pg_service.conf in the home folder, then that of the system.</summary>
/// <param name="variable">Returns an environment variable.</param>
internal sealed class PostgresServiceFile(Func<string, string?> variable)
{
    private const string Name = "pg_service.conf";

    /// <summary>Where Debian's packages look; others are named by PGSYSCONFDIR.</summary>
    private const string SystemFolder = "/etc/postgresql-common";

    /// <summary>The parameters of a service, in libpq's words.</summary>
    /// <exception cref="FormatException">No file has it; the message is a part of a sentence.</exception>
    public IReadOnlyList<(string Parameter, string Value)> Read(string service)
    {
        string[] files = [.. Files()];
        foreach (var file in files)
        {
            if (Find(file, service) is { } parameters)
            {
                return parameters;
            }
        }

        throw new FormatException($"names a service that is not in {string.Join(" or ", files)}");
    }

    private IEnumerable<string> Files()
    {
        yield return variable("PGSERVICEFILE") is { Length: > 0 } given
            ? given
            : Path.Combine(variable("HOME") ?? "", $".{Name}");
        yield return Path.Combine(
            variable("PGSYSCONFDIR") is { Length: > 0 } folder ? folder : SystemFolder,
            Name
        );
    }

    private static List<(string Parameter, string Value)>? Find(string file, string service)
    {
        try
        {
            var lines = File.Exists(file) ? File.ReadAllLines(file) : [];
            var begin = Array.FindIndex(lines, line => line.Trim() == $"[{service}]");
            return begin < 0 ? null : [.. Parameters(lines.Skip(begin + 1))];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"names a service, and {file} cannot be read");
        }
    }

    private static IEnumerable<(string Parameter, string Value)> Parameters(
        IEnumerable<string> lines
    ) =>
        lines
            .Select(line => line.Trim())
            .TakeWhile(line => !line.StartsWith('['))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split('=', 2, StringSplitOptions.TrimEntries))
            .Select(pair => (pair[0], pair.Length == 2 ? pair[1] : ""));
}
