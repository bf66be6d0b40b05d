namespace Nitejar.Migrations.Hosting.Configuration.Values;

/// <summary>How a reference to an environment variable is written: <c>${VARIABLE}</c>.</summary>
internal static class ReferenceSyntax
{
    /// <summary>What it begins with; it ends with a brace.</summary>
    public const string Start = "${";

    /// <summary>Whether the text refers to a variable.</summary>
    public static bool IsIn(string text) =>
        text.IndexOf(Start, StringComparison.Ordinal) is var start and >= 0
        && text.IndexOf('}', start) > 0;

    /// <summary>What <c>${VARIABLE:-default}</c> and the like write out as the default.</summary>
    public static IEnumerable<string> DefaultsIn(string text)
    {
        foreach (var behind in text.Split(Start).Skip(1))
        {
            var reference = behind.Split('}')[0];
            yield return reference[NameOf(reference).Length..].TrimStart(':', '-', '=', '+', '?');
        }
    }

    /// <summary>The name that stands at the beginning of a reference, without what follows it.</summary>
    public static string NameOf(string reference) =>
        string.Concat(reference.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
}
