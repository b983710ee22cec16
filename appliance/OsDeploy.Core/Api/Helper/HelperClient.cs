using System.Globalization;
using System.Net.Sockets;
using OsDeploy.Api.Appliance;

namespace OsDeploy.Api.Helper;

/// <summary>Asks the helper for the things that need root.</summary>
/// <param name="socket">Path of its socket.</param>
public sealed class HelperClient(string socket, TimeProvider time)
{
    // Longer than the helper's own deadline, whose answer says more.
    private static readonly TimeSpan s_more = TimeSpan.FromSeconds(5);

    private readonly UnixDomainSocketEndPoint _address = new(socket);

    /// <summary>Returns once it is done, which for <see cref="PowerRequest"/> is once the shutdown has begun.</summary>
    /// <exception cref="UserErrorException">
    /// <c>helper-missing</c>, <c>helper-closed</c>, <c>helper-silent</c>, <c>helper-answer</c>; or what the helper says.
    /// </exception>
    public Task CallAsync(HelperRequest request, CancellationToken cancel) => AskAsync(request, cancel);

    /// <summary>As <see cref="CallAsync"/>, for requests that are answered with something.</summary>
    /// <returns>Foreign text; empty for requests that only do something.</returns>
    public async Task<string> AskAsync(HelperRequest request, CancellationToken cancel) => (await AnswerAsync(request, cancel)).Data ?? "";

    /// <summary>The disks of the appliance, those first that could hold what it keeps.</summary>
    /// <exception cref="UserErrorException">As <see cref="CallAsync"/>.</exception>
    public async Task<IReadOnlyList<DataDisk>> DisksAsync(CancellationToken cancel) => (await AnswerAsync(new DataDisksRequest(), cancel)).Disks ?? [];

    /// <summary>What the disks of the appliance say of themselves.</summary>
    /// <exception cref="UserErrorException">As <see cref="CallAsync"/>.</exception>
    public async Task<IReadOnlyList<DiskHealth>> DiskHealthAsync(CancellationToken cancel) => (await AnswerAsync(new DiskHealthRequest(), cancel)).Health ?? [];

    /// <summary>Grows the appliance's volume.</summary>
    /// <returns>Its size in bytes.</returns>
    /// <exception cref="UserErrorException">As <see cref="CallAsync"/>.</exception>
    public async Task<long> GrowAsync(CancellationToken cancel)
    {
        var size = await AskAsync(new DataDiskGrowRequest(), cancel);
        return long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : throw HelperErrors.NotUnderstood(socket, new FormatException("it is no size"));
    }

    /// <summary>The appliance's own system.</summary>
    /// <exception cref="UserErrorException">As <see cref="CallAsync"/>.</exception>
    public async Task<SystemState> SystemAsync(CancellationToken cancel) =>
        (await AnswerAsync(new SystemStateRequest(), cancel)).System ?? new SystemState(SystemPlace.Other, "", IsDevelopment: false, []);

    private async Task<HelperAnswer> AnswerAsync(HelperRequest request, CancellationToken cancel)
    {
        var most = HelperProtocol.DeadlineOf(request) + s_more;
        using var patience = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        try
        {
            var answer = HelperProtocol.ParseAnswer(await ExchangeAsync(HelperProtocol.LineOf(request), either.Token));
            return answer.Ok ? answer : throw HelperErrors.FromHelper(answer);
        }
        catch (FormatException e)
        {
            throw HelperErrors.NotUnderstood(socket, e);
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw HelperErrors.Silent(socket, most, e);
        }
    }

    private async Task<byte[]> ExchangeAsync(byte[] line, CancellationToken cancel)
    {
        using var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await ConnectAsync(connection, cancel);
        try
        {
            await connection.SendAsync(line, cancel);
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.Shutdown or SocketError.ConnectionReset)
        {
            // A helper that will not hear us answers without reading; what it says is there to be read.
        }

        try
        {
            await using var stream = new NetworkStream(connection, ownsSocket: false);
            return await HelperProtocol.ReadLineAsync(stream, cancel);
        }
        catch (IOException e)
        {
            throw HelperErrors.NotUnderstood(socket, e);
        }
    }

    private async Task ConnectAsync(Socket connection, CancellationToken cancel)
    {
        try
        {
            await connection.ConnectAsync(_address, cancel);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
        {
            throw HelperErrors.Closed(socket, e);
        }
        catch (SocketException e)
        {
            throw HelperErrors.Missing(socket, e);
        }
    }
}
