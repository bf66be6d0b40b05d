namespace Nitejar.Migrations.Engine.Statements;

/// <summary>A piece of SQL: an expression, or a whole statement.</summary>
/// <param name="raw">As it was written.</param>
/// <param name="normalize">Writes it in the one way in which it is compared.</param>
public sealed class SqlText(string raw, Func<string, string> normalize)
{
    /// <summary>As it was written.</summary>
    public string Raw { get; } = raw;

    /// <summary>
    /// What it is compared by: texts that mean the same have the same one as far as the reader of the database can tell,
    /// and texts that mean something else never have.
    /// </summary>
    public string Normal => field ??= normalize(Raw);

    /// <summary>As it was written.</summary>
    public override string ToString() => Raw;
}
