using System.Diagnostics;
using System.Text;
using System.Threading.Channels;

namespace Nitejar.Tests;

/// <summary>A program that runs. Disposing it ends it.</summary>
internal sealed class RunningCommand : IDisposable
{
    private readonly string _commandLine;
    private readonly Process _process;
    private readonly CancellationTokenSource _timeout;
    private readonly Channel<string> _outputParts = Channel.CreateUnbounded<string>();
    private readonly Channel<string> _errorParts = Channel.CreateUnbounded<string>();
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    public RunningCommand(ProcessStartInfo start, string? input, TimeSpan timeout)
    {
        Signals.Deliver();
        _commandLine = string.Join(' ', start.ArgumentList.Prepend(start.FileName));
        _timeout = new CancellationTokenSource(timeout);
        _process = Process.Start(start)!;
        _output = ReadOutput();
        _error = ReadError();
        if (input is not null)
        {
            Type(input);
            _process.StandardInput.Close();
        }
    }

    public int Id => _process.Id;

    /// <summary>Waits until a line of stderr contains the words.</summary>
    public Task WaitForErrorLine(string words) => WaitFor(words, _errorParts.Reader, "stderr");

    /// <summary>Waits until stdout contains the words, which need not end a line.</summary>
    public Task WaitForOutput(string words) => WaitFor(words, _outputParts.Reader, "stdout");

    /// <summary>Waits until stdout contains the words, or ends without them.</summary>
    /// <returns>Whether they were said.</returns>
    public async Task<bool> SaysOnOutput(string words) =>
        await Find(words, _outputParts.Reader, "stdout");

    /// <summary>Gives the program something to read.</summary>
    public void Type(string text)
    {
        _process.StandardInput.Write(text);
        _process.StandardInput.Flush();
    }

    /// <summary>Sends a signal by its name: INT, TERM. Without a program in between, which might start late.</summary>
    public void Signal(string name) =>
        Assert.That(Signals.Send(Id, name), $"`{_commandLine}` had ended before SIG{name}");

    /// <summary>As <see cref="Signal"/>, to a program that may have ended.</summary>
    public void SignalIfRunning(string name) => _ = !_process.HasExited && Signals.Send(Id, name);

    /// <summary>Ends it with SIGKILL, unless it has ended.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for the end; a program that takes too long is a failed test.</summary>
    public CommandResult WaitForEnd() => WaitForEndAsync().GetAwaiter().GetResult();

    /// <summary>As <see cref="WaitForEnd"/>.</summary>
    public async Task<CommandResult> WaitForEndAsync()
    {
        try
        {
            await _process.WaitForExitAsync(_timeout.Token);
            return new CommandResult(_commandLine, _process.ExitCode, await _output, await _error);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"`{_commandLine}` did not end in time.");
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);

            // Until then it may still make files in a folder that is about to be removed.
            _process.WaitForExit();
        }

        // The process leaves its streams to whoever has used them: without this, files run out before they are collected.
        _process.StandardInput.Dispose();
        _process.StandardOutput.Dispose();
        _process.StandardError.Dispose();
        _process.Dispose();
        _timeout.Dispose();
    }

    private async Task WaitFor(string words, ChannelReader<string> parts, string where)
    {
        if (!await Find(words, parts, where))
        {
            Assert.Fail($"{where} never said \"{words}\": {WaitForEnd()}");
        }
    }

    private async Task<bool> Find(string words, ChannelReader<string> parts, string where)
    {
        var seen = new StringBuilder();
        try
        {
            await foreach (var part in parts.ReadAllAsync(_timeout.Token))
            {
                if (seen.Append(part).ToString().Contains(words, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return false;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException(
                $"`{_commandLine}` did not say \"{words}\" on {where} in time, but: {seen}"
            );
        }
    }

    private async Task<string> ReadOutput()
    {
        var all = new StringBuilder();
        var part = new char[4096];
        int length;
        while ((length = await _process.StandardOutput.ReadAsync(part, _timeout.Token)) > 0)
        {
            all.Append(part, 0, length);
            _outputParts.Writer.TryWrite(new string(part, 0, length));
        }

        _outputParts.Writer.Complete();
        return all.ToString();
    }

    private async Task<string> ReadError()
    {
        var all = new StringBuilder();
        while (await _process.StandardError.ReadLineAsync(_timeout.Token) is { } line)
        {
            all.Append(line).Append('\n');
            _errorParts.Writer.TryWrite(line + '\n');
        }

        _errorParts.Writer.Complete();
        return all.ToString();
    }
}
