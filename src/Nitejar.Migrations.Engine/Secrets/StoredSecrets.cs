using Nitejar.Migrations.Engine.Planning;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Secrets;

/// <summary>
/// Warns of secrets in the SQL of a migration: the journal keeps that text for ever, also when the row is gone.
/// </summary>
internal static class StoredSecrets
{
    /// <summary>A sentence for each kind of secret that an Up writes, without the secret itself.</summary>
    public static IReadOnlyList<string> WarningsOf(PlanStep step, MigrationScript script)
    {
        List<string> kinds = [];
        if (step.Direction == Direction.Up)
        {
            foreach (var operation in script.Operations.OfType<SqlOperation>())
            {
                AddKindsIn(operation.Sql, kinds);
            }
        }

        return kinds.ConvertAll(kind =>
            $"{step.Id} writes what looks like {kind}, and VersionJournal keeps its SQL: replace the secret, and have the application write it."
        );
    }

    private static void AddKindsIn(string sql, List<string> kinds)
    {
        if (!MayWrite(sql))
        {
            return;
        }

        for (var literals = new WrittenLiterals(sql); literals.MoveNext(); )
        {
            if (KindOf(literals.Column, literals.Text) is { } kind && !kinds.Contains(kind))
            {
                kinds.Add(kind);
            }
        }
    }

    private static bool MayWrite(string sql) =>
        sql.Length >= SecretShapes.Shortest && SqlVerbs.MayHave(sql, "INSERT", "UPDATE", "REPLACE");

    private static string? KindOf(ReadOnlySpan<char> column, ReadOnlySpan<char> text) =>
        SecretShapes.KindOf(text)
        ?? (SecretShapes.IsSecretOf(column, text) ? $"a secret in the column {column}" : null);
}
