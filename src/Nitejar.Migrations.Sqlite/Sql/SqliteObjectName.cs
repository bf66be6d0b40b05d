using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Sqlite.Sql;

/// <summary>Reads the names of objects.</summary>
internal static class SqliteObjectName
{
    /// <summary>A name that may stand behind the name of its schema.</summary>
    public static ObjectName NextObject(ref this SqliteTokens tokens)
    {
        var name = tokens.Next();
        return tokens.Skip(".") ? new ObjectName(name, tokens.Next()) : new ObjectName(null, name);
    }
}
