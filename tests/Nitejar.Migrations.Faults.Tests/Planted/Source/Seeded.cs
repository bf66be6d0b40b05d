using FluentMigrator;

namespace Nitejar.Migrations;

/// <summary>Compiled into a copy of the sources only, as the classes below: the tables that the others fill.</summary>
[Migration(20990102000000)]
public sealed class SeededTables : Migration
{
    /// <inheritdoc />
    public override void Up()
    {
        Execute.Sql("CREATE TABLE role (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)");
        Execute.Sql(
            "CREATE TABLE account (id INTEGER PRIMARY KEY AUTOINCREMENT, role REFERENCES role (id))"
        );
        Execute.Sql("CREATE TABLE team (code TEXT PRIMARY KEY, name TEXT)");
        Execute.Sql(
            "CREATE TABLE member (name TEXT PRIMARY KEY, team REFERENCES team (code) ON DELETE CASCADE)"
        );
        Execute.Sql("CREATE TABLE setting (id INTEGER PRIMARY KEY, role REFERENCES role (id))");
        Execute.Sql("INSERT INTO setting VALUES (1, NULL)");
    }

    /// <inheritdoc />
    public override void Down()
    {
        Execute.Sql("DROP TABLE role");
        Execute.Sql("DROP TABLE account");
        Execute.Sql("DROP TABLE team");
        Execute.Sql("DROP TABLE member");
        Execute.Sql("DROP TABLE setting");
    }
}

/// <summary>Rows whose numbers are generated.</summary>
[Migration(20990103000000)]
public sealed class SeededRoles : Migration
{
    /// <inheritdoc />
    public override void Up()
    {
        Execute.Sql("INSERT INTO role (name) VALUES ('admin')");
        Execute.Sql("INSERT INTO role (name) VALUES ('user')");
    }

    /// <inheritdoc />
    public override void Down()
    {
        Execute.Sql("DELETE FROM role WHERE name = 'user'");
        Execute.Sql("DELETE FROM role WHERE name = 'admin'");
    }
}

/// <summary>A row that refers to one of them by its number, and one with a key of its own.</summary>
[Migration(20990104000000)]
public sealed class SeededAccount : Migration
{
    /// <inheritdoc />
    public override void Up()
    {
        Execute.Sql("INSERT INTO account (role) VALUES (1)");
        Execute.Sql("INSERT INTO team (code, name) VALUES ('core', 'Core')");
    }

    /// <inheritdoc />
    public override void Down()
    {
        Execute.Sql("DELETE FROM team WHERE code = 'core' AND name = 'Core'");
        Execute.Sql("DELETE FROM account WHERE role = 1");
    }
}

/// <summary>A row that a column elsewhere refers to from then on, and one that nothing refers to.</summary>
[Migration(20990105000000)]
public sealed class SeededSetting : Migration
{
    /// <inheritdoc />
    public override void Up()
    {
        Execute.Sql("INSERT INTO role (name) VALUES ('chosen')");
        Execute.Sql("INSERT INTO role (name) VALUES ('spare')");
        Execute.Sql("UPDATE setting SET role = (SELECT id FROM role WHERE name = 'chosen')");
    }

    /// <inheritdoc />
    public override void Down()
    {
        Execute.Sql("UPDATE setting SET role = NULL");
        Execute.Sql("DELETE FROM role WHERE name = 'spare'");
        Execute.Sql("DELETE FROM role WHERE name = 'chosen'");
    }
}

/// <summary>A table with its rows, which the Down deletes before it drops the table, as an AutoReversingMigration does.</summary>
[Migration(20990106000000)]
public sealed class SeededLanguages : AutoReversingMigration
{
    /// <inheritdoc />
    public override void Up()
    {
        Create
            .Table("language")
            .WithColumn("code")
            .AsString()
            .NotNullable()
            .PrimaryKey()
            .WithColumn("name")
            .AsString();
        Insert
            .IntoTable("language")
            .Row(new Dictionary<string, object> { ["code"] = "de", ["name"] = "Deutsch" })
            .Row(new Dictionary<string, object> { ["code"] = "en", ["name"] = "English" });
    }
}
