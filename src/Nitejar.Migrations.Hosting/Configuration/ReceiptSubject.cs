using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Configuration;

/// <summary>What a receipt says of the call, and where it goes.</summary>
/// <param name="Program">The program that was called.</param>
/// <param name="Location">Where it goes; <see langword="null"/> for nowhere.</param>
/// <param name="Path">The absolute path of the database; <see langword="null"/> until it is known, and where a server has it.</param>
/// <param name="Environment">The chosen environment of migrations.json; <see langword="null"/> without one.</param>
internal sealed record ReceiptSubject(
    HostedProgram Program,
    ReceiptLocation? Location,
    string? Path,
    string? Environment
)
{
    /// <summary>The variable that names a file for receipts.</summary>
    public const string Variable = "MIGRATION_RECEIPT_PATH";

    /// <summary>What is known once the settings are.</summary>
    public static ReceiptSubject Of(HostedProgram program, Settings settings) =>
        new(program, settings.Receipt, settings.Database.File, settings.Environment);

    /// <summary>What is known before the settings are: a path in the variable, unless a receipt may not be put there.</summary>
    public static ReceiptSubject Of(HostedProgram program)
    {
        var path =
            program.Variable(Variable) is { } file && !string.IsNullOrWhiteSpace(file)
                ? System.IO.Path.GetFullPath(file)
                : null;
        return new(
            program,
            path is not null
            && new ReceiptPlace(path, database: null, program.Drivers).FindProblem() is null
                ? new ReceiptLocation(path, IsFolder: false)
                : null,
            Path: null,
            Environment: null
        );
    }
}
