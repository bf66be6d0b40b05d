using LinqToDB.Data;

namespace Nitejar.Database.Tests.Layouts;

/// <summary>Gives a migrated database the names of released Nitejar.</summary>
internal static class Rename
{
    public static void Follow(NitejarDatabase database)
    {
        foreach (
            var statement in (string[])
                [
                    "ALTER TABLE integrations RENAME TO plugin_instances",
                    "ALTER TABLE plugin_instances RENAME COLUMN type TO plugin_id",
                    "ALTER TABLE plugin_instances RENAME COLUMN config TO config_json",
                    "ALTER TABLE github_installations RENAME COLUMN integration_id TO plugin_instance_id",
                ]
        )
        {
            database.Execute(statement);
        }
    }
}
