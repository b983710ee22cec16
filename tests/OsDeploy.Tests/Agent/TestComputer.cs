using OsDeploy.Agent;
using OsDeploy.Api.Hosts;
using OsDeploy.Text;

namespace OsDeploy.Tests.Agent;

/// <summary>A computer without hardware.</summary>
internal sealed class TestComputer : Computer
{
    public override bool IsLab => true;

    public IReadOnlyList<PresentDisk> Disks { get; set; } = [new(new HostDisk("sda", "Disk", "S1", null, "sata", 1000, 512, IsRemovable: false), "/nonexistent/sda")];

    public Exception? DiskFault { get; set; }

    public UserErrorException? NoReboot { get; init; }

    public int Reboots { get; private set; }

    public override Task<(HardwareIdentity Identity, Inventory Inventory)> ReadAsync(CancellationToken cancel) => Task.FromResult((
        HardwareIdentity.OfMac(MacAddress.TryParse("02:00:00:00:00:01", out var mac) ? mac : default),
        new Inventory("Vendor", "Model", "uefi", 1L << 30, [.. Disks.Select(disk => disk.Disk)], [])));

    public override Task<IReadOnlyList<PresentDisk>> DisksAsync(CancellationToken cancel) => DiskFault is null ? Task.FromResult(Disks) : throw DiskFault;

    public override UserErrorException? WhyNoReboot() => NoReboot;

    public override Task RebootAsync(CancellationToken cancel)
    {
        Reboots++;
        return Task.CompletedTask;
    }

    public override Task PowerOffAsync(CancellationToken cancel) => Task.CompletedTask;
}
