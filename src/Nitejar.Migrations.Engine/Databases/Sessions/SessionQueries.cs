using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;

namespace Nitejar.Migrations.Engine.Databases.Sessions;

/// <summary>What the primitives of a session come to, for every kind of database.</summary>
internal static class SessionQueries
{
    /// <inheritdoc cref="IReadSession.Run"/>
    public static T Translate<T>(this IReadSession session, Func<T> use)
    {
        T? result = default;
        session.Run(() => result = use());
        return result!;
    }

    /// <inheritdoc cref="IOwnTables.ReadBounded"/>
    public static T ReadBounded<T>(this ISession session, string table, int longest, Func<T> read)
    {
        T? result = default;
        session.Own.ReadBounded(table, longest, () => result = read());
        return result!;
    }

    /// <summary>Whether any object has this name.</summary>
    public static bool IsTaken(this ISession session, string name)
    {
        foreach (var found in session.Tables.ReadObjects())
        {
            if (session.Dialect.Names.Equals(found.Name, name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A column as the model has it; <see langword="null"/> where there is no such column.</summary>
    public static Column? ReadColumn(this ISession session, string table, string column) =>
        session
            .Tables.Read(table)
            ?.Columns.FirstOrDefault(c => session.Dialect.Names.Equals(c.Name, column));

    /// <summary>Whether a table has triggers.</summary>
    public static bool HasTriggers(this ISession session, string table) =>
        session.Tables.Read(table) is { Triggers.Count: > 0 };

    /// <summary>The foreign keys of a table.</summary>
    public static IReadOnlyList<Reference> ReadReferences(this ISession session, string table) =>
        [
            .. (session.Tables.Read(table)?.ForeignKeys ?? [])
                .Concat(session.Rows.ReadPausedKeys(table))
                .Select(key => ReferenceOf(session, key)),
        ];

    /// <summary>Sets a table's counter to at least this number, where it has one.</summary>
    public static void RaiseCounter(this ISession session, string table, long number)
    {
        if (number > (session.Rows.ReadCounter(table) ?? 0))
        {
            session.Rows.SetCounter(table, number);
        }
    }

    private static Reference ReferenceOf(ISession session, ForeignKey key)
    {
        IReadOnlyList<string> referred = [];
        if (session.Tables.Find(key.Table.Name) is { } parent)
        {
            referred =
                key.Referenced.Count == key.Columns.Count ? key.Referenced : parent.PrimaryKey;
            referred = parent.HasColumns(referred) ? referred : [];
        }

        return new Reference(session.Dialect, key.Columns, key.Table.Name, referred);
    }
}
