using System.Text;

namespace Nitejar.Migrations.Engine.Databases.Sqlite;

/// <summary>What a statement's first words say of it.</summary>
internal enum StatementKind
{
    /// <summary>CREATE: adds an object and cannot touch rows that exist.</summary>
    Additive,

    /// <summary>BEGIN, COMMIT, END, ROLLBACK: would end the transaction that holds the run together.</summary>
    TransactionControl,

    /// <summary>Anything else; may touch rows.</summary>
    Other,
}

/// <summary>Classifies statements by their first words.</summary>
internal static class SqliteStatement
{
    public static StatementKind KindOf(ReadOnlySpan<byte> sql)
    {
        var first = NextWord(ref sql);
        if (Is(first, "create"u8))
        {
            return StatementKind.Additive;
        }

        if (Is(first, "rollback"u8))
        {
            // ROLLBACK TO goes back to a savepoint inside the transaction.
            var second = NextWord(ref sql);
            second = Is(second, "transaction"u8) ? NextWord(ref sql) : second;
            return Is(second, "to"u8) ? StatementKind.Other : StatementKind.TransactionControl;
        }

        return Is(first, "begin"u8) || Is(first, "commit"u8) || Is(first, "end"u8)
            ? StatementKind.TransactionControl
            : StatementKind.Other;
    }

    /// <summary>Adds every identifier-like word of the statement, quoted ones without their quotes, in lower case.</summary>
    public static void AddWords(string sql, HashSet<string> words)
    {
        var start = -1;
        for (var i = 0; i <= sql.Length; i++)
        {
            if (i < sql.Length && (char.IsLetterOrDigit(sql[i]) || sql[i] is '_' or '$'))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                words.Add(sql[start..i].ToLowerInvariant());
                start = -1;
            }
        }
    }

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> lowerCase) =>
        Ascii.EqualsIgnoreCase(word, lowerCase);

    private static ReadOnlySpan<byte> NextWord(ref ReadOnlySpan<byte> sql)
    {
        SkipBlanksAndComments(ref sql);
        var length = 0;
        while (length < sql.Length && char.IsAsciiLetter((char)sql[length]))
        {
            length++;
        }

        var word = sql[..length];
        sql = sql[length..];
        return word;
    }

    private static void SkipBlanksAndComments(ref ReadOnlySpan<byte> sql)
    {
        while (true)
        {
            sql = sql.TrimStart(" \t\r\n\f;"u8);
            if (sql.StartsWith("--"u8))
            {
                var end = sql.IndexOf((byte)'\n');
                sql = end < 0 ? [] : sql[end..];
            }
            else if (sql.StartsWith("/*"u8))
            {
                var end = sql.IndexOf("*/"u8);
                sql = end < 0 ? [] : sql[(end + 2)..];
            }
            else
            {
                return;
            }
        }
    }
}
