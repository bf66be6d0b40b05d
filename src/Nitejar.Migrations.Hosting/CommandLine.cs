using System.CommandLine;
using System.CommandLine.Parsing;
using Nitejar.Migrations.Hosting.Commands;
using Nitejar.Migrations.Hosting.Commands.Authoring;
using Nitejar.Migrations.Hosting.Commands.Copies;
using Nitejar.Migrations.Hosting.Commands.Help;
using Nitejar.Migrations.Hosting.Commands.Options;
using Nitejar.Migrations.Hosting.Commands.Runs;
using Nitejar.Migrations.Hosting.Commands.Shells;
using Nitejar.Migrations.Hosting.Commands.Shows;
using Nitejar.Migrations.Hosting.Commands.Trust;
using Nitejar.Migrations.Hosting.Output;

namespace Nitejar.Migrations.Hosting;

/// <summary>Parses the command line, runs the command and turns whatever happens into an exit code.</summary>
internal static class CommandLine
{
    /// <summary>Runs the program.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] args, CommandContext context)
    {
        foreach (var argument in args)
        {
            context.Terminal.Redactor.AddFrom(argument);
        }

        ParseResult? parsed = null;
        try
        {
            var output = new OutputOptions();
            var root = BuildTree(context, output);

            parsed = Parse(root, args);
            context.Terminal.Command = CommandPath.Of(parsed);
            output.Apply(parsed, context.Terminal);
            LibraryOption.Apply(parsed, context);
            var code =
                parsed.Errors.Count > 0 || parsed.Tokens.Any(UsageProblem.IsDirective)
                    ? throw UsageProblem.Of(parsed, context.Program)
                    : Invoke(parsed, context.Terminal);
            WarnOfLoss(context.Terminal);
            return code;
        }
        catch (Exception failure)
        {
            if (parsed is not null && LeavesReceipt(parsed) && !context.Terminal.HasReceipt)
            {
                Receipt.WriteFailure(context.Terminal, context.ReceiptSubject, failure);
            }

            return (int)ErrorReport.Write(context.Terminal, failure);
        }
    }

    /// <summary>Parses without response files: an argument that starts with @ is an argument.</summary>
    private static ParseResult Parse(Command root, IReadOnlyList<string> args) =>
        root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

    /// <summary>Whether the command was to change a database, as far as the command line can be read.</summary>
    private static bool LeavesReceipt(ParseResult parsed) =>
        CommandPath.Of(parsed) is "up" or "down" or "redo" or "adopt" or "restore"
        && !parsed.Tokens.Any(token => token.Value == "--dry-run");

    /// <summary>The exit code says what was done, and stays.</summary>
    private static void WarnOfLoss(Terminal terminal)
    {
        if (terminal.AnswerLoss is { } loss)
        {
            terminal.Warn($"The answer could not be written to stdout: {loss}.");
        }
    }

    /// <summary>Makes all commands.</summary>
    public static RootCommand BuildTree(CommandContext context, OutputOptions output)
    {
        var root = new RootCommand(context.Program.Description)
        {
            UpCommand.Create(context),
            DownCommand.Create(context),
            RedoCommand.Create(context),
            AdoptCommand.Create(context),
            StatusCommand.Create(context),
            ScriptCommand.Create(context),
            SchemaCommand.Create(context),
            HistoryCommand.Create(context),
            ArchiveCommand.Create(context),
            BackupCommand.Create(context),
            RestoreCommand.Create(context),
            VerifyCommand.Create(context),
            DriftCommand.Create(context),
            NewCommand.Create(context),
            CompletionCommand.Create(context),
        };
        root.Add(HelpCommand.Create(words => Parse(root, words)));
        root.Directives.Clear();
        output.AddTo(root);
        LibraryOption.AddTo(root, context.Program);
        HelpScreen.AddTo(root, context.Program);
        VersionOption.AddTo(root, context);
        return root;
    }

    private static int Invoke(ParseResult parsed, Terminal terminal)
    {
        using var text = new StringWriter();
        var code = parsed.Invoke(
            new InvocationConfiguration
            {
                // The library would print stack traces, and force an exit two seconds after Ctrl+C.
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = text,
                Error = text,
            }
        );
        if (text.ToString() is { Length: > 0 } help)
        {
            terminal.Data(help);
            terminal.RequireShown();
        }

        return code;
    }
}
