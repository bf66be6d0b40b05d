using LinqToDB;
using LinqToDB.Data;
using Nitejar.Database.Mapping;
using static Nitejar.Database.Mapping.Names;

namespace Nitejar.Database.Github;

/// <summary>The row of an installation.</summary>
internal static class InstallationUpsert
{
    private static Upsert StatementFor(Layout layout) =>
        new(
            GithubInstallations.Table,
            GithubInstallations.InstallationId,
            [
                UpsertColumn.KeptIfUnknown(
                    GithubInstallations.Table,
                    GithubInstallations.AccountLogin
                ),
                UpsertColumn.KeptIfUnknown(
                    GithubInstallations.Table,
                    GithubInstallations.AccountId
                ),
                UpsertColumn.Replaced(layout.IntegrationColumn),
            ]
        );

    public static Task RunAsync(
        NitejarDatabase database,
        InstallationReport report,
        CancellationToken cancellation
    ) =>
        database.ExecuteAsync(
            StatementFor(database.Layout)
                .Sql(["(@installation, @login, @account, @integration)"], database.Dialect.Now),
            cancellation,
            database.Dialect.Parameter("installation", report.InstallationId, InstallationNumber),
            new DataParameter("login", report.AccountLogin, DataType.Text),
            database.Dialect.Parameter("account", report.AccountId, AccountNumber),
            new DataParameter("integration", report.IntegrationId, DataType.Text)
        );
}
