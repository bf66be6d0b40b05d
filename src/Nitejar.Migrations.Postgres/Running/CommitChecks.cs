using Nitejar.Migrations.Engine.Databases.Sessions;
using Nitejar.Migrations.Postgres.Connections;
using Npgsql;

namespace Nitejar.Migrations.Postgres.Running;

/// <summary>What is asked of the server before a commit. While that fails, nothing is committed.</summary>
internal static class CommitChecks
{
    /// <summary>Does the checks.</summary>
    /// <param name="checks">What has to succeed.</param>
    /// <param name="database">What people call the database.</param>
    /// <param name="translated">What other errors of the driver mean for the engine.</param>
    /// <returns>Why there is no commit; <see langword="null"/> where nothing speaks against it.</returns>
    public static CommitResult? Refuse(
        Action checks,
        string database,
        Func<Exception, Exception> translated
    )
    {
        try
        {
            checks();
            return null;
        }
        catch (DatabaseUnavailableException e)
        {
            return new CommitResult(CommitOutcome.NotCommitted) { Failure = e };
        }
        catch (PostgresException e) when (!PostgresErrors.IsBusy(e))
        {
            return PostgresCommit.NotCommitted(database, e);
        }
        catch (Exception e) when (PostgresErrors.IsOfDriver(e))
        {
            return new CommitResult(CommitOutcome.NotCommitted) { Failure = translated(e) };
        }
    }
}
