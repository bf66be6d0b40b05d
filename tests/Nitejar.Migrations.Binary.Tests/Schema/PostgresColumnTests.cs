using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Schema;

/// <summary>The columns that <c>script up --provider postgres</c> makes on a real server.</summary>
public sealed class PostgresColumnTests : PostgresTests
{
    private const string Text = "text";
    private const string Epoch = "integer|NO|(EXTRACT(epoch FROM now()))::integer|NO";

    [TestCase(
        "integrations",
        $"""
            id|{Text}|NO||NO
            type|{Text}|NO||NO
            name|{Text}|NO||NO
            config|{Text}|YES||NO
            scope|{Text}|NO|'global'::text|NO
            enabled|integer|NO|1|NO
            created_at|{Epoch}
            updated_at|{Epoch}
            """
    )]
    [TestCase(
        "agents",
        $"""
            id|{Text}|NO||NO
            name|{Text}|NO||NO
            sprite_id|{Text}|YES||NO
            config|{Text}|YES||NO
            status|{Text}|NO|'idle'::text|NO
            created_at|{Epoch}
            updated_at|{Epoch}
            """
    )]
    [TestCase(
        "github_installations",
        $"""
            id|integer|NO||YES
            installation_id|integer|NO||NO
            account_login|{Text}|YES||NO
            account_id|integer|YES||NO
            integration_id|{Text}|NO||NO
            created_at|{Epoch}
            updated_at|{Epoch}
            """
    )]
    [TestCase(
        "github_repos",
        $"""
            id|integer|NO||YES
            repo_id|integer|NO||NO
            full_name|{Text}|NO||NO
            html_url|{Text}|YES||NO
            installation_id|integer|NO||NO
            created_at|{Epoch}
            updated_at|{Epoch}
            """
    )]
    [TestCase(
        "agent_repo_capabilities",
        $"""
            agent_id|{Text}|NO||NO
            github_repo_id|integer|NO||NO
            capabilities|{Text}|NO|'[]'::text|NO
            """
    )]
    public void Columns_are_as_designed(string table, string expected)
    {
        var columns = Query(
            $"""
            SELECT column_name, data_type, is_nullable, column_default, is_identity
            FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position;
            """
        );

        Assert.That(columns, Is.EqualTo(expected));
    }
}
