using OsDeploy.Api.Configurations;
using OsDeploy.MachineTests.Cli;
using OsDeploy.MachineTests.Disks;
using OsDeploy.MachineTests.Imaging;
using OsDeploy.Personalisation;
using OsDeploy.Text;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.MachineTests.Personalisation;

/// <summary>A restored Linux becomes one host's own.</summary>
public sealed class LinuxTests
{
    public LinuxTests() => Root.OrSkip();

    [Theory]
    [InlineData("ext4")]
    [InlineData("xfs")]
    [InlineData("btrfs")]
    public async Task It_gets_its_name_and_loses_all_that_was_the_masters_own(string fileSystem)
    {
        await using var disk = await LinuxDisk.CreateAsync(fileSystem, swapUuid: "99999999-2222-3333-4444-555555555555");
        var lab = new PersonalLab();

        await lab.RunAsync(disk, Host("R101-PC05") with { Joining = new Joining(Domain: "school.example"), Files = [lab.File(PersonalFileKind.SshKey, "admin.pub", "ssh-ed25519 BBBB admin\n")] });

        await using (var mount = await disk.MountAsync(LinuxDisk.System, isReadOnly: true))
        {
            string Read(string path) => File.ReadAllText(Path.Combine(mount.Folder, path));
            Assert.Equal("r101-pc05\n", Read("etc/hostname"));
            Assert.Equal("127.0.0.1\tlocalhost\n127.0.1.1\tr101-pc05.school.example r101-pc05\n\n::1\tlocalhost\n", Read("etc/hosts"));
            Assert.Equal("", Read("etc/machine-id"));
            Assert.Contains("UUID=99999999-2222-3333-4444-555555555555 none swap", Read("etc/fstab"), StringComparison.Ordinal);
            Assert.Contains("UUID=aaaaaaaa-0000-0000-0000-000000000001 / ", Read("etc/fstab"), StringComparison.Ordinal);
            Assert.Equal(["sshd_config"], Directory.EnumerateFiles(Path.Combine(mount.Folder, "etc/ssh")).Select(Path.GetFileName));
            Assert.Equal("ssh-ed25519 AAAA before\nssh-ed25519 BBBB admin\n", Read("root/.ssh/authorized_keys"));
            Assert.Equal("/etc/machine-id", new FileInfo(Path.Combine(mount.Folder, "var/lib/dbus/machine-id")).LinkTarget);
            Assert.All(new[] { "etc/udev/rules.d/70-persistent-net.rules", "etc/salt/minion_id", "var/lib/systemd/random-seed" }, gone => Assert.False(File.Exists(Path.Combine(mount.Folder, gone))));
            Assert.Contains("ssh-keygen -A", Read("etc/systemd/system/osdeploy-ssh-host-keys.service"), StringComparison.Ordinal);
            Assert.Equal("/etc/systemd/system/osdeploy-ssh-host-keys.service", new FileInfo(Path.Combine(mount.Folder, "etc/systemd/system/multi-user.target.wants/osdeploy-ssh-host-keys.service")).LinkTarget);
        }

        Assert.Equal(0, lab.Releases);
        await FileSystemCheck.RunAsync(disk, LinuxDisk.System);
    }

    [Fact]
    public async Task A_dry_run_says_the_same_changes_and_writes_nothing()
    {
        await using var disk = await LinuxDisk.CreateAsync();
        var lab = new PersonalLab();
        var before = await disk.HashAsync();

        await lab.RunAsync(disk, Host("pc05"), isDryRun: true);

        Assert.Equal(before, await disk.HashAsync());
        var said = lab.Changes.ToList();
        await lab.RunAsync(disk, Host("pc05"));
        Assert.Equal(said, lab.Changes);
        await lab.RunAsync(disk, Host("pc05"));
        Assert.Empty(lab.Changes);
    }

