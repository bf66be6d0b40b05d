using Nitejar.Migrations.Hosting.Configuration;
using Nitejar.Migrations.Hosting.Configuration.Json;
using Nitejar.Migrations.Hosting.Tests.Support;

namespace Nitejar.Migrations.Hosting.Tests.Configuration;

public sealed class ReferencesTests
{
    private static readonly ChosenEnvironment Environment = new(
        "live",
        "m.json",
        "/",
        new EnvironmentJson()
    );

    private static readonly Dictionary<string, string> Variables = new()
    {
        ["DATA"] = "/var/data",
        ["NAME"] = "n.db",
        ["NESTED"] = "${NAME}",
        ["EMPTY"] = "",
    };

    [TestCase("n.db", "n.db")]
    [TestCase("${NAME}", "n.db")]
    [TestCase("${DATA}/${NAME}", "/var/data/n.db")]
    [TestCase("${NAME}${NAME}", "n.dbn.db")]
    [TestCase("a${NAME}z", "an.dbz")]
    [TestCase("$NAME {NAME} $ }", "$NAME {NAME} $ }")]
    [TestCase("${NESTED}", "${NAME}")]
    public void References_are_replaced_once(string text, string expanded)
    {
        Assert.That(Expand(text), Is.EqualTo(expanded));
    }

    [TestCase("${ABSENT}", "${ABSENT}")]
    [TestCase("${NAME}/${ABSENT}", "${ABSENT}")]
    [TestCase("${EMPTY}", "${EMPTY}")]
    [TestCase("${}", "${}")]
    public void A_variable_that_is_not_set_is_named(string text, string reference)
    {
        var refused = Refusals.Of(() => Expand(text));

        Assert.That(
            refused.Message,
            Is.EqualTo($"Environment live in m.json refers to {reference}, which is not set.")
        );
    }

    [TestCase("${ABSENT:-c4n4ry}", "${ABSENT...}")]
    [TestCase("${ABSENT-c4n4ry}", "${ABSENT...}")]
    [TestCase("u:${ABSENT:?c4n4ry}@h", "${ABSENT...}")]
    [TestCase("${c4n4:ry}", "${c4n4...}")]
    [TestCase("${ NAME }", "${...}")]
    public void What_follows_the_name_is_not_repeated(string text, string reference)
    {
        var refused = Refusals.Of(() => Expand(text));

        Assert.That(
            refused.Message,
            Is.EqualTo(
                $"Environment live in m.json: {reference} holds more than the name of a variable."
            )
        );
        Assert.That(refused.NextStep, Does.Not.Contain("c4n4ry"));
    }

    [TestCase("${NAME")]
    [TestCase("${")]
    [TestCase("${NAME}${")]
    public void A_brace_that_is_not_closed_is_an_error(string text)
    {
        var refused = Refusals.Of(() => Expand(text));

        Assert.That(refused.Message, Is.EqualTo("Environment live in m.json: a ${ is not closed."));
    }

    private static string Expand(string text) =>
        References.Expand(text, Environment, Variables.GetValueOrDefault);
}
