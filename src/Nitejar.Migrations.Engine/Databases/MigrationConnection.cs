namespace Nitejar.Migrations.Engine.Databases;

/// <summary>What migrations read as their <c>ConnectionString</c>. Never shown or stored.</summary>
/// <param name="text">An ADO.NET string for the driver of the database.</param>
/// <param name="secret">The password in it; <see langword="null"/> where it has none.</param>
/// <param name="withoutSecret">The same string with <see cref="Mask"/> for the password.</param>
internal sealed class MigrationConnection(string text, string? secret, string withoutSecret)
{
    /// <summary>What stands for a password, and for each name in a connection that leads nowhere.</summary>
    public const string Mask = "***";

    /// <summary>Shorter ones are in every text, and protect nothing.</summary>
    private const int ShortestSecret = 3;

    /// <summary>An ADO.NET string for the driver of the database.</summary>
    public string Text => text;

    /// <summary>The same string without its password.</summary>
    public string WithoutSecret => withoutSecret;

    /// <summary>Whether it has a password.</summary>
    public bool HasSecret => secret is not null;

    /// <summary>Whether a text has the password in a form in which SQL, a URL or a connection string would have it.</summary>
    public bool IsIn(string sql) =>
        secret is { Length: >= ShortestSecret }
        && (
            sql.Contains(secret, StringComparison.Ordinal)
            || sql.Contains(
                secret.Replace("'", "''", StringComparison.Ordinal),
                StringComparison.Ordinal
            )
            || sql.Contains(Uri.EscapeDataString(secret), StringComparison.Ordinal)
        );

    /// <summary>Returns what an exception says, in a form that may be stored.</summary>
    public string Clean(string message) =>
        IsIn(message) ? $"{Mask} (the message has the password of the connection)" : message;
}
