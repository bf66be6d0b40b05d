using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Sqlite.Guards;

/// <summary>What SQLite does not check during a run.</summary>
internal sealed class SqliteDeferredChecks(ISession session, SqliteConnection connection)
    : IDeferredChecks
{
    private readonly SqliteDanglingRows _rows = new(session.Tables, connection);
    private readonly SqliteLooseKeys _keys = new(session, connection);
    private SqliteUsableObjects? _usable;

    public void Before(Statement statement) => _keys.Before(statement);

    public void After(Statement statement) => _keys.After(statement);

    public void BeforeCode() => _keys.BeforeCode();

    public void Remember()
    {
        _rows.Remember();
        _usable = new SqliteUsableObjects(connection);
    }

    public void RequireReferences(IReadOnlySet<string> rebuilt) => _rows.Require(rebuilt);

    public void RequireUsable(IReadOnlySet<string> words) => _usable!.Check(words);

    public IReadOnlyList<LooseKey> ReadLooseKeys() => _keys.Read();
}
