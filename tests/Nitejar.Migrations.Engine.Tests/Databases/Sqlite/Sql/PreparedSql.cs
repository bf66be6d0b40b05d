using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Sql;
using SQLitePCL;

namespace Nitejar.Migrations.Engine.Tests.Databases.Sqlite.Sql;

/// <summary>What SQLite takes for one statement after the other.</summary>
/// <param name="Statements">Up to the first that it refuses.</param>
/// <param name="IsRefused">Whether it refuses one.</param>
internal sealed record PreparedSql(IReadOnlyList<SqliteStatementText> Statements, bool IsRefused)
{
    /// <summary>Prepares the text without executing any of it.</summary>
    public static PreparedSql Of(SqliteConnection connection, string text)
    {
        var statements = new List<SqliteStatementText>();
        var rest = text;
        while (rest.Length > 0)
        {
            var code = raw.sqlite3_prepare_v2(
                connection.Handle,
                rest,
                out var prepared,
                out var tail
            );
            if (code != raw.SQLITE_OK)
            {
                return new PreparedSql(statements, IsRefused: true);
            }

            using (prepared)
            {
                var taken = rest[..^tail.Length];
                if (!prepared.IsInvalid)
                {
                    var line = 1 + text.AsSpan(0, text.Length - rest.Length).Count('\n');
                    statements.Add(
                        new SqliteStatementText(
                            SqlBlanks.Trim(taken),
                            line + SqlBlanks.LeadingLines(taken)
                        )
                    );
                }
            }

            rest = tail;
        }

        return new PreparedSql(statements, IsRefused: false);
    }

    /// <summary>A text for people, with everything outside of ASCII as its number.</summary>
    public static string Shown(string text) =>
        string.Concat(text.Select(c => c is >= ' ' and < '\u007F' ? $"{c}" : $"\\u{(int)c:X4}"));
}
