using OsDeploy.Api.Appliance;
using OsDeploy.Api.Helper;
using OsDeploy.Helper.Systems;
using OsDeploy.SystemImages;
using OsDeploy.Tests.SystemImages;
using Xunit;

namespace OsDeploy.Tests.Helper;

public sealed class SystemDiskTests
{
    [Fact]
    public void The_volume_is_the_last_partition_where_there_is_one()
    {
        Assert.EndsWith("name=\"osdeploy-data\"\n", SystemDisk.TableOf(hasData: true).TrimEnd() + "\n", StringComparison.Ordinal);
        Assert.DoesNotContain("osdeploy-data", SystemDisk.TableOf(hasData: false), StringComparison.Ordinal);
        Assert.True(SystemDisk.LeastSize(hasData: true) > SystemDisk.LeastSize(hasData: false));
        Assert.Equal("/dev/nvme0n1p4", new SystemDisk("/dev/nvme0n1").Slot(SystemDisk.SlotB));
    }

    [Theory]
    [InlineData("boot=live live-media-path=osdeploy/0123 osdeploy.language=de", "0123", null, "de")]
    [InlineData("boot=live live-media-path=osdeploy/01-23 osdeploy.slot=b osdeploy.language=$(x)", "01-23", "b", "")]
    [InlineData("live-media-path=osdeploy/../x osdeploy.slot=a", null, "a", "")]
    [InlineData("live-media-path=osdeploy/x osdeploy.slot=c", "x", null, "")]
    [InlineData("root=/dev/sda1 quiet", null, null, "")]
    public void What_runs_is_read_from_the_kernels_command_line(string line, string? folder, string? slot, string language)
    {
        var running = RunningSystem.Of(line);

        Assert.Equal((folder, slot, language), (running.Folder, running.Slot, running.Words[GrubEnvironment.LanguageName]));
    }

    [Fact]
    public void Only_root_erases_a_disk_or_calls_a_system_well()
    {
        HelperRequest[] requests = [new SystemInstallRequest("/dev/sda", "", 1), new SystemKeepRequest(), new SystemStateRequest(), new SystemUpdateRequest(SystemSource.Upload), new SystemFallbackRequest()];

        Assert.All(requests, request => Assert.True(SystemDesk.Knows(request)));
        Assert.Equal(requests[..2], requests.Where(SystemDesk.IsForRoot));
    }

    [Fact]
    public void A_place_is_started_by_its_own_id()
    {
        var start = SlotWriter.StartOf(SampleSystem.ManifestOf(SampleSystem.Files()), "b", "11-22");

        Assert.Contains(" live-media=/dev/disk/by-uuid/11-22 live-media-path=osdeploy/11-22 osdeploy.slot=b ", start, StringComparison.Ordinal);
        Assert.StartsWith("linux /osdeploy/11-22/vmlinuz boot=live panic=30 ", start, StringComparison.Ordinal);
        Assert.EndsWith("\ninitrd /osdeploy/11-22/initrd.img\n", start, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_bytes_of_a_volume_are_a_file_is_found_in_it_or_not() => Seeded.Cases(500, random =>
    {
        var bytes = new byte[64 << 10];
        random.NextBytes(bytes);

        // Numbers that a volume could have, so that more than the first look is tried.
        bytes[11] = 0;
        bytes[12] = 2;
        bytes[13] = (byte)random.Next(1, 8);
        bytes[14] = (byte)random.Next(1, 32);
        bytes[15] = 0;
        bytes[16] = 2;
        bytes.AsSpan(22, 2).Clear();
        bytes.AsSpan(37, 3).Clear();
        bytes.AsSpan(45, 3).Clear();
        try
        {
            Assert.InRange(FatFile.Find(new MemoryStream(bytes), "EFI/debian/grubenv", 1024), 0, long.MaxValue);
        }
        catch (Exception e) when (e is FormatException or IOException)
        {
            // It is not there.
        }
    });
}
