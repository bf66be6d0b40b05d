using System.Net;
using System.Net.Sockets;

namespace Nitejar.Migrations.Faults.Tests.Harness.Servers;

/// <summary>On which side of COMMIT a connection is cut.</summary>
internal enum CommitCut
{
    /// <summary>The server is never asked to commit.</summary>
    Before,

    /// <summary>The server is asked, and its answer is not waited for.</summary>
    While,

    /// <summary>The server has committed, and its answer gets lost.</summary>
    After,

    /// <summary>The server has committed, and its answer comes late: nothing is cut.</summary>
    None,
}

/// <summary>Stands between the program and its server, and cuts the first connection that commits. Later ones pass.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private readonly string _server;
    private readonly CommitCut _cut;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private int _hasCut;

    public CuttingProxy(string serverSocket, CommitCut cut)
    {
        (_server, _cut) = (serverSocket, cut);
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>What happens between the cut and the moment in which the program learns of it.</summary>
    public Action OnCut { get; init; } = static () => { };

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public bool HasCut => _hasCut != 0;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = PassAsync(await _listener.AcceptSocketAsync(_end.Token));
            }
        }
        catch (Exception e)
            when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PassAsync(Socket client)
    {
        using var server = new Socket(
            AddressFamily.Unix,
            SocketType.Stream,
            ProtocolType.Unspecified
        );
        using (client)
        {
            try
            {
                await server.ConnectAsync(new UnixDomainSocketEndPoint(_server));
                var isCommitting = new TaskCompletionSource();
                var answers = PassAnswersAsync(server, client, isCommitting.Task);
                await PassRequestsAsync(client, server, isCommitting);
                await answers;
            }
            catch (Exception e)
                when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // One side has ended.
            }
        }
    }

    private async Task PassRequestsAsync(
        Socket client,
        Socket server,
        TaskCompletionSource isCommitting
    )
    {
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await client.ReceiveAsync(buffer)) > 0)
        {
            var isCut =
                buffer.AsSpan(0, read).IndexOf("COMMIT\0"u8) >= 0
                && Interlocked.Exchange(ref _hasCut, 1) == 0;
            if (isCut && _cut == CommitCut.Before)
            {
                client.Dispose();
                server.Dispose();
                return;
            }

            if (isCut && _cut is CommitCut.After or CommitCut.None)
            {
                isCommitting.SetResult();
            }

            await server.SendAsync(buffer.AsMemory(0, read));
            if (isCut && _cut == CommitCut.While)
            {
                client.Dispose();
                server.Dispose();
                return;
            }
        }

        server.Shutdown(SocketShutdown.Send);
    }

    private async Task PassAnswersAsync(Socket server, Socket client, Task isCommitting)
    {
        var isPast = false;
        var buffer = new byte[64 << 10];
        int read;
        while ((read = await server.ReceiveAsync(buffer)) > 0)
        {
            if (
                isCommitting.IsCompleted
                && !isPast
                && buffer.AsSpan(0, read).IndexOf("COMMIT\0"u8) >= 0
            )
            {
                OnCut();
                isPast = true;
                if (_cut != CommitCut.None)
                {
                    client.Dispose();
                    server.Dispose();
                    return;
                }
            }

            await client.SendAsync(buffer.AsMemory(0, read));
        }
    }
}
