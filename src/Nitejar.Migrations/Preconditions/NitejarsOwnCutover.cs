using System.Data;
using FluentMigrator;

namespace Nitejar.Migrations.Preconditions;

/// <summary>
/// The cutover of Nitejar's own migrations (its releases 0.2.0 to 0.3.0), which moves more than a rename does. After a
/// rename it would find nothing to do, and Nitejar's later migrations would fail for good.
/// </summary>
internal static class NitejarsOwnCutover
{
    private const string NextStep =
        "Start a release of Nitejar from 0.2.0 to 0.3.0 on this database once, so that its own cutover runs, and run the command again.";

    /// <summary>Why the database waits for it; <see langword="null"/> if it does not.</summary>
    public static (string Reason, string NextStep)? IsPending(IMigrationProcessor database)
    {
        if (database.TableExists(null, "agent_integrations"))
        {
            return (
                "it has a table agent_integrations, which Nitejar's own cutover has to move first",
                NextStep
            );
        }

        return
            database.TableExists(null, "plugin_instance_cutover_state")
            && HasRows(
                database.Read(
                    "SELECT status FROM plugin_instance_cutover_state WHERE status IS NULL OR status <> 'completed'"
                )
            )
            ? (
                "plugin_instance_cutover_state says that Nitejar's own cutover is not completed",
                NextStep
            )
            : null;
    }

    private static bool HasRows(DataSet answer) =>
        answer.Tables.Count > 0 && answer.Tables[0].Rows.Count > 0;
}
