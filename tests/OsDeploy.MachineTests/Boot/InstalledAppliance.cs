using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using OsDeploy.Api;
using OsDeploy.Api.Accounts;
using OsDeploy.Api.Appliance;
using OsDeploy.ImageBuilder.Appliance;
using OsDeploy.Lab.Pcs;
using OsDeploy.SystemImages;

namespace OsDeploy.MachineTests.Boot;

/// <summary>An appliance that is installed on the disk of an emulated PC, and asked over its network. All of it is gone after Dispose.</summary>
internal sealed class InstalledAppliance : IAsyncDisposable
{
    public const string Login = "Log in";

    private const int Memory = 1536;
    private const string Operator = "anna";
    private const string Password = "Sieben-Segel-im-Wind";
    private const string Mac = "52:54:00:00:00:42";

    private static readonly string s_artifacts = Path.GetFullPath($"{ClientImageFiles.Folder}/../..");
    private static readonly string s_medium = Path.Combine(s_artifacts, ApplianceImage.Name);
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osd-in-");
    private readonly int _port = FreePort();
    private readonly Stopwatch _time = Stopwatch.StartNew();
    private QemuPc? _pc;
    private ApiClient? _api;

    public QemuPc Pc => _pc ?? throw new InvalidOperationException("It is off.");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Disk => Path.Combine(_folder.FullName, "disk");

    public static void SkipUnlessAsked()
    {
        Assert.SkipUnless(Full.IsAsked, "takes half an hour: ./build.sh test --full");
        Root.OrSkip();
        ClientImageFiles.OrSkip();
        Assert.SkipUnless(File.Exists(s_medium), "there is no appliance: run ./build.sh iso");
    }

    /// <summary>Starts the medium's own kernel as its menu's entry for installing does, and answers on the serial line.</summary>
    public async Task InstallAsync()
    {
        await using (var disk = File.Create(Disk))
        {
            disk.SetLength(6L << 30);
        }

        var kernel = await ExtractAsync();
        await using var pc = QemuPc.SwitchOn(_folder.FullName, new PcParts("install")
        {
            Memory = Memory,
            Kernel = kernel,
            Disks = [new PcDisk(s_medium, "STICK"), new PcDisk(Disk, "DISK")],
        });
        await pc.WaitForAsync("Disk", s_patience, Cancel);
        await pc.WaitForAsync("vdb", s_patience, Cancel);
        await pc.TypeAsync("\r", Cancel);
        await pc.WaitForAsync("It takes some minutes", s_patience, Cancel);
        await pc.TypeAsync("\r", Cancel);
        await pc.WaitForAsync("Pull out the stick", s_patience, Cancel);
        Say("installed");
        await pc.TypeAsync("\r", Cancel);
        await pc.WaitForOffAsync(s_patience, Cancel);
    }

    /// <summary>Starts from the disk, with answers for the first start.</summary>
    /// <param name="more">Disks that are plugged in besides.</param>
    public async Task StartAsync(PcFirmware firmware, params string[] more)
    {
        var answers = await AnswersAsync();
        _pc = QemuPc.SwitchOn(_folder.FullName, new PcParts("appliance")
        {
            Firmware = firmware,
            Memory = Memory,
            Restarts = true,
            Longest = TimeSpan.FromMinutes(60),
            Cards = [new PcCard(Mac, Forward: $"tcp:127.0.0.1:{_port}-10.0.2.15:7443")],
            Disks = [new PcDisk(Disk, "DISK"), new PcDisk(answers, "ANSWERS"), .. more.Select((file, i) => new PcDisk(file, $"MORE{i}"))],
        });
        await Pc.WaitForAsync(Login, s_patience, Cancel);
        Say($"started by {firmware}");
    }

    /// <summary>Waits until the appliance is as it is wanted, whether it answers meanwhile or not.</summary>
    public async Task<SystemState> UntilAsync(string what, Func<SystemState, bool> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(s_patience);
        SystemState? last = null;
        while (true)
        {
            try
            {
                last = await (await ApiAsync()).CallAsync(SystemApi.Show, patience.Token);
                if (isSo(last))
                {
                    Say(what);
                    return last;
                }
            }
            catch (Exception e) when (!patience.IsCancellationRequested && e is IOException or SocketException or UserErrorException)
            {
                Forget(); // it is starting
            }

            try
            {
                await Task.Delay(s_pause, patience.Token);
            }
            catch (OperationCanceledException) when (!Cancel.IsCancellationRequested)
            {
                throw new TimeoutException($"Never so: {what}. The last state: {last}\n{Pc.Serial[^Math.Min(2000, Pc.Serial.Length)..]}");
            }
        }
    }