    [Fact]
    public async Task Two_hosts_of_one_image_differ_in_their_names_and_in_nothing_else()
    {
        await using var lab = new ImagingLab();
        await using var master = await LinuxDisk.CreateAsync();
        await lab.CaptureAsync(master);
        await using var first = await TestDisk.CreateAsync(400L << 20);
        await using var second = await TestDisk.CreateAsync(400L << 20);
        await lab.RestoreAsync(first, ImagingLab.Restoring with { Personal = new PersonalLab().Personaliser(Host("pc01")) });
        await lab.RestoreAsync(second, ImagingLab.Restoring with { Personal = new PersonalLab().Personaliser(Host("pc02")) });

        var (one, two) = (await FilesAsync(first), await FilesAsync(second));
        Assert.Equal(one.Keys, two.Keys);
        Assert.Equal(["etc/hostname", "etc/hosts"], one.Keys.Where(path => one[path] != two[path]));
        await FileSystemCheck.RunAsync(first, LinuxDisk.System);
    }

    [Fact]
    public async Task Restored_again_it_is_the_same_host()
    {
        await using var lab = new ImagingLab();
        await using var master = await LinuxDisk.CreateAsync();
        await lab.CaptureAsync(master);
        await using var host = await TestDisk.CreateAsync(400L << 20);
        var restoring = ImagingLab.Restoring with { Personal = new PersonalLab().Personaliser(Host("pc01")) };
        await lab.RestoreAsync(host, restoring);
        var before = await FilesAsync(host);

        await lab.RestoreAsync(host, restoring);

        Assert.Equal(before, await FilesAsync(host));
    }

    [Fact]
    public async Task A_configuration_that_names_a_partition_the_image_lacks_is_refused_before_a_byte_is_written()
    {
        await using var lab = new ImagingLab();
        await using var master = await LinuxDisk.CreateAsync();
        await lab.CaptureAsync(master);
        await using var host = await TestDisk.CreateAsync(400L << 20);
        var before = await host.HashAsync();
        var wrong = Host("pc01") with { Systems = [new PersonalSystem(1, 7, OperatingSystem.Linux, JoinMode.No)] };

        var refusal = await Assert.ThrowsAsync<UserErrorException>(() => lab.RestoreAsync(host, ImagingLab.Restoring with { Personal = new PersonalLab().Personaliser(wrong) }));

        Assert.Equal("personal-no-partition", refusal.Code);
        Assert.Equal(before, await host.HashAsync());
    }

    [Fact]
    public async Task A_disk_whose_personalisation_failed_does_not_start()
    {
        await using var lab = new ImagingLab();
        await using var master = await LinuxDisk.CreateAsync();
        await lab.CaptureAsync(master);
        await using var host = await TestDisk.CreateAsync(400L << 20);
        await lab.RestoreAsync(host);
        var personal = new PersonalLab();
        var failing = Host("pc01") with { Files = [personal.File(PersonalFileKind.PostScript, "post.sh", "#!/bin/sh\nexit 3\n", LinuxDisk.System)] };

        var failure = await Assert.ThrowsAsync<UserErrorException>(() => lab.RestoreAsync(host, ImagingLab.Restoring with { Personal = personal.Personaliser(failing) }));

        Assert.Equal("personal-script", failure.Code);
        Assert.Empty((await host.InspectAsync()).Partitions);
    }

