using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Configuration.Json;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

/// <summary>Whatever is wrong with the file, the error says where.</summary>
public sealed class MigrationsJsonErrorTests
{
    [TestCase("{ \"enviroments\": {} }", 1, 3, "enviroments", "environments")]
    [TestCase("{\n  \"Environments\": {}\n}", 2, 3, "Environments", "environments")]
    [TestCase("{\r\n\r\n\t\"migrationDir\": 1\r\n}", 3, 2, "migrationDir", "migrationsDirectory")]
    [TestCase("{ \"schema\": \"x\" }", 1, 3, "schema", "$schema")]
    [TestCase(
        "{\n\"environments\": {\n\"live\": {\n  \"conection\": 1 } } }",
        4,
        3,
        "conection",
        "connection"
    )]
    [TestCase(
        "{\"environments\":{\"a\":{\"lock_timeout\":1}}}",
        1,
        23,
        "lock_timeout",
        "lockTimeout"
    )]
    [TestCase("\uFEFF{\"schem\":1}", 1, 2, "schem", "$schema")]
    public void An_unknown_key_is_told_with_the_nearest_known_one(
        string text,
        int line,
        int column,
        string key,
        string nearest
    )
    {
        Assert.That(
            ErrorOf(text),
            Is.EqualTo(
                $"m.json, line {line}, column {column}: unknown key \"{key}\"; the nearest known one is \"{nearest}\"."
            )
        );
    }

    [TestCase("{\"environments\":{\"a\":{\"\":1}}}", 1, 23, "")]
    [TestCase("{\"environments\":{\"a\":{\"foo\":1}}}", 1, 23, "foo")]
    public void An_unknown_key_that_is_near_none_is_told_with_all(
        string text,
        int line,
        int column,
        string key
    ) =>
        Assert.That(
            ErrorOf(text),
            Does.StartWith(
                $"m.json, line {line}, column {column}: unknown key \"{key}\"; there are connection, "
            )
        );

    [TestCase("[]", 1, 1, "the file must be an object")]
    [TestCase("\n  \"text\"", 2, 3, "the file must be an object")]
    [TestCase("null", 1, 1, "the file must be an object")]
    [TestCase("{\"environments\": []}", 1, 18, "environments must be an object")]
    [TestCase("{\"environments\": {\"live\": 1}}", 1, 27, "environment live must be an object")]
    [TestCase("{\"$schema\": 1}", 1, 13, "\"$schema\" must be a text that is not empty")]
    [TestCase(
        "{\"defaultEnvironment\":\n null}",
        2,
        2,
        "\"defaultEnvironment\" must be a text that is not empty"
    )]
    [TestCase(
        "{\"migrationsDirectory\": \"\"}",
        1,
        25,
        "\"migrationsDirectory\" must be a text that is not empty"
    )]
    public void A_wrong_type_is_told_at_the_value(string text, int line, int column, string problem)
    {
        Assert.That(ErrorOf(text), Is.EqualTo($"m.json, line {line}, column {column}: {problem}."));
    }

    [TestCase("\"connection\": {}", "\"connection\" must be a text that is not empty.")]
    [TestCase("\"connection\": \"\"", "\"connection\" must be a text that is not empty.")]
    [TestCase(
        "\"receiptDirectory\": true",
        "\"receiptDirectory\" must be a text that is not empty."
    )]
    [TestCase("\"allowDown\": \"true\"", "\"allowDown\" must be true or false.")]
    [TestCase("\"allowDown\": null", "\"allowDown\" must be true or false.")]
    [TestCase("\"lockTimeout\": 30", "\"lockTimeout\" must be a duration in quotes")]
    [TestCase("\"lockTimeout\": \"soon\"", "\"lockTimeout\" must be a duration in quotes")]
    [TestCase(
        "\"statementTimeout\": [\"5m\"]",
        "\"statementTimeout\" must be a duration in quotes"
    )]
    [TestCase("\"tags\": \"eu\"", "\"tags\" must be a list of texts")]
    [TestCase("\"tags\": [\"eu\", 1]", "\"tags\" must be a text that is not empty.")]
    [TestCase("\"tags\": [\"\"]", "\"tags\" must be a text that is not empty.")]
    [TestCase("\"tags\": [[\"eu\"]]", "\"tags\" must be a text that is not empty.")]
    [TestCase("\"tags\": [\"eu\", \"eu\"]", "\"tags\" holds a text twice.")]
    public void A_wrong_type_within_an_environment_is_told(string pair, string problem)
    {
        Assert.That(
            ErrorOf($$"""{ "environments": { "live": { {{pair}} } } }"""),
            Does.StartWith("m.json, line 1, column ").And.Contain(problem)
        );
    }

    [TestCase("{\"$schema\":\"a\",\n\"$schema\":\"a\"}", 2, 1, "$schema")]
    [TestCase("{\"environments\":{},\"environments\":{}}", 1, 20, "environments")]
    [TestCase("{\"environments\":{\"a\":{},\n \"a\":{}}}", 2, 2, "a")]
    [TestCase(
        "{\"environments\":{\"a\":{\"allowDown\":true,\n\"allow\\u0044own\":true}}}",
        2,
        1,
        "allowDown"
    )]
    public void A_duplicate_is_told_where_it_comes_again(
        string text,
        int line,
        int column,
        string key
    )
    {
        Assert.That(
            ErrorOf(text),
            Is.EqualTo($"m.json, line {line}, column {column}: \"{key}\" appears twice.")
        );
    }

    private static string ErrorOf(string text) =>
        Refusals
            .Of(() => new MigrationsJsonReader("m.json", Encoding.UTF8.GetBytes(text)).Read())
            .Message;
}