    /// <summary>Sends a medium and has it written; returns how that ended.</summary>
    public async Task<SystemWork> UpdateAsync(string medium)
    {
        var api = await ApiAsync();
        await api.UploadAsync(SystemApi.Upload, () => File.OpenRead(medium), ApiJson.Default.SystemUpload, Cancel);
        Say("sent");
        await api.CallAsync(SystemApi.Update, new SystemUpdateOrder(SystemSource.Upload), Cancel);
        return (await UntilAsync("written", state => state.Work is { IsDone: true })).Work!;
    }

    public async Task RestartAsync()
    {
        await (await ApiAsync()).CallAsync(ApplianceApi.Power, new PowerOrder(PowerAction.Restart), Cancel);
        Forget();
    }

    public async Task<ApiClient> ApiAsync()
    {
        if (_api is null)
        {
            var (address, options) = ($"https://127.0.0.1:{_port}", new ConnectionOptions { ServerKey = await KeyAsync() }.Once());
            using var nobody = new ApiClient(address, TimeProvider.System, options);
            var token = (await nobody.CallAsync(AccountApi.Login, new LoginRequest(Operator, Password), Cancel)).Token;
            _api = new ApiClient(address, TimeProvider.System, options with { Token = token });
        }

        return _api;
    }

    /// <summary>Makes another medium of the programs that are there.</summary>
    /// <param name="change">Gets the folder of the definition.</param>
    public async Task<string> BuildAsync(string name, long counter, Action<string>? change = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;
        foreach (var one in new[] { "program", "daemon", "helper", "client", "cache", "development-key.pem" })
        {
            Directory.CreateSymbolicLink(Path.Combine(folder, one), Path.Combine(s_artifacts, one));
        }

        var definition = Path.Combine(folder, "definition");
        await new Command("cp", "-a", Path.GetFullPath($"{s_artifacts}/../iso/appliance"), definition).RunAsync(Cancel);
        change?.Invoke(definition);
        var made = await new ApplianceImage(new ApplianceOptions(definition, folder, null, 3, Refresh: false, name, counter), _ => { }).BuildAsync(Cancel);
        Say($"built {name}");
        return made;
    }

    public static long CounterOfMedium()
    {
        using var medium = new JolietMedium(File.OpenRead(s_medium));
        using var manifest = medium.Open(Assert.Single(medium.ListFolders()), SystemManifest.FileName);
        using var bytes = new MemoryStream();
        manifest.CopyTo(bytes);
        return SystemManifest.Parse(bytes.ToArray()).Counter;
    }

    public async ValueTask DisposeAsync()
    {
        Forget();
        if (_pc is not null)
        {
            await _pc.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private void Forget()
    {
        _api?.Dispose();
        _api = null;
    }

    private void Say(string what) => TestContext.Current.TestOutputHelper?.WriteLine($"{_time.Elapsed.TotalSeconds:0} s: {what}");

    private async Task<PcKernel> ExtractAsync()
    {
        using var medium = new JolietMedium(File.OpenRead(s_medium));
        var id = Assert.Single(medium.ListFolders());
        foreach (var name in new[] { SystemFiles.Kernel, SystemFiles.Initrd })
        {
            await using var from = medium.Open(id, name);
            await using var to = File.Create(Path.Combine(_folder.FullName, name));
            await from.CopyToAsync(to, Cancel);
        }

        return new PcKernel(
            Path.Combine(_folder.FullName, SystemFiles.Kernel),
            Path.Combine(_folder.FullName, SystemFiles.Initrd),
            $"boot=live noeject panic=30 quiet loglevel=3 vt.global_cursor_default=1 lockdown=integrity live-media-path={SystemFiles.Folder}/{id} osdeploy.install osdeploy.language=en console=tty1 console=ttyS0,115200");
    }

    private async Task<string> AnswersAsync()
    {
        var (image, answers, password) = (Path.Combine(_folder.FullName, "answers"), Path.Combine(_folder.FullName, "osdeploy-answers.txt"), Path.Combine(_folder.FullName, "password.txt"));
        await File.WriteAllTextAsync(answers, $"disk = volume\noperator = {Operator}\npassword-file = password.txt\naddress = 10.0.2.15/24\npxe = off\nschool = Test\n", Cancel);
        await File.WriteAllTextAsync(password, Password + "\n", Cancel);
        await new Command("mformat", "-C", "-i", image, "-v", "OSDEPLOYSET", "-h", "16", "-s", "63", "-t", "32", "::").RunAsync(Cancel);
        await new Command("mcopy", "-o", "-i", image, answers, password, "::").RunAsync(Cancel);
        return image;
    }

    private async Task<ServerKey> KeyAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            using var connection = new TcpClient();
            await connection.ConnectAsync("127.0.0.1", _port, patience.Token);
            await using var stream = new SslStream(connection.GetStream());
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null }, patience.Token);
            return ServerKey.Of((X509Certificate2)stream.RemoteCertificate!);
        }
        catch (Exception e) when (!Cancel.IsCancellationRequested && e is OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            throw new IOException("it does not answer yet", e);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
