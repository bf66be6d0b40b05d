using Nitejar.Database.Configuration;
using Nitejar.Database.Tests.Databases;

namespace Nitejar.Database.Tests.Documentation;

/// <summary>The program in docs/nitejar-database.md runs as it stands and prints what the document says. It reads the process's environment, and writes to its console.</summary>
[NonParallelizable]
[TestFixture(typeof(SqliteTestDatabase))]
[TestFixture(typeof(PostgresTestDatabase))]
public sealed class WorkedExampleTests<TDatabase> : DatabaseTests<TDatabase>
    where TDatabase : ITestDatabase, new()
{
    private const string Name = ConfigCipher.KeyVariable;

    [SetUp]
    public void SetKey() => Environment.SetEnvironmentVariable(Name, new string('k', 32));

    [TearDown]
    public void ResetKey() => Environment.SetEnvironmentVariable(Name, null);

    [Test]
    public void The_example_prints_what_the_document_says()
    {
        var code = Block("csharp");
        Assert.That(ExampleProgram.Run(code, Database.ConnectionString), Is.EqualTo(Block("text")));
        Assert.That(
            Db.Rows("SELECT config FROM integrations")[0],
            Does.Contain("enc:").And.Not.Contain("BEGIN RSA")
        );
    }

    private static string Block(string language)
    {
        var document = File.ReadAllText(
            Path.Combine(RepositoryFolder.Path, "docs", "nitejar-database.md")
        );
        var example = document.Split("## Example\n")[1];
        return example.Split($"```{language}\n")[1].Split("```")[0];
    }
}
