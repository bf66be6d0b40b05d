using System.Text;
using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Engine.Databases;
using Nitejar.Migrations.Hosting.Configuration.Json;
using Nitejar.Migrations.Hosting.Configuration.Values;
using Nitejar.Migrations.Hosting.Output.Secrets;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Configuration;

/// <summary>Finds the connection: the first source that has one wins.</summary>
internal static class ConnectionSource
{
    private const int LargestFile = 64; // KiB
    private const string Option = "--connection";

    /// <summary>A variable that other programs read, too.</summary>
    public const string SharedVariable = "DATABASE_URL";

    /// <exception cref="InvalidRequestException">The first source that is set makes no sense.</exception>
    public static IDatabase Resolve(
        CommonOptions options,
        ChosenEnvironment? environment,
        HostedProgram program,
        Redactor redactor
    )
    {
        var password = options.PasswordCommand is { } command
            ? new PasswordCommand(command, redactor)
            : null;
        if (SetOnes(options, environment, program).FirstOrDefault() is not { } source)
        {
            var here = Directory.GetCurrentDirectory();
            return new ConnectionParser("The default database", here, program)
            {
                AllowsBareWord = true,
                AllowsEmptyFile = options.AllowsEmptyFile,
                Password = password,
            }.Parse(program.DefaultDatabase);
        }

        var text = source.Read();
        redactor.AddFrom(text);
        return new ConnectionParser(source.Name, source.Folder, program)
        {
            AllowsBareWord = source.Name == Option,
            AllowsEmptyFile = options.AllowsEmptyFile,
            AllowsUntestedEngine = options.AllowsUntestedEngine,
            Password = password,
            OnSecret = redactor.Add,
        }.Parse(text);
    }

    /// <summary>Returns what named the connection, as the end of a sentence; <see langword="null"/> for the default.</summary>
    public static string? NameOf(
        CommonOptions options,
        ChosenEnvironment? environment,
        HostedProgram program
    ) =>
        SetOnes(options, environment, program).FirstOrDefault() is { } source
            ? Lower(source.Name)
            : null;

    /// <summary>Whether an option or a variable names the connection, so that it needs no migrations.json.</summary>
    public static bool IsGiven(CommonOptions options, HostedProgram program) =>
        options.Environment is null && NameOf(options, environment: null, program) is not null;

    /// <summary>Says which source counts where several are set; <see langword="null"/> where one is.</summary>
    public static string? NoteOn(
        CommonOptions options,
        ChosenEnvironment? environment,
        HostedProgram program
    )
    {
        var names = SetOnes(options, environment, program).Select(source => source.Name).ToArray();
        return names.Length < 2
            ? null
            : $"connection: {Lower(names[0])} (not {string.Join(", ", names[1..].Select(Lower))})";
    }

    /// <summary>
    /// The sources that are set, in the order in which they count. What a person types beats what a shell still has: an
    /// environment that an option names comes before the variables, the default one behind them.
    /// </summary>
    private static IEnumerable<Source> SetOnes(
        CommonOptions options,
        ChosenEnvironment? environment,
        HostedProgram program
    )
    {
        var here = Directory.GetCurrentDirectory();
        if (options.Connection is { } given)
        {
            yield return new Source(Option, here, () => given);
        }

        if (options.ConnectionFile is { } file)
        {
            yield return new Source($"The connection file {file}", here, () => ReadFile(file));
        }

        var configured = environment?.Connection is { } text
            ? new Source(
                $"The connection of environment {environment.Name} in {environment.File}",
                environment.Folder,
                () => References.Expand(text, environment, program.Variable)
            )
            : null;
        if (configured is not null && options.Environment is not null)
        {
            yield return configured;
        }

        foreach (var name in (string[])[program.ConnectionVariable, SharedVariable])
        {
            if (program.Variable(name) is { } value && !string.IsNullOrWhiteSpace(value))
            {
                yield return new Source(name, here, () => value);
            }
        }

        if (configured is not null && options.Environment is null)
        {
            yield return configured;
        }
    }

    private static string ReadFile(string file) =>
        Encoding
            .UTF8.GetString(
                new SmallFile("The connection file", "--connection-file", LargestFile).Read(file)
            )
            .TrimStart('\uFEFF');

    private static string Lower(string name) =>
        name.StartsWith("The ", StringComparison.Ordinal) ? $"the {name[4..]}" : name;

    /// <summary>A source that is set.</summary>
    /// <param name="Name">What it is, for messages.</param>
    /// <param name="Folder">Where its relative paths start.</param>
    /// <param name="Read">Reads it; only the source that counts is read.</param>
    private sealed record Source(string Name, string Folder, Func<string> Read);
}
