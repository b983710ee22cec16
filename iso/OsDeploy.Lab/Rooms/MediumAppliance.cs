using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using OsDeploy.Api;
using OsDeploy.Lab.Disks;
using OsDeploy.Lab.Pcs;
using OsDeploy.Lab.Wires;

namespace OsDeploy.Lab.Rooms;

/// <summary>An emulated computer that is started from the appliance's own medium, with an empty disk, and sets itself up by a file of answers.</summary>
internal sealed class MediumAppliance : LabAppliance
{
    /// <summary>Its port of the switch.</summary>
    public const string Tap = "osdtap0";

    private const int Port = 7443;
    private const int Memory = 2048;
    private const long DataSize = 8L << 30;
    private const string AnswersLabel = "OSDEPLOYSET"; // as the appliance looks for it

    private static readonly TimeSpan s_start = TimeSpan.FromMinutes(10);

    private readonly NetworkNamespace _network;
    private readonly string _medium;
    private QemuPc? _computer;

    /// <param name="medium">The medium's file.</param>
    /// <inheritdoc cref="LabAppliance(LabPrograms, string, CancellationToken)"/>
    public MediumAppliance(NetworkNamespace network, string medium, LabPrograms programs, string folder, CancellationToken cancel)
        : base(programs, folder, cancel) => (_network, _medium) = (network, medium);

    // The operator sits at a computer of the same network.
    public override string BridgeAddress => "10.77.0.9";

    public override string Server => string.Create(CultureInfo.InvariantCulture, $"https://{Address}:{Port}");

    protected override IReadOnlyList<string> Way => ["ip", "netns", "exec", _network.Name];

    private QemuPc Computer => _computer ?? throw LabErrors.ApplianceDown("");

    private string Data => Path.Combine(Folder, "data.img");

    public override async Task StartAsync(LabWires wires)
    {
        await _network.PlugInAsync(wires.Switch, Tap);
        var password = await WritePasswordAsync();
        var isNew = !File.Exists(Data);
        if (isNew)
        {
            await StartableDisk.EmptyAsync(Data, DataSize);
        }

        SwitchOn(isNew ? [await AnswersAsync(wires, password)] : []);
        await LogInAsync();
        await DoAsync(["boot", "set", .. PcSettings]);
    }

    /// <summary>The power fails, and comes back.</summary>
    /// <exception cref="UserErrorException"><c>lab-appliance-down</c></exception>
    public async Task CutPowerAsync()
    {
        await Computer.DisposeAsync();
        SwitchOn([]);
        await LogInAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        if (_computer is not null)
        {
            await _computer.DisposeAsync();
        }
    }

    private async Task LogInAsync()
    {
        await WaitAsync();
        await DoAsync("login", Server, "--pin", (await ReadKeyAsync()).ToString(), "--user", User, "--password-file", Path.Combine(Folder, "password"));
    }

    // Until its console asks who is there.
    private async Task WaitAsync()
    {
        try
        {
            await Computer.WaitForAsync("Log in", s_start, Cancel);
        }
        catch (TimeoutException e)
        {
            throw LabErrors.ApplianceDown(e.Message);
        }
    }

    private void SwitchOn(IReadOnlyList<string> more) => _computer = QemuPc.SwitchOn(Folder, new PcParts("appliance")
    {
        Memory = Memory,
        Namespace = _network.Name,
        Cards = [new PcCard("02:00:00:00:01:00", Tap)],
        Disks = [new PcDisk(_medium, "MEDIUM"), new PcDisk(Data, "DATA"), .. more.Select(file => new PcDisk(file, "ANSWERS"))],
        Restarts = true,
        Longest = Longest,
    });

    private async Task<string> AnswersAsync(LabWires wires, string password)
    {
        var (image, answers) = (Path.Combine(Folder, "answers.img"), Path.Combine(Folder, "osdeploy-answers.txt"));
        File.Delete(image);
        var service = wires.HasSchool ? "pxe = proxy" : $"pxe = dhcp\nrange = {Range}";
        await File.WriteAllTextAsync(answers, $"disk = blank\noperator = {User}\npassword-file = password\naddress = {Address}/24\n{service}\nschool = Lab\n", Cancel);
        await new Command("mformat", "-C", "-i", image, "-v", AnswersLabel, "-h", "16", "-s", "63", "-t", "32", "::").RunAsync(Cancel);
        await new Command("mcopy", "-i", image, answers, password, "::").RunAsync(Cancel);
        return image;
    }

    // Nobody else is in this network: what is shown is the appliance's.
    private async Task<ServerKey> ReadKeyAsync()
    {
        using var socket = _network.Make(() => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp));
        await socket.ConnectAsync(Address, Port, Cancel);
        await using var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = Address, RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null }, Cancel);
        return ServerKey.Of((X509Certificate2)stream.RemoteCertificate!);
    }
}
