namespace Nitejar.Migrations.Engine.Statements;

/// <summary>A piece of SQL: an expression, or a whole statement.</summary>
/// <param name="raw">The text as written.</param>
/// <param name="normalize">Returns its normal form.</param>
public sealed class SqlText(string raw, Func<string, string> normalize)
{
    /// <summary>The text as written.</summary>
    public string Raw { get; } = raw;

    /// <summary>
    /// The form in which it is compared, which is SQL of the same meaning. Texts with different meanings never have the same
    /// form; texts with the same meaning have it as far as the kind of database can tell.
    /// </summary>
    public string Normal => field ??= normalize(Raw);

    /// <summary>The text as written.</summary>
    public override string ToString() => Raw;
}