    [Fact]
    public async Task A_partition_that_is_restored_alone_is_the_hosts_own_too()
    {
        await using var lab = new ImagingLab();
        await using var master = await LinuxDisk.CreateAsync();
        await lab.CaptureAsync(master);
        await using var host = await TestDisk.CreateAsync(400L << 20);
        await lab.RestoreAsync(host);

        await lab.RestoreAsync(host, ImagingLab.Restoring with { Partitions = new HashSet<int> { LinuxDisk.System }, Personal = new PersonalLab().Personaliser(Host("pc01")) });

        await using var mount = await host.MountAsync(LinuxDisk.System, isReadOnly: true);
        Assert.Equal("pc01\n", await File.ReadAllTextAsync(Path.Combine(mount.Folder, "etc/hostname"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_partition_restored_alone_whose_personalisation_failed_holds_no_system_any_more()
    {
        await using var lab = new ImagingLab();
        await using var master = await LinuxDisk.CreateAsync();
        await lab.CaptureAsync(master);
        await using var host = await TestDisk.CreateAsync(400L << 20);
        await lab.RestoreAsync(host);
        var personal = new PersonalLab();
        var failing = Host("pc01") with { Files = [personal.File(PersonalFileKind.PostScript, "post.sh", "#!/bin/sh\nexit 3\n", LinuxDisk.System)] };

        await Assert.ThrowsAsync<UserErrorException>(() => lab.RestoreAsync(host, ImagingLab.Restoring with { Partitions = new HashSet<int> { LinuxDisk.System }, Personal = personal.Personaliser(failing) }));

        Assert.Null((await host.PartitionAsync(LinuxDisk.System)).FileSystem);
        Assert.Null((await host.InspectAsync()).Aside);
    }

    [Fact]
    public async Task A_script_finds_the_partition_at_its_place_and_has_no_other_environment()
    {
        await using var disk = await LinuxDisk.CreateAsync();
        var lab = new PersonalLab();
        Environment.SetEnvironmentVariable("OSDEPLOY_TEST_SECRET", "do not show");

        await lab.RunAsync(disk, Host("pc05") with { Files = [lab.File(PersonalFileKind.PostScript, "post.sh", "#!/bin/sh\ncat /mnt/sda1/etc/hostname\nenv\ntouch /mnt/sda1/made\n", LinuxDisk.System)] });

        var said = lab.Changes.Where(change => change.Action == "run").Select(change => change.What).ToList();
        Assert.Contains("pc05", said);
        Assert.Contains("OSDEPLOY_HOST=pc05", said);
        Assert.DoesNotContain(said, line => line.Contains("do not show", StringComparison.Ordinal));
        await using var mount = await disk.MountAsync(LinuxDisk.System, isReadOnly: true);
        Assert.True(File.Exists(Path.Combine(mount.Folder, "made")));
    }

    [Fact]
    public async Task A_link_in_the_image_leads_nowhere_out_of_it()
    {
        await using var disk = await LinuxDisk.CreateAsync();
        var outside = Directory.CreateTempSubdirectory("osdeploy-outside-");
        await using (var mount = await disk.MountAsync(LinuxDisk.System))
        {
            File.Delete(Path.Combine(mount.Folder, "etc/hostname"));
            File.CreateSymbolicLink(Path.Combine(mount.Folder, "etc/hostname"), outside.FullName + "/victim");
        }

        await new PersonalLab().RunAsync(disk, Host("pc05"));

        Assert.Empty(outside.EnumerateFileSystemInfos());
        outside.Delete();
    }

    [Fact]
    public async Task The_program_shows_what_it_would_do_and_does_it()
    {
        await using var disk = await LinuxDisk.CreateAsync();
        string[] personalise = ["personalise", disk.Path, "--host", "pc05", "--partition", $"{LinuxDisk.System}:os=Linux"];

        var shown = await OsDeployProgram.RunAsync([.. personalise, "--dry-run"]);
        var unasked = await OsDeployProgram.RunAsync(personalise);
        var done = await OsDeployProgram.RunAsync([.. personalise, "--yes"]);
        var again = await OsDeployProgram.RunAsync([.. personalise, "--yes"]);

        Assert.Contains("etc/hostname", shown.Output, StringComparison.Ordinal);
        Assert.Equal(2, unasked.ExitCode);
        Assert.Equal(shown.Output.Replace("would be made", "made", StringComparison.Ordinal), done.Output);
        Assert.Contains("Nothing differs", again.Output, StringComparison.Ordinal);
    }

    private static Personality Host(string name) => new()
    {
        Name = ComputerName.Parse(name),
        Systems = [new PersonalSystem(1, LinuxDisk.System, OperatingSystem.Linux, JoinMode.No)],
    };

    private static async Task<Dictionary<string, string>> FilesAsync(TestDisk disk)
    {
        await using var mount = await disk.MountAsync(LinuxDisk.System, isReadOnly: true);
        return Directory.EnumerateFiles(mount.Folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .ToDictionary(path => Path.GetRelativePath(mount.Folder, path), path => new FileInfo(path) is { LinkTarget: { } target } ? "-> " + target : File.ReadAllText(path));
    }
}
