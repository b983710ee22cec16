using System.Net;
using System.Net.Sockets;
using OsDeploy.Api;
using OsDeploy.Api.Agents;
using OsDeploy.Api.Carousels;
using OsDeploy.Api.Configurations;
using OsDeploy.Images;
using OsDeploy.Personalisation;

namespace OsDeploy.Agent;

/// <summary>
/// The server as an agent meets it: says hello before the first question, and again whenever the server has forgotten it. The same credential
/// serves the questions and the store, whoever notices first that it is void.
/// </summary>
internal sealed class AgentConnection : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Lock _making = new();
    private readonly AgentOptions _agent;
    private readonly TimeProvider _time;
    private readonly Func<Hello> _hello;
    private readonly ConnectionOptions _options;
    private readonly ApiClient _anyone;
    private ApiClient? _known;
    private string? _token;
    private volatile int _hellos;

    /// <param name="hello">What to say now.</param>
    /// <exception cref="UserErrorException"><c>store-address</c>, <c>store-plain-http</c></exception>
    public AgentConnection(AgentOptions agent, TimeProvider time, Func<Hello> hello, Action<TimeSpan> away)
    {
        (_agent, _time, _hello) = (agent, time, hello);
        _options = new ConnectionOptions { ServerKey = agent.Key, Away = away };

        // An agent is started by the network it then waits for.
        _options = agent.Once ? _options : _options with { GiveUpFirstContactAfter = _options.GiveUpAfter };
        _anyone = new ApiClient(agent.Server, time, _options);
    }

    /// <summary>How often it has said hello.</summary>
    public int Hellos => _hellos;

    /// <param name="doing">Id of the job under way; null: none.</param>
    public async Task<Orders> PollAsync(string? doing, CancellationToken cancel) =>
        await (await KnownAsync(cancel)).CallAsync(AgentApi.Poll, new Poll(doing), cancel);

    public async Task<ReportAnswer> ReportAsync(string job, JobReport report, CancellationToken cancel) =>
        await (await KnownAsync(cancel)).CallAsync(AgentApi.Report, report, cancel, job);

    public async Task<MachineFacts> FactsAsync(CancellationToken cancel) => await (await KnownAsync(cancel)).CallAsync(AgentApi.Facts, cancel);

    public async Task RestoreSelfAsync(OwnRestore restore, CancellationToken cancel) =>
        await (await KnownAsync(cancel)).CallAsync(AgentApi.RestoreSelf, restore, cancel);

    /// <summary>Fetches a file that a job's personality names. Whether it is that file, <see cref="PersonalContent"/> finds when it is used.</summary>
    /// <param name="to">Can be written and sought. Left at its end.</param>
    /// <exception cref="UserErrorException"><c>content-missing</c>, <c>lease-lost</c></exception>
    public async Task FetchAsync(string job, ContentId content, Stream to, CancellationToken cancel) =>
        await (await KnownAsync(cancel)).DownloadAsync(AgentApi.Content, to, cancel, job, content.ToString());

    /// <summary>What the host needs to know in its restore. Once for each fence: a second agent gets nothing.</summary>
    /// <param name="fence">As in the order.</param>
    /// <param name="nonce">32 hexadecimal digits, drawn once for the order: an answer that was lost comes again.</param>
    /// <exception cref="UserErrorException"><c>lease-lost</c>, <c>secrets-released</c></exception>
    public async Task<PersonalSecrets> SecretsAsync(string job, long fence, string nonce, CancellationToken cancel) =>
        await (await KnownAsync(cancel)).CallAsync(AgentApi.Secrets, new SecretsRequest(fence, nonce), cancel, job);

    /// <summary>Address of the card over which the server is reached.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">There is no way to it.</exception>
    public IPAddress LocalAddress()
    {
        // Nothing is sent: connecting a UDP socket only asks for the way.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        var server = StoreAddress.ParseUrl(_agent.Server);
        socket.Connect(server.DnsSafeHost, server.Port);
        return ((IPEndPoint)socket.LocalEndPoint!).Address;
    }

    public async Task<CarouselTicket> JoinCarouselAsync(string job, CarouselJoin join, CancellationToken cancel) =>
        await (await KnownAsync(cancel)).CallAsync(CarouselApi.Join, join, cancel, job);

    public async Task SendNeedAsync(string job, string carousel, byte[] need, CancellationToken cancel) =>
        await (await KnownAsync(cancel)).SendBytesAsync(CarouselApi.Need, need, cancel, job, carousel);

    public async Task<byte[]> ReadPlanAsync(string job, string carousel, CancellationToken cancel)
    {
        using var answer = new MemoryStream();
        await (await KnownAsync(cancel)).DownloadAsync(CarouselApi.Plan, answer, cancel, job, carousel);
        return answer.ToArray();
    }

    public async Task<CarouselOrders> ReportCarouselAsync(string job, string carousel, CarouselReport report, CancellationToken cancel) =>
        await (await KnownAsync(cancel)).CallAsync(CarouselApi.Report, report, cancel, job, carousel);

    /// <param name="remote">Null: the store of this server.</param>
    /// <exception cref="UserErrorException"><c>store-pin</c>, <c>store-address</c>, <c>store-plain-http</c></exception>
    public IImageStore OpenStore(RemoteStore? remote)
    {
        if (remote is null)
        {
            return new HttpImageStore(_agent.Server, _time, _options with { Token = _token, Renew = RenewAsync });
        }

        var key = ServerKey.TryParse(remote.Pin, out var pin) ? pin : throw AgentErrors.StorePin(remote.Url);
        return new HttpImageStore(remote.Url, _time, new ConnectionOptions { ServerKey = key, Token = remote.Token, Away = _options.Away });
    }

    /// <summary>There is something new to say: the next question says hello first.</summary>
    public async Task ForgetAsync(CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        _token = null;
        _gate.Release();
    }

    public void Dispose()
    {
        _known?.Dispose();
        _anyone.Dispose();
        _gate.Dispose();
    }

    private async Task<ApiClient> KnownAsync(CancellationToken cancel)
    {
        var token = await RenewAsync(null, cancel);
        lock (_making)
        {
            return _known ??= new ApiClient(_agent.Server, _time, _options with { Token = token, Renew = RenewAsync });
        }
    }

    // Several requests are refused at once; one hello is enough for all.
    private async Task<string> RenewAsync(string? refused, CancellationToken cancel)
    {
        await _gate.WaitAsync(cancel);
        try
        {
            if (_token is null || _token == refused)
            {
                _token = (await _anyone.CallAsync(AgentApi.Hello, _hello(), cancel)).Token;
                _hellos++;
            }

            return _token;
        }
        finally
        {
            _gate.Release();
        }
    }
}
