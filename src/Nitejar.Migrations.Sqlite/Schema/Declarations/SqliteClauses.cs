using Nitejar.Migrations.Engine.Schemas.Constraints;
using Nitejar.Migrations.Engine.Statements;

namespace Nitejar.Migrations.Sqlite.Schema.Declarations;

/// <summary>Reads clauses that constraints of columns and of tables share.</summary>
internal static class SqliteClauses
{
    /// <summary>Reads <c>ON CONFLICT ...</c> if that comes next; else returns <see langword="null"/>.</summary>
    public static ConflictRule? TakeConflict(SqliteCursor cursor)
    {
        if (!cursor.Skip("ON") || !cursor.Skip("CONFLICT"))
        {
            return null;
        }

        var rule =
            cursor.Is("ROLLBACK") ? ConflictRule.Rollback
            : cursor.Is("FAIL") ? ConflictRule.Fail
            : cursor.Is("IGNORE") ? ConflictRule.Ignore
            : cursor.Is("REPLACE") ? ConflictRule.Replace
            : ConflictRule.Abort;
        cursor.Pass();
        return rule;
    }

    /// <summary>Reads a foreign key, starting after REFERENCES.</summary>
    public static ForeignKey TakeReference(SqliteCursor cursor, string? name, List<string> columns)
    {
        var parent = new ObjectName(null, cursor.TakeName());
        var referenced = cursor.Is("(") ? SqlitePartParser.TakeNames(cursor) : [];
        var key = new ForeignKey(columns, parent, referenced) { Name = name };
        while (cursor.Is("ON") || cursor.Is("MATCH"))
        {
            if (cursor.Skip("MATCH"))
            {
                // SQLite parses MATCH and ignores it.
                cursor.Pass();
                continue;
            }

            cursor.Skip("ON");
            var isDelete = cursor.Is("DELETE");
            var isUpdate = cursor.Is("UPDATE");
            cursor.Pass();
            var action = TakeAction(cursor);
            key = key with
            {
                OnDelete = isDelete ? action : key.OnDelete,
                OnUpdate = isUpdate ? action : key.OnUpdate,
            };
        }

        return key;
    }

    /// <summary>Adds <c>[NOT] DEFERRABLE ...</c> to the key if that comes next.</summary>
    public static ForeignKey TakeDeferral(SqliteCursor cursor, ForeignKey key)
    {
        var isNot = cursor.Skip("NOT");
        if (!cursor.Skip("DEFERRABLE"))
        {
            return key;
        }

        var isDeferred = cursor.Skip("INITIALLY") && cursor.Is("DEFERRED");
        if (isDeferred || cursor.Is("IMMEDIATE"))
        {
            cursor.Pass();
        }

        return key with
        {
            Deferral =
                isNot ? Deferral.NotDeferrable
                : isDeferred ? Deferral.InitiallyDeferred
                : Deferral.InitiallyImmediate,
        };
    }

    private static ReferentialAction TakeAction(SqliteCursor cursor)
    {
        var isSet = cursor.Skip("SET");
        _ = cursor.Skip("NO");
        var action =
            cursor.Is("NULL") && isSet ? ReferentialAction.SetNull
            : cursor.Is("DEFAULT") ? ReferentialAction.SetDefault
            : cursor.Is("CASCADE") ? ReferentialAction.Cascade
            : cursor.Is("RESTRICT") ? ReferentialAction.Restrict
            : ReferentialAction.NoAction;
        cursor.Pass();
        return action;
    }
}
