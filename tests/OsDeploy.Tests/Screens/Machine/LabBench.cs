using OsDeploy.Agent;
using OsDeploy.Api.Hosts;
using OsDeploy.Disks;
using OsDeploy.Screens.Machine;
using OsDeploy.Tests.Daemons;
using OsDeploy.Tests.Hosts;
using Xunit;

namespace OsDeploy.Tests.Screens.Machine;

/// <summary>A computer without hardware, whose disks are said to hold something.</summary>
internal sealed class BenchComputer(int number, params IReadOnlyList<DiskLayout> disks) : Computer
{
    private const long Gibi = 1L << 30;

    public override bool IsLab => false;

    public int Restarts { get; private set; }

    public int PowerOffs { get; private set; }

    public static DiskLayout Disk(string serial, params IReadOnlyList<PartitionLayout> partitions) => new(
        new DiskIdentity("/nonexistent/" + serial, "Bench disk", serial, null, "sata", 256 * Gibi, 512, IsBlockDevice: true, IsRemovable: false, IsReadOnly: false, []),
        "gpt", null, [], 1 << 20, "uefi", partitions);

    public static PartitionLayout Partition(int number, string? fileSystem, long gibi, string label = "", bool isContainer = false) => new(
        number, number * Gibi, gibi * Gibi, "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7", null, null, isContainer, fileSystem, null, null, label);

    public override Task<(HardwareIdentity Identity, Inventory Inventory)> ReadAsync(CancellationToken cancel) =>
        Task.FromResult((TestRegistry.Laptop(number, number), new Inventory("Bench", "Model 1", "uefi", 8 * Gibi, [.. Present().Select(disk => disk.Disk)], [])));

    public override Task<IReadOnlyList<PresentDisk>> DisksAsync(CancellationToken cancel) => Task.FromResult<IReadOnlyList<PresentDisk>>(Present());

    public override Task<DiskLayout?> LookAtAsync(PresentDisk disk, CancellationToken cancel) => Task.FromResult(disks.FirstOrDefault(layout => layout.Disk.Path == disk.Path));

    public override UserErrorException? WhyNoReboot() => null;

    public override Task RebootAsync(CancellationToken cancel) => Task.FromResult(Restarts++);

    public override Task PowerOffAsync(CancellationToken cancel) => Task.FromResult(PowerOffs++);

    private List<PresentDisk> Present() => [.. disks.Select(layout => new PresentDisk(
        new HostDisk(layout.Disk.Serial!.ToLowerInvariant(), layout.Disk.Model, layout.Disk.Serial, null, "sata", layout.Disk.Size, 512, IsRemovable: false), layout.Disk.Path))];
}

/// <summary>A computer in front of somebody, and a real appliance behind it.</summary>
internal sealed class LabBench : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
    private readonly SemaphoreSlim _moved = new(0);
    private readonly Task _run;

    private LabBench(TestDaemon daemon, BenchComputer computer, Func<MachineOptions, MachineOptions>? change)
    {
        (Daemon, Computer) = (daemon, computer);
        var options = new MachineOptions(daemon.Address, daemon.Key, "osdeploy test");
        Session = new MachineSession(new AgentOptions(daemon.Address, daemon.Key, "osdeploy test"), change?.Invoke(options) ?? options, computer, TimeProvider.System);
        Session.Changed += (_, _) => _moved.Release();
        _run = Session.RunAsync(_stop.Token);
    }

    public TestDaemon Daemon { get; }

    public BenchComputer Computer { get; }

    public MachineSession Session { get; }

    public static LabBench Start(TestDaemon daemon, BenchComputer computer, Func<MachineOptions, MachineOptions>? change = null) => new(daemon, computer, change);

    /// <summary>Until the server has said what the computer is, and what is asked for is so.</summary>
    public async Task<MachineState> UntilAsync(Func<MachineState, bool> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (!isSo(Session.State))
        {
            await _moved.WaitAsync(patience.Token);
        }

        return Session.State;
    }

    public async Task LoginAsync()
    {
        await UntilAsync(state => state.Facts is not null);
        await Session.Account.LoginAsync(TestDaemon.Anna, TestDaemon.Password, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Session.Dispose();
        _stop.Dispose();
        _moved.Dispose();
    }
}
