using Nitejar.Migrations.Engine;
using Nitejar.Migrations.Hosting.Output.Secrets;
using Nitejar.Migrations.Hosting.Process;

namespace Nitejar.Migrations.Hosting.Configuration;

/// <summary>A command that prints a password, often one that is good for minutes only.</summary>
/// <param name="command">For the shell. It may hold a secret itself, and is never shown.</param>
/// <param name="redactor">Keeps what it prints out of all output.</param>
internal sealed class PasswordCommand(string command, Redactor redactor)
{
    private string? _password;

    /// <summary>Returns the password.</summary>
    /// <param name="isRefused">Whether the server has refused the last one, so that another one is wanted.</param>
    /// <exception cref="InvalidRequestException">The command failed, or printed none.</exception>
    public string Ask(bool isRefused) =>
        _password = isRefused || _password is null ? Execute() : _password;

    private string Execute()
    {
        var (output, exitCode) = ShellCommand.Run(command);
        var password = output.Split('\n')[0].TrimEnd('\r');
        redactor.Add(password);
        return exitCode != 0
                ? throw Failed(FormattableString.Invariant($"ended with exit code {exitCode}"))
            : password.Length == 0 ? throw Failed("printed no password")
            : password;
    }

    private static InvalidRequestException Failed(string how) =>
        new(
            $"The command of --password-command {how}.",
            "Run it by itself; it has to print the password as its first line."
        );
}
