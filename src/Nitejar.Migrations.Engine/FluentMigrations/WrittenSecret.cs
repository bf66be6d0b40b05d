using Nitejar.Migrations.Engine.Databases;

namespace Nitejar.Migrations.Engine.FluentMigrations;

/// <summary>
/// Tells a text that holds the password of the connection, in whatever form. What a migration executes is shown, and kept
/// in the journal.
/// </summary>
/// <param name="connection">What the migration was given.</param>
/// <param name="nowhere">A string that leads nowhere.</param>
/// <param name="evaluate">Returns the text that another string makes; <see langword="null"/> where the migration throws.</param>
internal sealed class WrittenSecret(
    MigrationConnection connection,
    string nowhere,
    Func<string, string?> evaluate
)
{
    /// <summary>Whether the text holds it.</summary>
    public bool IsIn(string sql)
    {
        var elsewhere = evaluate(nowhere);
        if (elsewhere == sql)
        {
            return false;
        }

        // A migration that throws without a database probably connects, which is not tried with a wrong password.
        var without = elsewhere is null ? null : evaluate(connection.WithoutSecret);
        return without != sql
            && (connection.IsIn(sql) || (without is not null && evaluate(connection.Text) == sql));
    }
}
