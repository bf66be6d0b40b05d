using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Secrets;

/// <summary>
/// Warns of secrets in the SQL of a migration: the journal keeps that text for ever, also when the row is gone.
/// </summary>
internal static class StoredSecrets
{
    /// <summary>A sentence for each kind of secret that an Up writes, without the secret itself.</summary>
    public static IEnumerable<string> WarningsOf(PlanStep step, MigrationScript script) =>
        step.Direction == Direction.Up
            ? script
                .Operations.OfType<SqlOperation>()
                .SelectMany(operation => KindsIn(operation.Sql))
                .Distinct()
                .Select(kind =>
                    $"{step.Id} writes what looks like {kind}, and VersionJournal keeps its SQL: replace the secret, and have the application write it."
                )
            : [];

    private static List<string> KindsIn(string sql)
    {
        List<string> kinds = [];
        if (MayWrite(sql))
        {
            for (var literals = new WrittenLiterals(sql); literals.MoveNext(); )
            {
                if (KindOf(literals.Column, literals.Text) is { } kind)
                {
                    kinds.Add(kind);
                }
            }
        }

        return kinds;
    }

    private static bool MayWrite(string sql) =>
        sql.Length >= SecretShapes.Shortest
        && (
            sql.Contains("INSERT", StringComparison.OrdinalIgnoreCase)
            || sql.Contains("UPDATE", StringComparison.OrdinalIgnoreCase)
            || sql.Contains("REPLACE", StringComparison.OrdinalIgnoreCase)
        );

    private static string? KindOf(ReadOnlySpan<char> column, ReadOnlySpan<char> text) =>
        SecretShapes.KindOf(text)
        ?? (SecretShapes.IsSecretOf(column, text) ? $"a secret in the column {column}" : null);
}
