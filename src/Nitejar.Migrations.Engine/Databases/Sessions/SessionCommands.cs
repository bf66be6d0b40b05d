using System.Data.Common;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Engine.Databases.Sessions;

/// <summary>Short ways to run a statement of the migrator's own. Parameters are named with an at sign.</summary>
internal static class SessionCommands
{
    /// <summary>Executes a statement.</summary>
    public static void Execute(
        this ISession session,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    ) => session.Connection.Execute(sql, parameters);

    /// <summary>Executes and returns how many rows were inserted, changed or deleted.</summary>
    public static long Change(
        this ISession session,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    ) => session.Connection.Change(sql, parameters);

    /// <summary>The only value of the only row.</summary>
    public static long Number(
        this ISession session,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    ) => session.Connection.Number(sql, parameters);

    /// <summary>Whether a query finds any row.</summary>
    public static bool Any(
        this ISession session,
        string sql,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    ) => session.Connection.Any(sql, parameters);

    /// <summary>Reads all rows that a query finds.</summary>
    /// <inheritdoc cref="DbCommands.Rows" path="/exception"/>
    public static List<T> Query<T>(
        this ISession session,
        string sql,
        Func<DbDataReader, T> row,
        params ReadOnlySpan<(string Name, object? Value)> parameters
    ) => session.Connection.Query(sql, row, parameters);

    /// <summary>How many rows a table has, or how many values that are not NULL one of its columns.</summary>
    public static long Count(this ISession session, StoredTable table, string? column) =>
        column is null ? session.Count(table)
        : table.HasColumns([column])
            ? session.Number($"SELECT count({Identifier.Quote(column)}) FROM {table.Quoted}")
        : 0;

    /// <summary>How many rows a table has.</summary>
    public static long Count(this ISession session, StoredTable table) =>
        session.Number($"SELECT count(*) FROM {table.Quoted}");
}
