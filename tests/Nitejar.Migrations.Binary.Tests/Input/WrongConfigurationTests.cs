using Nitejar.Migrations.Binary.Tests.Tools;

namespace Nitejar.Migrations.Binary.Tests.Input;

/// <summary>Exit code 2: migrations.json is wrong, told with line and column.</summary>
public sealed class WrongConfigurationTests : WorkplaceTests
{
    [TestCase(
        "line 3, column 3",
        "\"defaultEnvironment\"",
        """
            {
              "environments": {},
              "defaultEnviroment": "x"
            }
            """
    )]
    [TestCase(
        "line 4, column 7",
        "\"connection\"",
        """
            {
              "environments": {
                "a": {
                  "conection": "x.db"
                }
              }
            }
            """
    )]
    [TestCase(
        "line 2, column 62",
        "true or false",
        """
            {
              "environments": { "a": { "lockTimeout": "5s", "allowDown": "no" } }
            }
            """
    )]
    [TestCase(
        "line 1, column 76",
        "appears twice",
        """{ "migrationsDirectory": "a", "defaultEnvironment": "migrationsDirectory", "migrationsDirectory": "b" }"""
    )]
    [TestCase(
        "line 1, column 43",
        "duration",
        """{ "environments": { "a": { "lockTimeout": 5 } } }"""
    )]
    [TestCase("line 1, column 19", "object", """{ "environments": [] }""")]
    [TestCase("line 1, column 1", "object", "[]")]
    [TestCase(
        "line 2, column 3",
        "not valid JSON",
        """
            {
              // a comment
            }
            """
    )]
    [TestCase("line 1, column 1", "not valid JSON", "")]
    [TestCase("line 1, column 4", "not valid JSON", "{} x")]
    public void The_place_and_the_problem_are_named(string place, string problem, string json)
    {
        Place.Write("migrations.json", json);

        var result = Place.Run("up").Exits(2);

        Assert.That(result.Error, Does.Contain($"migrations.json, {place}").And.Contains(problem));
        Assert.That(Place.Files, Is.EqualTo((string[])["migrations.json"]));
    }

    [Test]
    public void An_environment_that_is_not_there_is_named_with_those_that_are()
    {
        Place.Write("migrations.json", """{ "environments": { "local": {}, "production": {} } }""");

        var result = Place.Run("up", "-e", "staging").Exits(2);

        Assert.That(
            result.Error,
            Does.Contain("of the name that --environment gives").And.Contains("local, production")
        );
    }

    [Test]
    public void A_reference_to_a_variable_that_is_not_set_is_named()
    {
        Place.Write(
            "migrations.json",
            """{ "defaultEnvironment": "a", "environments": { "a": { "connection": "${NOWHERE}" } } }"""
        );

        var result = Place.Run("up").Exits(2);

        Assert.That(result.Error, Does.Contain("${NOWHERE}"));
    }

    [Test]
    public void A_wrong_file_named_by_config_is_named_in_the_error()
    {
        Place.Write("other.json", """{ "a": 1 }""");

        var result = Place.Run("status", "--config", "other.json").Exits(2);

        Assert.That(result.Error, Does.Contain("other.json, line 1, column 3"));
    }
}
