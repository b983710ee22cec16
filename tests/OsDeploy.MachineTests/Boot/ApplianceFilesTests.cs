using OsDeploy.ImageBuilder;
using OsDeploy.ImageBuilder.Appliance;
using OsDeploy.ImageBuilder.Debian;
using OsDeploy.ImageBuilder.Media;

namespace OsDeploy.MachineTests.Boot;

/// <summary>What is on <c>osdeploy.iso</c>, and what must not be.</summary>
public sealed class ApplianceFilesTests : IAsyncLifetime
{
    private static readonly string s_artifacts = Path.GetFullPath($"{ClientImageFiles.Folder}/../..");
    private static readonly string s_medium = Path.Combine(s_artifacts, ApplianceImage.Name);
    private static readonly string[] s_missing =
        ["usr/bin/perl", "usr/bin/apt-get", "usr/bin/python3", "usr/bin/gcc", "usr/bin/su", "usr/bin/scp", "usr/lib/openssh/sftp-server", "etc/ssh/ssh_host_ed25519_key"];

    private static readonly string[] s_needed =
    [
        "usr/lib/osdeploy/program/osdeploy", "usr/lib/osdeploy/daemon/osdeployd", "usr/lib/osdeploy/helper/osdeploy-helper", "usr/lib/osdeploy/client/build.json",
        "usr/lib/osdeploy/version", "etc/systemd/system/osdeployd.service", "etc/nftables.conf",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("osd-files-");
    private readonly List<string> _mounted = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "mounting needs root");
        Assert.SkipUnless(File.Exists(s_medium), "there is no appliance: run ./build.sh iso");
        var packages = PlainList.Read(Path.GetFullPath($"{s_artifacts}/../iso/appliance/medium/packages.txt"));
        var tools = new ToolTree((await PackageTree.GetAsync(Path.Combine(s_artifacts, "cache"), packages, () => DebianMirror.Choose(null, AptSources.OfThisComputer()), refresh: false, Cancel)).Root);
        await tools.RunAsync("xorriso", ["-osirrox", "on", "-indev", s_medium, "-extract", "/osdeploy", Path.Combine(_folder.FullName, "medium")], Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var folder in _mounted)
        {
            await new Command("umount", folder).RunAsync(CancellationToken.None);
        }

        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Nobody_becomes_somebody_else_and_nothing_interprets_programs()
    {
        var system = await MountAsync(ApplianceParts.System);
        var elevating = await new Command("find", system, "-xdev", "-type", "f", "-perm", "/6000").RunAsync(Cancel);
        var own = await new Command("find", await MountAsync(ApplianceParts.Own), "-xdev", "(", "-perm", "/6000", "-o", "-not", "-uid", "0", ")").RunAsync(Cancel);

        Assert.Equal(("", ""), (elevating.Output, own.Output));
        Assert.All(s_missing, name => Assert.False(Path.Exists(Path.Combine(system, name)), name));
        Assert.All(
            File.ReadLines(Path.Combine(system, "etc/shadow")).Select(line => line.Split(':')),
            account => Assert.True(account[1].StartsWith('*') || account[1].StartsWith('!'), account[0] + " can log in"));
    }

    [Fact]
    public async Task What_the_appliance_starts_is_there()
    {
        var own = await MountAsync(ApplianceParts.Own);

        Assert.All(s_needed, name => Assert.True(File.Exists(Path.Combine(own, name)), name));
        Assert.Equal("", await File.ReadAllTextAsync(Path.Combine(own, "etc/machine-id"), Cancel));
    }

    [Fact]
    public async Task Every_unit_that_is_wanted_is_there()
    {
        var (system, own) = (await MountAsync(ApplianceParts.System), await MountAsync(ApplianceParts.Own));
        var wanted = new DirectoryInfo(Path.Combine(own, "etc/systemd/system/multi-user.target.wants")).GetFiles();

        Assert.NotEmpty(wanted);
        Assert.All(wanted, link => Assert.True(
            link.LinkTarget is { } target && (target.StartsWith('/') ? File.Exists(system + target) : File.Exists(Path.Combine(link.DirectoryName!, target))),
            link.Name));
    }

    private async Task<string> MountAsync(string part)
    {
        var image = Assert.Single(Directory.GetFiles(_folder.FullName, part, SearchOption.AllDirectories));
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, "mounted-" + part)).FullName;
        await new Command("mount", "-o", "ro,loop", image, folder).RunAsync(Cancel);
        _mounted.Add(folder);
        return folder;
    }
}
