using OsDeploy.Api.Helper;
using OsDeploy.Helper.Storage;

namespace OsDeploy.Helper.Health;

/// <summary>Asks each disk how it is. Nothing is written, and nothing is tested: what the disk has noticed by itself is told.</summary>
internal static class DiskExamination
{
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(15);

    // How hypervisors name the disks that they make up, and the kernel those without a bus of their own.
    private static readonly string[] s_virtualModels = ["QEMU", "VBOX", "VMware", "Virtual", "Msft", "KVM", "BHYVE"];
    private static readonly string[] s_virtualNames = ["vd", "xvd", "nbd", "rbd", "loop"];

    /// <param name="disks">Of this computer.</param>
    public static async Task<IReadOnlyList<DiskHealth>> RunAsync(IEnumerable<BlockDevice> disks, CancellationToken cancel)
    {
        var found = new List<DiskHealth>();
        foreach (var disk in disks)
        {
            var known = new DiskHealth(disk.Name, disk.Model?.Trim() ?? "", disk.Size, IsVirtual(disk));
            found.Add(known.IsVirtual ? known : await AskAsync(disk.Path, known, cancel));
        }

        return found;
    }

    internal static bool IsVirtual(BlockDevice disk) =>
        disk.Tran == "virtio"
        || s_virtualNames.Any(name => disk.Name.StartsWith(name, StringComparison.Ordinal))
        || s_virtualModels.Any(model => disk.Model?.Contains(model, StringComparison.OrdinalIgnoreCase) == true);

    // One that does not answer is one of which nothing is known: the others are asked all the same.
    private static async Task<DiskHealth> AskAsync(string path, DiskHealth known, CancellationToken cancel)
    {
        try
        {
            // Its exit code is a set of findings, all of which are in what it prints.
            var command = new Command("smartctl", "--json", "-H", "-A", "-i", path).WithDeadline(s_deadline).Accepting(_ => true);
            return SmartReport.Parse((await command.RunAsync(cancel)).Output, known);
        }
        catch (Exception e) when (e is UserErrorException or FormatException)
        {
            return known;
        }
    }
}
