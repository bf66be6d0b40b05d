using FluentMigrator;
using Nitejar.Migrations.Hosting.Commands;
using Nitejar.Migrations.Hosting.Output;

namespace Nitejar.Migrations.Hosting.Tests.Support;

/// <summary>What a call of the program left behind.</summary>
internal sealed record Outcome(int ExitCode, string Answer, string Diagnostics)
{
    /// <summary>The lines on stderr.</summary>
    public string[] Lines => Diagnostics.TrimEnd('\n').Split('\n');

    /// <summary>Answer and diagnostics, for messages of failed assertions.</summary>
    public override string ToString() =>
        $"exit {ExitCode}\n--- stdout\n{Answer}--- stderr\n{Diagnostics}";
}

/// <summary>The program within this process, with streams, variables and migrations of the test's own.</summary>
internal sealed class Host(
    params (MigrationAttribute, Attribute[], string, Func<IMigration>)[] migrations
)
{
    /// <summary>The environment variables that the program sees; it sees no others.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public Outcome Run(params string[] args)
    {
        using var answer = new MemoryStream();
        using var diagnostics = new MemoryStream();
        var context = new CommandContext(
            new Terminal(answer, diagnostics),
            () => migrations,
            TestProgram.With(Variables.GetValueOrDefault)
        );
        var code = CommandLine.Run(args, context);
        return new Outcome(
            code,
            Encoding.UTF8.GetString(answer.ToArray()),
            Encoding.UTF8.GetString(diagnostics.ToArray())
        );
    }
}
