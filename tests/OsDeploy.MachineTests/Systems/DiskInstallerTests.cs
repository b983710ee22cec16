using OsDeploy.Api.Helper;
using OsDeploy.Helper.Storage;
using OsDeploy.Helper.Systems;
using OsDeploy.MachineTests.Helper;
using OsDeploy.SystemImages;
using OsDeploy.Tests.SystemImages;

namespace OsDeploy.MachineTests.Systems;

/// <summary>The appliance on a disk: what lies where, what cuts and faults leave, and what is refused.</summary>
public sealed class DiskInstallerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_blank_disk_gets_loaders_two_places_and_the_volume()
    {
        await using var lab = await SystemLab.CreateAsync();
        await lab.InstallAsync();

        var table = await BareDisk.RunAsync("sfdisk", "--dump", lab.Disk.Path);
        Assert.Matches("start= +2048, size= +2048, type=21686148-6449-6E6F-744E-656564454649", table);
        Assert.Matches("size= +524288, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B", table);
        Assert.Equal(2, table.Split("size=     2097152").Length - 1);
        Assert.True((await Content.OfAsync(lab.Parts.Data, Cancel)).IsOurs);
        Assert.True(await lab.IsStartableAsync());
        var environment = lab.Environment();
        Assert.Equal((SystemDisk.SlotA, null, "de"), (environment.Slot, environment.Try, environment[GrubEnvironment.LanguageName]));
        Assert.NotEqual(environment[GrubEnvironment.IdName("a")], environment[GrubEnvironment.IdName("b")]);
        Assert.Equal(environment[GrubEnvironment.IdName("a")], await BareDisk.RunAsync("blkid", "-p", "-o", "value", "-s", "UUID", lab.Parts.Slot("a")));
        Assert.Equal(environment[GrubEnvironment.IdName("b")], await BareDisk.RunAsync("blkid", "-p", "-o", "value", "-s", "UUID", lab.Parts.Slot("b")));
    }

    [Fact]
    public async Task A_bios_finds_the_core_where_it_was_put()
    {
        await using var lab = await SystemLab.CreateAsync();
        await lab.InstallAsync();

        var files = SampleSystem.Files();
        var bytes = new byte[2 << 20];
        using (var disk = File.OpenRead(lab.Disk.Path))
        {
            disk.ReadExactly(bytes);
        }

        Assert.Equal(files[SystemFiles.BiosBoot][..0x5c], bytes[..0x5c]);
        Assert.Equal(2048, BitConverter.ToInt64(bytes, 0x5c));
        Assert.Equal(0x55, bytes[510]);
        Assert.Equal(files[SystemFiles.BiosCore][..0x1f4], bytes[(1 << 20)..((1 << 20) + 0x1f4)]);
        Assert.Equal(2049, BitConverter.ToInt64(bytes, (1 << 20) + 0x1f4));
        Assert.Equal(files[SystemFiles.BiosCore][512..], bytes[((1 << 20) + 512)..((1 << 20) + files[SystemFiles.BiosCore].Length)]);
    }

    [Fact]
    public async Task Where_there_is_a_volume_no_second_one_is_made()
    {
        await using var lab = await SystemLab.CreateAsync(3L << 30);
        await using var other = await BareDisk.CreateAsync();
        await other.MakeOursAsync();

        await lab.InstallAsync(null, other);

        Assert.DoesNotContain("osdeploy-data", await BareDisk.RunAsync("sfdisk", "--dump", lab.Disk.Path), StringComparison.Ordinal);
        Assert.Single(await BareDisk.Only(lab.Disk, other).VolumesAsync(Cancel));
    }

    [Fact]
    public async Task A_disk_with_data_is_lost_only_by_its_name_as_it_was_typed()
    {
        await using var lab = await SystemLab.CreateAsync();
        await lab.Disk.FillAsync("pupils");
        var (before, name) = (await lab.Disk.HashAsync(), (await lab.LookAsync()).Name);

        foreach (var typed in new[] { null, "", name.ToUpperInvariant(), name + " " })
        {
            Assert.Equal("data-disk-not-confirmed", (await Assert.ThrowsAsync<UserErrorException>(() => lab.InstallAsync(typed))).Code);
        }

        Assert.Equal(before, await lab.Disk.HashAsync());
        await lab.InstallAsync(name);
        Assert.True(await lab.IsStartableAsync());
    }

    [Fact]
    public async Task A_disk_that_is_too_small_is_refused_before_anything_is_written()
    {
        await using var lab = await SystemLab.CreateAsync(3L << 30);

        Assert.Equal("system-disk-small", (await Assert.ThrowsAsync<UserErrorException>(() => lab.InstallAsync())).Code);
        Assert.Equal(DataDiskState.Blank, (await lab.LookAsync()).State);
    }

    [Fact]
    public async Task A_medium_that_was_changed_is_refused_before_anything_is_written()
    {
        await using var lab = await SystemLab.CreateAsync();
        var file = Path.Combine(lab.Medium, SystemFiles.Folder, SampleSystem.Id, SystemFiles.Own);
        var bytes = await File.ReadAllBytesAsync(file, Cancel);
        bytes[17] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Cancel);

        Assert.Equal("system-image-tampered", (await Assert.ThrowsAsync<UserErrorException>(() => lab.InstallAsync())).Code);
        Assert.Equal(DataDiskState.Blank, (await lab.LookAsync()).State);
    }

    [Fact]
    public async Task Cut_short_before_any_program_nothing_starts_and_the_next_try_works()
    {
        await using var lab = await SystemLab.CreateAsync();
        var programs = 0;
        for (var cut = 1; ; cut++)
        {
            programs = 0;
            lab.Before = _ => ++programs == cut ? throw new OperationCanceledException() : Task.CompletedTask;
            try
            {
                await lab.InstallAsync((await lab.LookAsync()).Name);
                break;
            }
            catch (OperationCanceledException)
            {
                Assert.False(await lab.IsStartableAsync(), $"startable after {cut} programs");
            }

            lab.Before = _ => Task.CompletedTask;
            await new Command("umount", "--lazy", Path.Combine(lab.Work, "slot")).Accepting(_ => true).RunAsync(Cancel);
        }

        Assert.True(programs > 15, "it runs more programs than that");
        Assert.True(await lab.IsStartableAsync());
    }

    [Fact]
    public async Task A_bit_that_the_disk_does_not_keep_is_found()
    {
        await using var lab = await SystemLab.CreateAsync();
        var unmounted = 0;
        lab.Before = async program =>
        {
            // Between writing and reading back.
            if (program.ToString().StartsWith("blockdev", StringComparison.Ordinal) && ++unmounted == 1)
            {
                await FlipAsync(lab.Parts.Slot("a"), SampleSystem.Files()[SystemFiles.Own]);
            }
        };

        Assert.Equal("system-image-not-written", (await Assert.ThrowsAsync<UserErrorException>(() => lab.InstallAsync())).Code);
        Assert.Equal(1, unmounted);
        Assert.False(await lab.IsStartableAsync());
    }

    // Where the file's bytes lie on the device.
    private static async Task FlipAsync(string device, byte[] content)
    {
        await using var file = new FileStream(device, new FileStreamOptions { Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, BufferSize = 0 });
        var block = new byte[4096];
        for (long at = 0; ; at += block.Length)
        {
            file.Position = at;
            await file.ReadExactlyAsync(block, Cancel);
            if (block.AsSpan().SequenceEqual(content.AsSpan(0, block.Length)))
            {
                block[100] ^= 4;
                file.Position = at;
                await file.WriteAsync(block, Cancel);
                return;
            }
        }
    }
}
