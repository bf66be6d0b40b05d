using Nitejar.Migrations.Hosting.Process;
using Nitejar.Migrations.Postgres;
using Nitejar.Migrations.Sqlite;

namespace Nitejar.Migrations.Hosting.Tests.Support;

/// <summary>The program that the tests host.</summary>
internal static class TestProgram
{
    /// <summary>Returns it, with environment variables of the test's own.</summary>
    /// <param name="variable">Returns a variable; <see langword="null"/> where it is not set.</param>
    public static HostedProgram With(Func<string, string?> variable) =>
        new(
            "nitejar-migrate",
            "Applies and reverts the migrations of Nitejar's database.",
            "0.1.0",
            [SqliteDriver.Instance, PostgresDriver.Instance]
        )
        {
            ConnectionVariable = "NITEJAR_MIGRATE_CONNECTION",
            DefaultDatabase = "nitejar.db",
            ReceiptFields =
            [
                new("cutoverStatus", "skipped"),
                new("cutoverReason", "the program does not run it"),
            ],
            Variable = variable,
        };

    /// <summary>It, where no variable is set.</summary>
    public static HostedProgram Alone { get; } = With(static _ => null);
}
