using System.Globalization;
using OsDeploy.Api.Hosts;
using OsDeploy.Text;

namespace OsDeploy.Cli.Output;

/// <summary>Hosts, and computers that are nobody yet, for people.</summary>
internal static class HostText
{
    public static void WriteList(TextWriter writer, IReadOnlyList<HostView> hosts, TimeProvider clock)
    {
        var table = new TextTable("NAME", "ROOM", "CONFIGURATION", "MAC", "LAST SEEN", "JOB", "STATE");
        foreach (var view in hosts)
        {
            var host = view.Host;
            table.Add(host.Name.ToString(), host.Room ?? "-", host.Configuration ?? "-", MacsOf(host.Identity), LocalTime.Of(clock, view.LastSeen),
                JobText.NumberOf(view.Job), StateOf(view));
        }

        table.Write(writer);
    }

    public static void WritePending(TextWriter writer, IReadOnlyList<PendingHost> hosts, TimeProvider clock)
    {
        var table = new TextTable("ID", "MAC", "COMPUTER", "SERIAL", "DISKS", "LAST SEEN", "WORDS ON IT", "MAY BE");
        foreach (var host in hosts)
        {
            table.Add(host.Id, MacsOf(host.Identity), ComputerOf(host.Inventory), host.Identity.SystemSerial ?? "-",
                string.Join(" + ", host.Inventory.Disks.Select(disk => Sizes.Of(disk.Size))), LocalTime.Of(clock, host.LastSeen), Printable.Of(host.Words ?? "-"), string.Join(", ", host.Candidates));
        }

        table.Write(writer);
    }

    public static void Write(TextWriter writer, HostView view, TimeProvider clock)
    {
        var (host, identity, details) = (view.Host, view.Host.Identity, view.Host.Details);
        new Facts()
            .Add("name", host.Name.ToString())
            .Add("room", host.Room)
            .Add("configuration", host.Configuration + (view.IsMaster ? " (its master)" : ""))
            .Add("state", StateOf(view))
            .Add("network cards", string.Join(", ", identity.Macs))
            .Add("address", view.Address)
            .Add("last seen", LocalTime.Of(clock, view.LastSeen))
            .Add("job", view.Job is null ? null : JobText.NumberOf(view.Job))
            .Add("serial", identity.SystemSerial ?? details.Serial)
            .Add("board serial", identity.BoardSerial)
            .Add("UUID", identity.SystemUuid)
            .Add("inventory number", details.InventoryNumber)
            .Add("owner", details.Owner)
            .Add("row, place", string.Join(", ", new[] { details.Row, details.Place }.Where(text => !string.IsNullOrEmpty(text))))
            .Add("IP", details.Ip)
            .Add("WLAN", string.Join(", ", new[] { details.WlanMac, details.WlanIp }.Where(text => !string.IsNullOrEmpty(text))))
            .Add("belongs to", JoinText.LineOf(host.Join))
            .Add("file of djoin", JoinText.LineOf(view.OfflineJoin, clock))
            .Add("joined", JoinText.LineOf(view.Joined, clock))
            .Add("boot options", BootText.LineOf(host.Boot))
            .Add("notes", host.Notes)
            .Add("changed", $"{LocalTime.Of(clock, host.ChangedAt)} by {host.ChangedBy}")
            .Write(writer);
        ConfigurationText.WriteEffective(writer, view.Partitions);
        if (host.Inventory is { } inventory)
        {
            WriteInventory(writer, inventory);
        }
    }

    private static void WriteInventory(TextWriter writer, Inventory inventory)
    {
        writer.WriteLine();
        new Facts()
            .Add("computer", ComputerOf(inventory))
            .Add("firmware", FirmwareText.Of(inventory.Firmware))
            .Add("secure boot", inventory.SecureBoot)
            .Add("assurance", Assurance.TierOf(inventory) == 0 ? "tier 0: whoever answers first owns its start" : "tier 1: it starts signed programs only, whoever signed them")
            .Add("TPM", inventory.Tpm)
            .Add("memory", Sizes.Of(inventory.MemoryBytes))
            .Write(writer);
        var disks = new TextTable("DISK", ">SIZE", "MODEL", "SERIAL", "WWN", "BUS");
        foreach (var disk in inventory.Disks)
        {
            disks.Add(disk.Name, Sizes.Of(disk.Size), disk.Model ?? "-", disk.Serial ?? "-", disk.Wwn ?? "-", (disk.Transport ?? "-") + (disk.IsRemovable ? ", removable" : ""));
        }

        disks.Write(writer, indent: "  ");
        if (inventory.Partitions is { Count: > 0 } found)
        {
            var partitions = new TextTable("DISK", ">PARTITION", ">SIZE", "FILE SYSTEM", "LABEL");
            foreach (var partition in found)
            {
                partitions.Add(partition.Disk, partition.Number.ToString(CultureInfo.InvariantCulture), Sizes.Of(partition.Size), partition.FileSystem ?? "-", partition.Label ?? "-");
            }

            partitions.Write(writer, indent: "  ");
        }

        var devices = new Facts();
        foreach (var device in inventory.Devices)
        {
            devices.Add(Printable.Of(device.Kind, 20), device.Name);
        }

        devices.Write(writer);
    }

    private static string ComputerOf(Inventory inventory) => $"{inventory.Vendor} {inventory.Model}".Trim() is { Length: > 0 } name ? name : "-";

    private static string MacsOf(HardwareIdentity identity) => identity.Macs switch
    {
        [] => "-",
        [var only] => only.ToString(),
        [var first, ..] => $"{first} +{identity.Macs.Count - 1}",
    };

    private static string StateOf(HostView view) => string.Join(", ",
        new[] { view.IsMaster ? "master" : "", view.Host.IsBlocked ? "blocked" : "", view.Host.IsLab ? "lab" : "" }.Where(word => word.Length > 0));
}
