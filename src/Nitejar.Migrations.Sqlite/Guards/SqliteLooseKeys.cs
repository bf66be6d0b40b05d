using Microsoft.Data.Sqlite;
using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Engine.Databases.Sql;
using Nitejar.Migrations.Engine.Rows;
using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Statements;
using Nitejar.Migrations.Sqlite.Schema;
using SQLitePCL;

namespace Nitejar.Migrations.Sqlite.Guards;

/// <summary>
/// Finds foreign keys that lead nowhere since a run: SQLite looks for the parent only when a row is written, so that
/// the application would be the first to find out. While a run only creates objects, its own tables are all there is to
/// look at; the first other statement has the keys remembered that led nowhere before it.
/// </summary>
internal sealed class SqliteLooseKeys(ISession session, SqliteConnection connection)
{
    private readonly EarlierNames _beforeRun = new(session);
    private readonly HashSet<string> _referring = new(SqliteNames.Comparer);
    private readonly HashSet<string> _newNames = new(SqliteNames.Comparer);
    private HashSet<string>? _looseBefore;

    /// <summary>Notes a statement that is about to be executed.</summary>
    public void Before(Statement statement)
    {
        _beforeRun.Before(statement);
        if (!statement.OnlyAdds)
        {
            Remember();
        }

        foreach (var effect in statement.Effects)
        {
            if (effect.Kind == EffectKind.Refer)
            {
                _referring.Add(effect.Name);
            }
            else if (effect.Kind == EffectKind.RenameTable)
            {
                _newNames.Add(effect.NewName!);
            }
        }
    }

    /// <summary>Notes what the statement has made, renamed or dropped.</summary>
    public void After(Statement statement) => _beforeRun.After(statement);

    /// <summary>Notes that code is about to run, of which nothing is known.</summary>
    public void BeforeCode() => Remember();

    /// <summary>The keys that lead nowhere now and did not before the run.</summary>
    public IReadOnlyList<LooseKey> Read()
    {
        var tables = _looseBefore is null
            ? _beforeRun.Made.Where(_referring.Contains)
            : session.Tables.ReadNames();
        var loose = new List<LooseKey>();
        foreach (var table in tables)
        {
            loose.AddRange(NewlyLoose(table));
        }

        return loose;
    }

    private IEnumerable<LooseKey> NewlyLoose(string table)
    {
        var keys = KeysOf(table);
        if (keys.Exists(IsWithoutParent))
        {
            return keys.Where(key => IsWithoutParent(key) && !WasLoose(IdentityThen(key)))
                .Select(WithoutParent);
        }

        return MismatchOf(keys) is { } mismatch && !WasLoose(_beforeRun.OfTable(table) ?? table)
            ? [WithoutKey(table, mismatch)]
            : [];
    }

    private void Remember()
    {
        if (_looseBefore is not null)
        {
            return;
        }

        _looseBefore = new HashSet<string>(SqliteNames.Comparer);
        foreach (
            var table in session.Tables.ReadNames().Where(t => _beforeRun.OfTable(t) is not null)
        )
        {
            // SQLite names one mismatch of a table, so that of the others nobody can say which one it is.
            var keys = KeysOf(table);
            var loose = keys.FindAll(IsWithoutParent);
            if (loose.Count == 0 && MismatchOf(keys) is not null)
            {
                loose = keys;
            }

            foreach (var key in loose)
            {
                _looseBefore.Add(table);
                _looseBefore.Add(Identity(table, key.Columns));
            }
        }
    }

    private bool WasLoose(string identity) => _looseBefore?.Contains(identity) == true;

    /// <summary>The key's identity before the run, which may have renamed its table and columns.</summary>
    private string IdentityThen(Key key) =>
        Identity(
            _beforeRun.OfTable(key.Table) ?? key.Table,
            key.Columns.Select(column => _beforeRun.OfColumn(key.Table, column) ?? column)
        );

    /// <summary>Without the parent: columns that led nowhere do not lead anywhere else for its being renamed.</summary>
    private static string Identity(string table, IEnumerable<string> columns) =>
        string.Join('\0', [table, .. columns]);

    /// <summary>A view is no parent either.</summary>
    private bool IsWithoutParent(Key key) => !session.Tables.Exists(key.Parent);

    private LooseKey WithoutParent(Key key) =>
        new(
            key.Table,
            $"{key.Table} ({string.Join(", ", key.Columns)}) refers to {key.Parent}, and there is no such table",
            _newNames.Contains(key.Parent)
                ? "SQLite lets references follow a table that is renamed away: make the new table under another name, drop the old one and then rename the new one, or use RebuildTable."
                : $"Let the migration create {key.Parent}, or drop or change what refers to it."
        );

    private static LooseKey WithoutKey(string table, string mismatch) =>
        new(
            table,
            mismatch,
            "The columns that are referred to need a PRIMARY KEY or a UNIQUE index over exactly them."
        );

    /// <summary>The keys in the order of their declaration; SQLite counts from the one that was declared last.</summary>
    private List<Key> KeysOf(string table)
    {
        var parts = connection.Query(
            $"PRAGMA main.foreign_key_list({Identifier.Quote(table)})",
            row => new KeyPart(row.GetInt32(0), row.GetString(2), row.GetString(3))
        );
        var keys = new List<Key>();
        for (var id = parts.Count == 0 ? -1 : parts.Max(part => part.Id); id >= 0; id--)
        {
            var columns = parts.FindAll(part => part.Id == id);
            keys.Add(new Key(table, columns.ConvertAll(part => part.From), columns[0].Parent));
        }

        return keys;
    }

    /// <summary>
    /// SQLite's words when a parent has no key that fits; <see langword="null"/> where all have one. It finds out when
    /// the check is prepared, so no row is read.
    /// </summary>
    private string? MismatchOf(List<Key> keys)
    {
        if (keys.Count == 0)
        {
            return null;
        }

        var code = raw.sqlite3_prepare_v2(
            connection.Handle,
            $"PRAGMA main.foreign_key_check({Identifier.Quote(keys[0].Table)})",
            out var prepared
        );
        using (prepared)
        {
            if (code == raw.SQLITE_ERROR)
            {
                return raw.sqlite3_errmsg(connection.Handle).utf8_to_string();
            }

            SqliteException.ThrowExceptionForRC(code, connection.Handle);
            return null;
        }
    }

    /// <summary>A column of a key.</summary>
    private sealed record KeyPart(int Id, string Parent, string From);

    private sealed record Key(string Table, IReadOnlyList<string> Columns, string Parent);
}
