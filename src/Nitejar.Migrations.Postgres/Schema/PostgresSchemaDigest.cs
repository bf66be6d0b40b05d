using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Schemas;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Schemas.Tables;
using Nitejar.Migrations.Postgres.Sql;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Schema;

/// <summary>Tells whether what a plan works on is still defined as it was. Tables that it does not name may change.</summary>
internal static class PostgresSchemaDigest
{
    /// <inheritdoc cref="IReadSession.DigestSchema"/>
    public static string Of(
        NpgsqlConnection connection,
        string schema,
        string? versionTable,
        IReadOnlyList<string> sqlTexts
    )
    {
        var words = new HashSet<string>();
        foreach (var sql in sqlTexts)
        {
            PostgresStatement.AddWords(sql, words);
        }

        var named = string.Concat(
            Definitions(PostgresSchemaReader.ReadSchema(connection, schema, versionTable))
                .Where(definition => words.Contains(definition.Name.ToLowerInvariant()))
                .Select(definition => $"{definition.Name}\n{definition.Text}\n")
        );

        // As where there is not a database yet.
        return named.Length == 0 ? "" : Sha256.HexOf(named);
    }

    private static IEnumerable<(string Name, string Text)> Definitions(DatabaseSchema schema) =>
        schema
            .Tables.Select(table => (table.Name.Name, TextOf(table)))
            .Concat(
                schema.Views.Select(view =>
                    (
                        view.Name.Name,
                        Join(
                            [view.Definition.Raw],
                            Texts(view.Indexes, view.Triggers, view.OtherParts)
                        )
                    )
                )
            )
            .Concat(schema.Sequences.Select(s => (s.Name.Name, s.Definition.Raw)))
            .Concat(schema.Types.Select(type => (type.Name.Name, type.Definition.Raw)))
            .Concat(
                schema.Routines.Select(routine =>
                    (routine.Name.Name.Split('(')[0], routine.Definition.Raw)
                )
            );

    private static string TextOf(Table table) =>
        Join(
            [table.Definition],
            table.ForeignKeys.Select(key =>
                $"{key.Name} {string.Join(",", key.Columns)} {SchemaWords.Of(key)} {key.IsValidated}"
            ),
            table.Checks.Where(check => !check.IsValidated).Select(check => $"{check.Expression}"),
            Texts(table.Indexes, table.Triggers, table.OtherParts)
        );

    private static IEnumerable<string> Texts(
        IEnumerable<Index> indexes,
        IEnumerable<Trigger> triggers,
        IEnumerable<TablePart> others
    ) =>
        indexes
            .Select(index => $"{index.Definition} {index.IsValid}")
            .Concat(triggers.Select(trigger => trigger.Definition.Raw))
            .Concat(others.Select(part => $"{part} {part.Definition}"));

    private static string Join(params IEnumerable<string>[] texts) =>
        string.Join('\n', texts.SelectMany(text => text));
}
