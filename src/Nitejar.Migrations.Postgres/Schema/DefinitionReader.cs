using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.History.Definitions;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Postgres.Connections;
using Nitejar.Migrations.Postgres.Schema.Catalog;
using Npgsql;
using NpgsqlTypes;

namespace Nitejar.Migrations.Postgres.Schema;

/// <summary>Reads how the objects of a schema are defined, in one round trip, and keeps no lock of them.</summary>
/// <param name="connection">The connection.</param>
internal sealed class DefinitionReader(PostgresConnection connection)
{
    private const string Savepoint = "nitejar_definitions";
    private const string Undo = $"ROLLBACK TO SAVEPOINT {Savepoint}";
    private const string Release = $"RELEASE SAVEPOINT {Savepoint}";

    /// <inheritdoc cref="ITables.ReadDefinitions"/>
    /// <param name="valid">The numbers of constraints that are valid by the end of the transaction.</param>
    public IReadOnlyList<ObjectDefinition>? Read(IEnumerable<string> valid)
    {
        try
        {
            return Read(string.Join(',', valid));
        }
        catch (PostgresException e) when (PostgresErrors.IsBusy(e) || IsOfChange(e))
        {
            if (connection.IsInTransaction)
            {
                connection.Connection.Execute($"{Undo}; {Release}");
            }

            return null;
        }
    }

    private List<ObjectDefinition> Read(string valid)
    {
        using var batch = new NpgsqlBatch(connection.Connection);
        if (connection.IsInTransaction)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"SAVEPOINT {Savepoint}"));
        }

        batch.BatchCommands.Add(Command(DefinitionQueries.Settings, valid));
        batch.BatchCommands.Add(Command(DefinitionQueries.All, valid));
        if (connection.IsInTransaction)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Undo));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(Release));
        }

        using var rows = batch.ExecuteReader();
        rows.NextResult();
        // The version is that of the server, which writes the texts.
        var form = connection.Connection.PostgreSqlVersion.Major.ToString(
            CultureInfo.InvariantCulture
        );
        var definitions = new List<ObjectDefinition>();
        while (rows.Read())
        {
            definitions.Add(
                new ObjectDefinition(
                    KindOf(rows.GetString(0)),
                    rows.GetString(1),
                    rows.GetString(2),
                    rows.GetString(3)
                )
                {
                    Form = form,
                }
            );
        }

        return definitions;
    }

    private NpgsqlBatchCommand Command(string sql, string valid)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (
            var value in (string[])
                [connection.Target.Schema, connection.Target.VersionTableInSchema ?? "", valid]
        )
        {
            command.Parameters.Add(
                new NpgsqlParameter { Value = value, NpgsqlDbType = NpgsqlDbType.Text }
            );
        }

        return command;
    }

    /// <summary>Whether an object was dropped while it was read.</summary>
    private static bool IsOfChange(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.InternalError or PostgresErrorCodes.UndefinedTable;

    private static EffectKind KindOf(string word) =>
        word switch
        {
            "table" => EffectKind.MakeTable,
            "view" => EffectKind.MakeView,
            "index" => EffectKind.MakeIndex,
            "trigger" => EffectKind.MakeTrigger,
            _ => throw PostgresCatalog.Unknown("kind of object", word),
        };
}
