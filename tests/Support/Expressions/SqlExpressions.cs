using FluentMigrator;
using static Nitejar.Tests.Expressions.ExpressionCase;

namespace Nitejar.Tests.Expressions;

/// <summary>SQL as text, as a file, as a resource and in batches; code; conditions and questions.</summary>
internal static class SqlExpressions
{
    /// <summary>A file in the working directory.</summary>
    public const string Script = "script.sql";

    /// <summary>What is in it, and in the resource.</summary>
    public const string ScriptText = """
        -- a script
        INSERT INTO parent VALUES (70, 'script', '$(note)');
        INSERT INTO parent VALUES (71, 'more', NULL)
        """;

    private static readonly Dictionary<string, string> s_parameters = new() { ["note"] = "given" };

    public static IReadOnlyList<ExpressionCase> All { get; } =
    [
        Of(
            "sql",
            m => m.Execute.Sql("INSERT INTO parent VALUES (60, 's', NULL)"),
            m => m.Execute.Sql("DELETE FROM parent WHERE id = 60;")
        ),
        Of(
            "sql-described",
            m => m.Execute.Sql("INSERT INTO parent VALUES (60, 's', NULL);", "why")
        ),
        Of(
            "sql-parameters",
            m => m.Execute.Sql("INSERT INTO parent VALUES (60, '$(note)', NULL)", s_parameters)
        ),
        Of(
            "sql-several",
            m =>
                m.Execute.Sql(
                    "INSERT INTO parent VALUES (60, 'a;b', NULL); /* ; */ DELETE FROM child"
                )
        ),
        Of(
            "sql-comment",
            m =>
            {
                m.Execute.Sql("DELETE FROM child -- all;");
                m.Execute.Sql("DELETE FROM parent");
            }
        ),
        Of("sql-wrong", m => m.Execute.Sql("DELETE FROM nothing")),
        Of("script", m => m.Execute.Script(Script, s_parameters)),
        Of("script-in-folder", m => m.Execute.Script(Path.Combine(".", Script), s_parameters)),
        Of("script-missing", m => m.Execute.Script("missing.sql")),
        Of("resource", m => m.Execute.EmbeddedScript("resource.sql", s_parameters)),
        Of("resource-missing", m => m.Execute.EmbeddedScript("missing.sql")),
        Of(
            "code",
            m =>
                m.Execute.WithConnection(
                    (connection, transaction) =>
                    {
                        using var command = connection.CreateCommand();
                        command.Transaction = transaction;
                        command.CommandText = "INSERT INTO parent VALUES (80, 'code', NULL)";
                        command.ExecuteNonQuery();
                    }
                )
        ) with
        {
            HasSameSql = false,
        },
        Of(
            "if-database",
            m =>
            {
                m.IfDatabase("sqlite").Delete.FromTable("child").Row(new { id = 1 });
                m.IfDatabase("postgres").Execute.Sql("no SQL");
            }
        ),
        Of(
            "if-database-predicate",
            m =>
                m.IfDatabase(name => name.StartsWith("SQL", StringComparison.Ordinal))
                    .Execute.Sql("DELETE FROM child")
        ),
        Of(
            "if-database-delegate",
            m =>
                m.IfDatabase("sqlite")
                    .Delegate(() => m.Execute.Sql("DELETE FROM child WHERE id = 2"))
        ),
        Of(
            "if-database-other",
            m => m.IfDatabase("sqlserver").Alter.Column("note").OnTable("parent").AsString(1)
        ),
        Of(
            "ask-table",
            m =>
                Note(
                    m,
                    m.Schema.Table("parent").Exists(),
                    m.Schema.Table("nothing").Exists(),
                    m.Schema.Schema("main").Table("child").Exists()
                )
        ),
        Of(
            "ask-column",
            m =>
                Note(
                    m,
                    m.Schema.Table("parent").Column("code").Exists(),
                    m.Schema.Table("parent").Column("x").Exists()
                )
        ),
        Of(
            "ask-index",
            m =>
                Note(
                    m,
                    m.Schema.Table("child").Index("ix_child_note").Exists(),
                    m.Schema.Table("parent").Constraint("uc_parent_code").Exists(),
                    m.Schema.Table("child").Constraint("ix_child_note").Exists()
                )
        ),
        Of(
            "ask-others",
            m =>
                Note(
                    m,
                    m.Schema.Schema("main").Exists(),
                    m.Schema.Schema("other").Exists(),
                    m.Schema.Sequence("s").Exists()
                )
        ),
        .. Batches(),
    ];

    /// <summary>GO as FluentMigrator's parser reads it.</summary>
    private static IEnumerable<ExpressionCase> Batches()
    {
        string[] texts =
        [
            "CREATE TABLE g (a)\nGO\nINSERT INTO g VALUES (1)",
            "CREATE TABLE g (a)\ngo\nINSERT INTO g VALUES (1)\nGo\n",
            "CREATE TABLE g (a);\r\nGO\r\nINSERT INTO g VALUES (1);\r\nGO",
            "CREATE TABLE g (a)\n  GO  \nINSERT INTO g VALUES (1)\nGO 3",
            "GO\nCREATE TABLE g (a)\nGO\nGO\n",
            "CREATE TABLE g (a); -- GO\nINSERT INTO g VALUES ('\nGO\n')",
            "CREATE TABLE g (a)\nGO\n-- the rest\nINSERT INTO g VALUES ('a -- b') /* ; */\nGO\n",
            "CREATE TABLE g (a); /*\nGO\n*/ INSERT INTO g VALUES (2)",
            "CREATE TABLE g (\"\nGO\n\" TEXT)",
            "CREATE TABLE g (a)\nGO; INSERT INTO g VALUES (1)",
            "CREATE TABLE g (a) GO",
            "GO",
        ];
        return texts.Select(
            (text, i) => Of($"batches-{i}", m => m.Execute.Sql(text)) with { HasSameSql = false }
        );
    }

    private static void Note(Migration migration, params bool[] answers) =>
        migration.Execute.Sql($"UPDATE parent SET note = '{string.Join(' ', answers)}'");
}
