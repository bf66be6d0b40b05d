using Nitejar.Migrations.Engine.Databases.Sql;

namespace Nitejar.Migrations.Engine.Databases;

/// <summary>How a script for a reviewer is written for one kind of database.</summary>
/// <param name="Database">The name of the kind.</param>
/// <param name="Now">The expression for the time in UTC.</param>
/// <param name="DialectFor">Writes SQL for the usual schema and a table of applied versions.</param>
internal sealed record ScriptWords(
    string Database,
    string Now,
    Func<VersionTable, IDialect> DialectFor
);
